import {
  type ChannelReading,
  type ChannelState,
  canStart,
  canStop,
  canUpdate,
} from "../../../src/domain/channel.ts";
import type { ChannelSpec } from "../../../src/domain/channel-spec.ts";
import { OpsError } from "../../../src/errors.ts";
import type { Channels } from "../../../src/manager/ports.ts";
import type { Outside, WorldCall } from "./outside.ts";

/** How long a channel takes for each of its ways: always the same, or asked for each time. */
export type ChannelTimes = { startMs: Duration; stopMs: Duration; updateMs: Duration };
type Duration = number | (() => number);

export type MemoryChannels = Channels & {
  /** Adds a channel, or puts an existing one into a state, as somebody in the AWS console may. */
  put(reading: Partial<ChannelReading> & { channelId: string }): void;
  remove(channelId: string): void;
  stateOf(channelId: string): ChannelState;
  /** What the channel would send to, with the key in clear. */
  outputOf(channelId: string): { platformIngest: string; streamKey: string } | null;
  setAlerts(channelId: string, titles: string[]): void;
  /** The next start of this channel ends in this state instead of running. */
  startEndsIn(channelId: string, state: ChannelState): void;
  /** The running channels, for a test's last line. */
  running(): string[];
};

type Kept = {
  reading: ChannelReading;
  due: { at: number; state: ChannelState } | null;
  output: { platformIngest: string; streamKey: string } | null;
  alerts: string[];
  startsTo: ChannelState;
};

type Options = {
  channels?: readonly ChannelReading[];
  onMove?: () => void;
  /** Told of each state that a channel enters, and of when it will leave it by itself. */
  onEnter?: (reading: ChannelReading, due: Date | null) => void;
  spec?: ChannelSpec;
} & Partial<ChannelTimes>;

/** 1080p30 at 6 Mbit/s, one pipeline, pushed over RTMP. */
export const plainSpec: ChannelSpec = {
  channelClass: "single-pipeline",
  input: { codec: "avc", resolution: "hd", maxBitrateMbps: 10 },
  encodes: [{ codec: "avc", resolution: "hd", bitrateBps: 6_000_000, fps: 30 }],
  audioBitrateBps: 128_000,
  delivery: "rtmp",
};

/** MediaLive as a state machine: transitional states last until the clock is advanced, illegal actions are conflicts. */
export function memoryChannels(outside: Outside, options: Options = {}): MemoryChannels {
  const { startMs = 2_000, stopMs = 2_000, updateMs = 1_000, onMove = () => undefined } = options;
  const { onEnter = () => undefined } = options;
  const kept = new Map<string, Kept>();
  const now = () => outside.clock.now().getTime();
  const after = (time: Duration) => now() + (typeof time === "number" ? time : time());

  const find = (channelId: string): Kept => {
    const channel = kept.get(channelId);
    if (channel === undefined) throw unknownChannel(channelId);
    if (channel.due !== null && channel.due.at <= now()) enter(channel, channel.due.state);
    if (channel.reading.state === "deleted") throw unknownChannel(channelId);
    return channel;
  };
  const here = () =>
    [...kept].flatMap(([id, { reading }]) => (reading.state === "deleted" ? [] : id));
  const enter = (channel: Kept, state: ChannelState, due: Kept["due"] = null) => {
    const pipelinesRunning = state === "running" ? 1 : 0;
    channel.reading = { ...channel.reading, state, pipelinesRunning };
    channel.due = due;
    onEnter(channel.reading, due && new Date(due.at));
    return state;
  };
  const put: MemoryChannels["put"] = (reading) => {
    const { channelId } = reading;
    const old = kept.get(channelId);
    const channel: Kept = old ?? {
      reading: { channelId, name: `channel ${channelId}`, state: "idle", pipelinesRunning: 0 },
      due: null,
      output: null,
      alerts: [],
      startsTo: "running",
    };
    kept.set(channelId, channel);
    if (reading.state !== undefined) enter(channel, reading.state);
    channel.reading = { ...channel.reading, ...reading };
  };
  const act = (
    call: WorldCall & { channelId: string },
    change: (channel: Kept) => ChannelState,
  ) => {
    try {
      const state = change(find(call.channelId));
      outside.calls.push(call);
      return state;
    } catch (error) {
      outside.calls.push({ ...call, refused: error instanceof OpsError ? error.code : "internal" });
      throw error;
    }
  };
  const require = (allowed: boolean, { reading: { channelId, state } }: Kept) => {
    if (!allowed)
      throw new OpsError("conflict", `The channel is ${state}, so AWS refused this.`, {
        context: { channelId, state },
      });
  };
  for (const reading of options.channels ?? []) put(reading);

  return {
    list: () => outside.pass("channels.list", () => here().map((id) => find(id).reading)),
    read: (channelId) => outside.pass("channels.read", () => find(channelId).reading),
    spec: (channelId) =>
      outside.pass("channels.spec", () => {
        find(channelId);
        return options.spec ?? plainSpec;
      }),
    alerts: (channelId) => outside.pass("channels.alerts", () => [...find(channelId).alerts]),
    setOutput: (channelId, { platformIngest, streamKey }) =>
      outside.pass("channels.setOutput", () =>
        act({ call: "set-output", channelId, platformIngest }, (channel) => {
          requireValues(platformIngest, streamKey.reveal());
          require(canUpdate(channel.reading.state), channel);
          channel.output = { platformIngest, streamKey: streamKey.reveal() };
          return enter(channel, "updating", { at: after(updateMs), state: "idle" });
        }),
      ),
    start: (channelId) =>
      outside.pass("channels.start", () =>
        act({ call: "start-channel", channelId }, (channel) => {
          require(canStart(channel.reading.state), channel);
          const state = channel.startsTo;
          channel.startsTo = "running";
          onMove();
          return enter(channel, "starting", { at: after(startMs), state });
        }),
      ),
    stop: (channelId) =>
      outside.pass("channels.stop", () =>
        act({ call: "stop-channel", channelId }, (channel) => {
          require(canStop(channel.reading.state), channel);
          onMove();
          return enter(channel, "stopping", { at: after(stopMs), state: "idle" });
        }),
      ),
    put,
    remove: (channelId) => void kept.delete(channelId),
    stateOf: (channelId) => find(channelId).reading.state,
    outputOf: (channelId) => find(channelId).output,
    setAlerts: (channelId, titles) => {
      find(channelId).alerts = titles;
    },
    startEndsIn: (channelId, state) => {
      find(channelId).startsTo = state;
    },
    running: () => here().filter((id) => find(id).reading.state === "running"),
  };
}

function requireValues(platformIngest: string, streamKey: string): void {
  if (!/^rtmps?:\/\/[^/\s]+\/\S+$/.test(platformIngest) || streamKey === "")
    throw new OpsError("invalid-input", "AWS does not accept the address or the key.");
}

const unknownChannel = (channelId: string) =>
  new OpsError("not-found", "AWS does not know this channel.", { context: { channelId } });
