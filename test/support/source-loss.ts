import { addMinutes } from "date-fns";
import type { KeptAnnouncement } from "../../src/domain/announcement.ts";
import type { Destination } from "../../src/domain/destination.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { emptyMemory } from "../../src/domain/site.ts";
import type { LossFacts } from "../../src/domain/watch/last-call.ts";
import { aDestination, aFlowReading, anIntent, siteNow, someFacts } from "./builders.ts";

/** So long after the source was lost. */
export const minutes = (count: number) => addMinutes(siteNow, count);
const flowWith = (connected: boolean | null) =>
  aFlowReading({ source: { connected, bitrateBps: null, rttMs: null, lossPercent: null } });

/** A destination that has been running for half an hour. */
export const onAir = (platform: string, more: Partial<Destination> = {}) =>
  aDestination({
    platform,
    desired: "on",
    phase: "running",
    intent: anIntent({ id: `intent_${platform}`, at: minutes(-30) }),
    leaseUntil: minutes(240),
    runningSince: minutes(-30),
    ...more,
  });

/** A moment after the loss; what is absent is as it was then. */
export type Case = {
  at: number;
  rows?: readonly Destination[];
  live?: readonly KeptAnnouncement[];
  lostSince?: Date | null;
  /** When the source was last seen missing: at this moment. */
  seenAt?: Date | null;
  connected?: boolean | null;
  version?: number;
};

/** The source was lost at 19:00. */
export const facts = (given: Case): LossFacts => ({
  facts: someFacts({
    destinations: given.rows ?? [onAir("primary"), onAir("youtube"), onAir("twitch")],
    flow: flowWith(given.connected === undefined ? false : given.connected),
    memory: {
      ...emptyMemory,
      version: given.version ?? 1,
      sourceLostSince: given.lostSince === undefined ? siteNow : given.lostSince,
      sourceLostSeenAt: given.seenAt === undefined ? minutes(given.at) : given.seenAt,
    },
  }),
  live: given.live ?? [],
  broadcastId: "broadcast_1",
  usdPerHour: new Map([
    ["dest_primary", 3],
    ["dest_youtube", 0.8],
    ["dest_twitch", 0.8],
  ]),
  policy: defaultPolicy,
  now: minutes(given.at),
});
