import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The two programs that carry real media, as names on PATH or as paths. */
export type Programs = { ffmpeg: string; srtLiveTransmit: string };

export const defaultPrograms: Programs = {
  ffmpeg: "ffmpeg",
  srtLiveTransmit: "srt-live-transmit",
};

/** What a person types to get them on Debian and Ubuntu. */
export const installHint = "apt-get install ffmpeg srt-tools";

async function output(program: string, args: string[]): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(program, args, { timeout: 5_000 });
    return stdout + stderr;
  } catch {
    return null;
  }
}

async function missingFfmpeg(ffmpeg: string): Promise<string[]> {
  const protocols = await output(ffmpeg, ["-hide_banner", "-protocols"]);
  if (protocols === null) return ["ffmpeg"];
  const known = new Set(protocols.split(/\s+/));
  return ["srt", "rtmp", "rtp"].every((name) => known.has(name))
    ? []
    : ["ffmpeg built with SRT, RTMP and RTP"];
}

async function missingSrt(srtLiveTransmit: string): Promise<string[]> {
  const version = await output(srtLiveTransmit, ["-version"]);
  return version === null ? ["srt-live-transmit"] : [];
}

/** Names what cannot be run; empty when everything is there. */
export async function missingPrograms(programs: Programs): Promise<string[]> {
  const missing = await Promise.all([
    missingFfmpeg(programs.ffmpeg),
    missingSrt(programs.srtLiveTransmit),
  ]);
  return missing.flat();
}
