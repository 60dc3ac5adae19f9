import { areIntervalsOverlapping } from "date-fns/areIntervalsOverlapping";
import { isBilledRunning } from "./channel.ts";
import type { Destination } from "./destination.ts";
import type { Facts } from "./facts.ts";
import { endOf } from "./lease.ts";
import type { Occurrence } from "./show.ts";
import { bind } from "./site.ts";

/** How many channels a region has, and how many of them run while a date of a show does, at most. */
export type ChannelCount = { running: number; existing: number };

/**
 * MediaLive's quota of channels in a region where AWS has granted no more (AWS General Reference, MediaLive quotas). It
 * counts the channels that there are, of which those that run are a part.
 */
export const defaultChannelQuota = 5;

/**
 * What runs now and does not end before the date, what it starts, and what other dates at that time start, whoever the
 * channels of the region belong to. Null while they cannot be listed.
 */
export function countChannels(
  date: Occurrence,
  others: readonly Occurrence[],
  { channels, destinations, bindings }: Facts,
): ChannelCount | null {
  if (channels === null) return null;
  const channelOf = (row: Destination) => bind(row, bindings)?.channelId ?? null;
  const existing = [...channels.values()].filter(({ state }) => state !== "deleted");
  const isOver = (channelId: string) => {
    const users = destinations.filter(
      (row) => row.desired === "on" && channelOf(row) === channelId,
    );
    return users.length > 0 && users.every((row) => endsBy(row, date.startsAt));
  };
  const overlapping = others.filter((other) =>
    areIntervalsOverlapping(timeOf(other), timeOf(date)),
  );
  const planned = new Set([date, ...overlapping].flatMap(({ destinationIds }) => destinationIds));
  const toStart = new Set(destinations.filter(({ id }) => planned.has(id)).map(channelOf));
  const running = existing.filter(
    ({ channelId, state }) =>
      toStart.has(channelId) || (isBilledRunning(state) && !isOver(channelId)),
  );
  return { running: running.length, existing: existing.length };
}

const timeOf = ({ startsAt, endsAt }: Occurrence) => ({ start: startsAt, end: endsAt });

function endsBy(row: Destination, at: Date): boolean {
  const end = endOf(row);
  return end !== null && end <= at;
}
