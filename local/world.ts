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

/** Members as AWS's JSON has them, in lowerCamel. */
export type Members = { [member: string]: unknown };

/** What a channel was created with or last updated to, stream names included (MediaLive API model, CreateChannel). */
export type ChannelSpec = {
  roleArn: string;
  channelClass: "SINGLE_PIPELINE" | "STANDARD";
  inputSpecification: Members;
  inputAttachments: (Members & { inputId: string })[];
  destinations: (Members & { id: string })[];
  encoderSettings: Members;
  logLevel: string;
  maintenance: Members;
  tags: Record<string, string>;
  /** The client's own token: a second request with it is the same request. */
  requestId?: string | undefined;
};

/** One MediaLive channel of the local world: what follows `spec` is made of it once, at each change of it. */
export type LocalChannel = {
  id: string;
  arn: string;
  name: string;
  spec: ChannelSpec;
  /** Which place of the local site it was built for: primary, youtube, twitch, linkedin, custom. */
  platform: string;
  /** `hls` writes segments (the primary), `rtmp` pushes to `url`/`streamName`. */
  output: "hls" | "rtmp";
  url: string;
  streamName: string;
  /** Epoch milliseconds; 0 of one that the world began with. */
  createdAt: number;
  /** A channel that is DELETED is kept for the bill, and no longer told of. */
  state: LocalChannelState;
  /** Epoch milliseconds of the last change of `state`. */
  changedAt: number;
};

/** Input states in AWS's own spelling (MediaLive API model, DescribeInput). */
export type LocalInputState = "CREATING" | "DETACHED" | "ATTACHED" | "DELETING" | "DELETED";

/** One MediaLive input: fed by the flow through an output that MediaLive manages, or pushed to by RTP. */
export type LocalInput = {
  id: string;
  arn: string;
  name: string;
  type: "MEDIACONNECT" | "RTP_PUSH";
  /** Null of an input that is pushed to. */
  roleArn: string | null;
  flowArn: string | null;
  /** Ids of those that may push; empty of an input that the flow feeds. */
  securityGroups: string[];
  state: LocalInputState;
  tags: Record<string, string>;
  requestId?: string | undefined;
};

/** Who may push to inputs, by address (MediaLive API model, InputSecurityGroup). */
export type LocalSecurityGroup = {
  id: string;
  arn: string;
  whitelistRules: { cidr: string }[];
  tags: Record<string, string>;
};

/** A source or an output of the flow, as it was asked for. */
export type FlowPart = Members & { arn: string; name: string; tags: Record<string, string> };

/** What the flow was created with or last updated to (MediaConnect API model, CreateFlow). */
export type FlowSpec = {
  availabilityZone: string;
  sources: FlowPart[];
  /** Without the outputs that MediaLive manages: those follow from the inputs. */
  outputs: FlowPart[];
  sourceFailoverConfig?: Members | undefined;
  sourceMonitoringConfig: Members;
  maintenance: Members;
  tags: Record<string, string>;
};

/** The one MediaConnect flow of the local world. */
export type LocalFlow = {
  arn: string;
  name: string;
  spec: FlowSpec;
  status: LocalFlowStatus;
  changedAt: number;
};

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
  inputs: Record<string, LocalInput>;
  securityGroups: Record<string, LocalSecurityGroup>;
  flow: LocalFlow | null;
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
