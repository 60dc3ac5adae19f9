import { seedFlowSpec } from "../../local/aws/seed.ts";
import { type Known, seedSpec } from "../../local/aws/seed-channels.ts";
import { createWorld, type LocalChannel, type World, type WorldData } from "../../local/world.ts";

/** A channel of the local world, idle by default; the stream name is a key that must never show anywhere. */
function aLocalChannel(id: string, overrides: Partial<LocalChannel> = {}): LocalChannel {
  const known: Known = {
    id,
    arn: `arn:aws:medialive:eu-west-1:000000000000:channel:${id}`,
    platform: id,
    output: id === "primary" ? "hls" : "rtmp",
    url: "rtmp://ingest.example.com/live",
    streamName: `secret-key-of-${id}`,
  };
  return {
    ...known,
    ...{ name: `patchbay-${id}`, spec: seedSpec(known) },
    ...{ state: "IDLE", createdAt: 0, changedAt: 0 },
    ...overrides,
  };
}

/** A world with an active flow and the named channels. */
export function aLocalWorld(...channelIds: string[]): World {
  const flow = {
    arn: "arn:aws:mediaconnect:eu-west-1:000000000000:flow:1-a:patchbay",
    name: "patchbay",
  };
  const data: WorldData = {
    channels: Object.fromEntries(channelIds.map((id) => [id, aLocalChannel(id)])),
    inputs: {},
    securityGroups: {},
    flow: { ...flow, spec: seedFlowSpec(flow), status: "ACTIVE", changedAt: 0 },
    source: {
      by: "switch",
      connected: false,
      bitrateBps: null,
      rttMs: null,
      lossPercent: null,
      changedAt: 0,
    },
    outputs: {},
    bill: { since: 0, factor: 1, runs: [] },
    clock: { offsetMs: 0, jump: null },
    events: [],
  };
  return createWorld(data, Date.now);
}

/** Sets the state of one channel, as the local MediaLive does. */
export function setState(world: World, channelId: string, state: LocalChannel["state"]): void {
  world.change(({ channels }) => {
    const channel = channels[channelId];
    if (channel) channel.state = state;
  });
}
