import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Runs a program on a tether: file descriptor 3 is a pipe that only this process holds, and the watcher kills the
 * program the moment the pipe closes, so that not even `kill -9` of this process leaves an orphan. The watcher ignores
 * TERM because it must outlast a program that is slow to end.
 */
const tether = `
trap : TERM
"$@" 3<&- & program=$!
(trap '' TERM; read -r _ <&3; kill -9 $program) >/dev/null 2>&1 & watcher=$!
wait $program; code=$?
while kill -0 $program 2>/dev/null; do wait $program; code=$?; done
kill -9 $watcher
exit $code`;

/** How long a program may take to end by itself before it is killed, in milliseconds. */
const graceMs = 2_000;

export type Command = { program: string; args: string[] };

export type Tethered = {
  /** Resolves with how it ended, in a few words, once nothing of it is left. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

function howItEnded(code: number | null, signal: string | null): string {
  if (signal) return `was killed (${signal})`;
  // A shell reports a program killed by signal n as 128 + n.
  if (code && code > 128 && code < 160) return `was killed (signal ${code - 128})`;
  return `ended with code ${code}`;
}

/** Starts the program in a process group of its own, so that Ctrl-C in the terminal does not reach it before us. */
export function runTethered(command: Command, onLine: (line: string) => void): Tethered {
  const child = spawn("sh", ["-c", tether, "tether", command.program, ...command.args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", onLine);
  }
  let gone = false;
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(`could not be started (${error.message})`));
    child.on("close", (code, signal) => resolve(howItEnded(code, signal)));
  }).finally(() => {
    gone = true;
  });
  const killGroup = (signal: NodeJS.Signals) => {
    if (gone || child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group ended between the check and the signal.
    }
  };
  return {
    ended,
    stop: async () => {
      killGroup("SIGTERM");
      const timer = setTimeout(() => killGroup("SIGKILL"), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
