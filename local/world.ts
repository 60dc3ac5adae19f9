import { EventEmitter } from "node:events";

/** Eleven channel states in AWS's own spelling (MediaLive API model, DescribeChannel). */
export type LocalChannelState =
  | "CREATING"
  | "CREATE_FAILED"
  | "IDLE"
  | "STARTING"
  | "RUNNING"
  | "RECOVERING"
  | "STOPPING"
  | "UPDATING"
  | "UPDATE_FAILED"
  | "DELETING"
  | "DELETED";

/** Flow statuses in AWS's own spelling (MediaConnect API model, DescribeFlow). */
export type LocalFlowStatus =
  | "STANDBY"
  | "STARTING"
  | "ACTIVE"
  | "UPDATING"
  | "STOPPING"
  | "ERROR"
  | "DELETING";

/** One MediaLive channel of the local world. `url` and `streamName` are what `UpdateChannel` last set. */
export type LocalChannel = {
  id: string;
  arn: string;
  name: string;
  /** Which place of the local site it was built for: primary, youtube, twitch, linkedin, custom. */
  platform: string;
  /** `hls` writes segments (the primary), `rtmp` pushes to `url`/`streamName`. */
  output: "hls" | "rtmp";
  url: string;
  streamName: string;
  state: LocalChannelState;
  /** Epoch milliseconds of the last change of `state`. */
  changedAt: number;
};

/** The one MediaConnect flow of the local world. */
export type LocalFlow = { arn: string; name: string; status: LocalFlowStatus; changedAt: number };

/**
 * What arrives at the flow's SRT listener. `by` says where the reading comes from: `media` is measured on the real
 * srt-live-transmit process, `switch` is the console's switch (no media programs installed), and the figures are then null.
 */
export type LocalSource = {
  by: "media" | "switch";
  connected: boolean;
  bitrateBps: number | null;
  rttMs: number | null;
  lossPercent: number | null;
  changedAt: number;
};

/** What the media half reports of one channel's real output; absent when no media programs are installed. */
export type LocalOutput = {
  channelId: string;
  /** `sending` means the receiver accepts packets (RTMP) or segments are being written (HLS). */
  status: "starting" | "sending" | "failed";
  detail: string;
};

/**
 * How far this world is ahead of the machine, and between which two offsets a jump is under way. Milliseconds; the
 * offset never shrinks.
 */
export type LocalClock = { offsetMs: number; jump: { fromMs: number; toMs: number } | null };

/**
 * A time in which something ran and is billed, in epoch milliseconds; `to` is null while it runs. `source` is the time
 * in which the flow carried a source, at the bitrate that was measured when it began.
 */
export type LocalRun = {
  of: "channel" | "flow" | "source";
  id: string;
  from: number;
  to: number | null;
  bitrateBps: number | null;
};

/** What AWS's bill is made of: since when, what ran, and by which factor its prices differ from the list. */
export type LocalBill = { since: number; factor: number; runs: LocalRun[] };

export type WorldData = {
  clock: LocalClock;
  channels: Record<string, LocalChannel>;
  flow: LocalFlow;
  source: LocalSource;
  outputs: Record<string, LocalOutput>;
  bill: LocalBill;
  /** Newest last, at most 200: what happened in the world, for the console. */
  events: { at: number; text: string }[];
};

/**
 * The state that the local AWS, the local media and the console share. Parts read `data`, change it only through
 * `change`, and hear of changes through `onChange`; nothing else is shared between the parts.
 */
export type World = {
  readonly data: Readonly<WorldData>;
  /** The machine's time and what the clock is ahead of it, in epoch milliseconds. */
  now(): number;
  change(mutate: (data: WorldData) => void): void;
  /** Adds a line to `events`. */
  log(text: string): void;
  onChange(listener: () => void): () => void;
  /** Hears of each step of the clock, before `onChange` does. */
  onJump(listener: () => void): () => void;
  close(): void;
};

/**
 * Holds `data` in memory and tells listeners of each change; saving to disk is a listener of its own (`saved.ts`).
 * `machineNow` is the machine's time.
 */
export function createWorld(data: WorldData, machineNow: () => number): World {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const now = () => machineNow() + data.clock.offsetMs;
  const change = (mutate: (data: WorldData) => void) => {
    const { offsetMs } = data.clock;
    mutate(data);
    if (data.clock.offsetMs !== offsetMs) emitter.emit("jump");
    emitter.emit("change");
  };
  const listen = (name: "change" | "jump", listener: () => void) => {
    emitter.on(name, listener);
    return () => void emitter.off(name, listener);
  };
  return {
    data,
    now,
    change,
    log: (text) =>
      change((world) => {
        world.events.push({ at: now(), text });
        if (world.events.length > 200) world.events.splice(0, world.events.length - 200);
      }),
    onChange: (listener) => listen("change", listener),
    onJump: (listener) => listen("jump", listener),
    close: () => emitter.removeAllListeners(),
  };
}
