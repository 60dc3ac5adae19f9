import type { LocalFlow, WorldData } from "../world.ts";
import { seedChannel, seedInput } from "./seed-channels.ts";

/** The one stack of the local AWS. */
export const stackName = "patchbay-local";
export const localRegion = "us-west-2";
const flowName = "patchbay-srt-flow";

/** Channel ids are seven digits, as AWS makes them; they never change, because rows in the tables remember them. */
const channels: [id: string, platform: string][] = [
  ["4710001", "primary"],
  ["4710002", "youtube"],
  ["4710003", "twitch"],
  ["4710004", "linkedin"],
  ["4710005", "custom"],
];

/** An account in which nothing was ever made; there is a source, which nothing takes. */
export function emptyWorld(now: number): WorldData {
  return {
    channels: {},
    inputs: {},
    securityGroups: {},
    flow: null,
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

/** A freshly deployed site: everything stands still, no source, RTMP outputs with placeholders. */
export function seedWorld(now: number): WorldData {
  const flow = seedFlow(now);
  const made = channels.map(([id, platform]) =>
    seedChannel({ id, platform, region: localRegion, now }),
  );
  return {
    ...emptyWorld(now),
    channels: Object.fromEntries(made.map((channel) => [channel.id, channel])),
    inputs: Object.fromEntries(
      made.map((channel) => seedInput(channel, flow.arn)).map((input) => [input.id, input]),
    ),
    flow,
  };
}

function seedFlow(now: number): LocalFlow {
  const arn = `arn:aws:mediaconnect:${localRegion}:000000000000:flow:1-LocalFlow0000001-000000000001:${flowName}`;
  return {
    ...{ arn, name: flowName, spec: seedFlowSpec({ arn, name: flowName }) },
    ...{ status: "STANDBY", changedAt: now },
  };
}

/** One SRT listener, as the flow of the existing site has it; a saved flow that had no spec gets it too. */
export function seedFlowSpec({ arn, name }: Pick<LocalFlow, "arn" | "name">): LocalFlow["spec"] {
  const source = {
    arn: `${arn.replace(":flow:", ":source:")}-source`,
    name: `${name}-source`,
    description: "SRT listener",
    ingestPort: 9998,
    maxBitrate: 20_000_000,
    minLatency: 2000,
    protocol: "srt-listener",
    tags: {},
    whitelistCidr: "127.0.0.1/32",
  };
  return {
    availabilityZone: `${arn.split(":")[3]}a`,
    sources: [source],
    outputs: [],
    sourceMonitoringConfig: { thumbnailState: "DISABLED" },
    maintenance: { maintenanceDay: "Wednesday", maintenanceStartHour: "06:00" },
    tags: {},
  };
}
