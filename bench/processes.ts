import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

type Started = { child: ChildProcess; line: string };

const started = new Set<ChildProcess>();

/** Ends what was started here; a bench that is itself ended must leave nothing behind. */
export function endAll(): void {
  for (const child of started) child.kill("SIGKILL");
}

const taskset = "/usr/bin/taskset";

/** A command that runs on one core, where the system can do that; what is measured has core 0, and all else core 1. */
export const onCore = (core: 0 | 1, args: readonly string[]): [string, string[]] =>
  existsSync(taskset)
    ? [taskset, ["-c", String(core), process.execPath, ...args]]
    : [process.execPath, [...args]];

/** Moves this process, which asks and counts, off the core of what is measured. */
export function makeRoom(): void {
  if (existsSync(taskset)) spawnSync(taskset, ["-acp", "1", String(process.pid)]);
}

/** Starts a Node process on a core; resolves with the first line that it writes. Rejects when it ends before. */
export async function start(core: 0 | 1, args: string[], env = process.env): Promise<Started> {
  const [command, all] = onCore(core, args);
  const child = spawn(command, all, { env, stdio: ["ignore", "pipe", "inherit"] });
  started.add(child);
  const ended = once(child, "exit").then(() => {
    started.delete(child);
    throw new Error(`${args.at(-1)} ended before it was ready`);
  });
  // Who is ready may end when it likes.
  ended.catch(() => undefined);
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
  return { child, line: String(line) };
}

/** Seconds of CPU that a process has had so far (proc(5), stat); null where there is no such file. */
export function cpuSeconds({ pid }: ChildProcess): number | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  const [user = 0, system = 0] = readFileSync(file, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user + system) / 100;
}
