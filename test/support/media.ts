import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { defaultPrograms, installHint, missingPrograms } from "../../local/media/programs.ts";

const run = promisify(execFile);
const missing = await missingPrograms(defaultPrograms);

/** A suite that needs the media programs: skipped without them, with the reason, or a failure where all must run. */
export function describeMedia(name: string, suite: () => void): void {
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  const reason = `needs ${missing.join(" and ")} (${installHint})`;
  if (process.env.PATCHBAY_FULL) {
    it(`${name}: ${reason}`, () => expect(missing).toEqual([]));
    return;
  }
  process.stderr.write(`skipped: ${name} ${reason}\n`);
  describe.skip(`${name}: ${reason}`, suite);
}

export type RunningProgram = { pid: number; parent: number; command: string };

/** All programs that descend from this process or the given one. */
async function descendants(root = process.pid): Promise<RunningProgram[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,args="]);
  const all = stdout.split("\n").flatMap((line): RunningProgram[] => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid && parent && command && !command.startsWith("ps -A")
      ? [{ pid: Number(pid), parent: Number(parent), command }]
      : [];
  });
  const below = (pid: number): RunningProgram[] =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return below(root);
}

/** The media programs among the descendants: ffmpeg, srt-live-transmit and the shells that hold them. */
export async function mediaPrograms(root = process.pid): Promise<RunningProgram[]> {
  return (await descendants(root)).filter(({ command }) =>
    /ffmpeg|srt-live-transmit/.test(command),
  );
}

/** The ffmpeg of one output, found by a part of its arguments. */
export async function ffmpegFor(part: string): Promise<RunningProgram | undefined> {
  const programs = await mediaPrograms();
  return programs.find(({ command }) => command.startsWith("ffmpeg") && command.includes(part));
}

/** Whether a process of this number is there; a zombie that nobody collects is not. */
export async function isAlive(pid: number): Promise<boolean> {
  const state = await run("ps", ["-o", "stat=", "-p", String(pid)]).catch(() => null);
  return state !== null && !state.stdout.trim().startsWith("Z");
}

/** The codecs that ffprobe finds in a stream or file, sorted. */
export async function codecsOf(address: string): Promise<string[]> {
  const args = ["-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", address];
  const { stdout } = await run("ffprobe", args, { timeout: 15_000 });
  return [...new Set(stdout.split(/\s+/).filter(Boolean))].sort();
}
