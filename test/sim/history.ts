import { type ChannelReading, hasBegun } from "../../src/domain/channel.ts";
import type { Timeline } from "./timeline.ts";

/** How AWS's channels really were: now, and as a stale answer may still show them. */
export type History = {
  entered(reading: ChannelReading): void;
  knows(channelId: string): boolean;
  now(channelId: string): ChannelReading | null;
  /** As it was so long ago. */
  earlier(reading: ChannelReading, ageMs: number): ChannelReading;
  /** The latest time at which the channel had not begun to run; now, if it has not. */
  lastAtRest(channelId: string): number;
  /** The latest time at which the channel was running or starting; now, if it is. */
  lastBegun(channelId: string): number;
  all(): ChannelReading[];
};

const keptMs = 120_000;

type Past = { at: number; reading: ChannelReading };

export function createHistory(timeline: Timeline): History {
  const pasts = new Map<string, Past[]>();
  const rested = new Map<string, number>();
  const ran = new Map<string, number>();
  const current = (channelId: string) => pasts.get(channelId)?.at(-1)?.reading ?? null;
  return {
    entered(reading) {
      const now = timeline.now();
      const { channelId } = reading;
      const before = current(channelId);
      if (before !== null) (hasBegun(before.state) ? ran : rested).set(channelId, now);
      const past = (pasts.get(channelId) ?? []).filter(
        ({ at }, index, all) => at > now - keptMs || index === all.length - 1,
      );
      if (reading.state === "deleted") pasts.delete(channelId);
      else pasts.set(channelId, [...past, { at: now, reading }]);
    },
    knows: (channelId) => pasts.has(channelId),
    now: current,
    earlier(reading, ageMs) {
      const then = timeline.now() - ageMs;
      return pasts.get(reading.channelId)?.findLast(({ at }) => at <= then)?.reading ?? reading;
    },
    lastAtRest(channelId) {
      const reading = current(channelId);
      if (reading === null || !hasBegun(reading.state)) return timeline.now();
      return rested.get(channelId) ?? 0;
    },
    lastBegun(channelId) {
      const reading = current(channelId);
      return reading !== null && hasBegun(reading.state)
        ? timeline.now()
        : (ran.get(channelId) ?? 0);
    },
    all: () => [...pasts.values()].flatMap((past) => past.at(-1)?.reading ?? []),
  };
}
