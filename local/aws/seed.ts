import type { LocalChannel, WorldData } from "../world.ts";

/** The one stack of the local AWS. */
export const stackName = "patchbay-local";
export const localRegion = "us-west-2";
const account = "000000000000";
const flowName = "patchbay-srt-flow";

/** Channel ids are seven digits, as AWS makes them; they never change, because rows in the tables remember them. */
const channels: [id: string, platform: string][] = [
  ["4710001", "primary"],
  ["4710002", "youtube"],
  ["4710003", "twitch"],
  ["4710004", "linkedin"],
  ["4710005", "custom"],
];

/** A freshly deployed site: everything stands still, no source, RTMP outputs with placeholders. */
export function seedWorld(now: number): WorldData {
  return {
    channels: Object.fromEntries(channels.map(([id, name]) => [id, seedChannel(id, name, now)])),
    flow: {
      arn: `arn:aws:mediaconnect:${localRegion}:${account}:flow:1-LocalFlow0000001-000000000001:${flowName}`,
      name: flowName,
      status: "STANDBY",
      changedAt: now,
    },
    source: {
      by: "switch",
      // Without media programs nobody can send a picture: the first visitor finds the switch on.
      connected: true,
      bitrateBps: null,
      rttMs: null,
      lossPercent: null,
      changedAt: now,
    },
    outputs: {},
    bill: { since: now, factor: 1, runs: [] },
    clock: { offsetMs: 0, jump: null },
    events: [],
  };
}

function seedChannel(id: string, platform: string, now: number): LocalChannel {
  return {
    id,
    arn: `arn:aws:medialive:${localRegion}:${account}:channel:${id}`,
    name: `patchbay-${platform}`,
    platform,
    output: platform === "primary" ? "hls" : "rtmp",
    url: "rtmp://placeholder.invalid/live",
    streamName: "placeholder",
    state: "IDLE",
    changedAt: now,
  };
}
