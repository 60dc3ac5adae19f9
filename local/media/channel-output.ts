import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LocalChannel } from "../world.ts";
import type { FanOut } from "./fan-out.ts";
import { freeRtpPort } from "./ports.ts";
import type { RtmpReceiver } from "./rtmp-receiver.ts";
import { type Death, type Supervised, supervise } from "./supervised.ts";

/** What all channel outputs share. */
export type OutputWorks = {
  ffmpeg: string;
  fanOut: FanOut;
  receiver: RtmpReceiver;
  hlsFolder: string;
};

/** Where one channel's stream goes. */
type Target = {
  /** Where a person can watch it. */
  watch: string;
  /** In a few words, for the console. */
  sendingDetail: string;
  /** Arguments of ffmpeg that name the output. */
  args: string[];
  hasArrived(): boolean;
  prepare(): Promise<void>;
  /** Removes what the stream left, so that nothing stale plays. */
  clear(): Promise<void>;
};

/** The platform and a hash of the stream name: the key must not show in process lists, logs or on pages. */
export function rtmpPath(channel: Pick<LocalChannel, "platform" | "streamName">): string {
  const app = channel.platform.replace(/[^a-zA-Z0-9_-]/g, "-") || "live";
  const name = createHash("sha256").update(channel.streamName).digest("hex").slice(0, 12);
  return `/${app}/${name}`;
}

function rtmpTarget(channel: LocalChannel, receiver: RtmpReceiver): Target {
  const path = rtmpPath(channel);
  const watch = `rtmp://127.0.0.1:${receiver.port}${path}`;
  return {
    watch,
    sendingDetail: "arrives at the local RTMP receiver",
    args: ["-f", "flv", "-flvflags", "no_duration_filesize", watch],
    hasArrived: () => receiver.isPublishing(path),
    prepare: async () => undefined,
    clear: async () => undefined,
  };
}

function hlsTarget(channel: LocalChannel, hlsFolder: string): Target {
  const name = encodeURIComponent(channel.id);
  const folder = join(hlsFolder, name);
  const playlist = join(folder, "index.m3u8");
  const clear = () => rm(folder, { recursive: true, force: true });
  return {
    watch: `/hls/${name}/index.m3u8`,
    sendingDetail: "writes HLS segments",
    args: [
      ...["-f", "hls", "-hls_time", "1", "-hls_list_size", "6"],
      ...["-hls_flags", "delete_segments+temp_file"],
      // Numbers that never come again, because players keep segments by name.
      ...["-hls_start_number_source", "epoch"],
      ...["-hls_segment_filename", join(folder, "%d.ts"), playlist],
    ],
    hasArrived: () => existsSync(playlist),
    prepare: async () => {
      await clear();
      await mkdir(folder, { recursive: true });
    },
    clear,
  };
}

/** Every push goes to the local receiver, whatever address the channel holds: this world never dials out. */
function targetOf(channel: LocalChannel, works: OutputWorks): Target {
  return channel.output === "hls"
    ? hlsTarget(channel, works.hlsFolder)
    : rtmpTarget(channel, works.receiver);
}

function ffmpegArgs(port: number, output: string[]): string[] {
  return [
    ...["-hide_banner", "-nostdin", "-loglevel", "error"],
    ...["-i", `rtp://127.0.0.1:${port}?localaddr=127.0.0.1`],
    ...["-map", "0:v:0", "-map", "0:a:0?", "-c", "copy", ...output],
  ];
}

export type OutputHooks = {
  onDeath: (death: Death) => void;
  log: (line: string) => void;
};

/** One channel's stream, from `startOutput` to `stop()`. */
export type Output = Supervised &
  Pick<Target, "watch" | "sendingDetail"> & {
    /** The receiver has the stream (RTMP), or the first segment is written (HLS). */
    isSending(): boolean;
  };

/** Starts one channel's ffmpeg on a port of its own and keeps it running. */
export function startOutput(channel: LocalChannel, works: OutputWorks, hooks: OutputHooks): Output {
  const target = targetOf(channel, works);
  let leave = () => {};
  let lastLine = "";
  let alive = false;
  const ffmpeg = supervise({
    command: async () => {
      await target.prepare();
      const port = await freeRtpPort();
      leave = works.fanOut.add(port);
      alive = true;
      return { program: works.ffmpeg, args: ffmpegArgs(port, target.args) };
    },
    onLine: (line) => {
      lastLine = line;
    },
    onDeath: (death) => {
      leave();
      alive = false;
      hooks.log(`ffmpeg of ${channel.name} ${death.reason}: ${lastLine}`);
      hooks.onDeath(death);
    },
  });
  return {
    watch: target.watch,
    sendingDetail: target.sendingDetail,
    isSending: () => alive && target.hasArrived(),
    stop: async () => {
      await ffmpeg.stop();
      leave();
      await target.clear();
    },
  };
}
