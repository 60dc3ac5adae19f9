import type { ChannelReading, ChannelState } from "./channel.ts";
import type { Destination } from "./destination.ts";
import { isSettled } from "./destination.ts";
import { type Bindings, type BoundChannel, bind, type SiteMemory } from "./site.ts";
import type { FlowReading } from "./source.ts";

/** Everything one pass of the loop knows; null means that the reading failed, which never stops anything. */
export type Facts = {
  destinations: readonly Destination[];
  channels: ReadonlyMap<string, ChannelReading> | null;
  flow: FlowReading | "not-configured" | null;
  bindings: Bindings;
  memory: SiteMemory;
};

/** The destination that a channel works for at present, when several name the same one. */
export type Claim = BoundChannel & {
  /** False when another destination has the channel: this one must not act on it. */
  holds: boolean;
  /** The name of the destination that has it. */
  holder: Destination;
  /** True when the shared channel, if it runs, runs for another: one that wants it or, for a settled one, its holder. */
  wantedByOthers: boolean;
};

/** Who has which channel, by destination id; destinations without a channel are not in it. */
export function claims(
  destinations: readonly Destination[],
  bindings: Bindings,
): ReadonlyMap<string, Claim> {
  const bound = destinations.flatMap((destination) => {
    const channel = bind(destination, bindings);
    return channel === null ? [] : [{ destination, channel }];
  });
  const entries = bound.map(({ destination, channel }): [string, Claim] => {
    const rivals = bound
      .filter((other) => other.channel.channelId === channel.channelId)
      .map((other) => other.destination);
    const holder = rivals.toSorted(byClaim)[0] ?? destination;
    const others = rivals.filter(({ id }) => id !== destination.id);
    const forOthers = isSettled(destination)
      ? holder.id !== destination.id
      : others.some(({ desired }) => desired === "on");
    const wantedByOthers = channel.mode === "shared" && forOthers;
    const holds = channel.mode === "shared" || holder.id === destination.id;
    return [destination.id, { ...channel, holds, holder, wantedByOthers }];
  });
  return new Map(entries);
}

/** The state of a destination's channel as this destination should see it. */
export function stateFor(claim: Claim | undefined, facts: Facts): ChannelState {
  if (claim === undefined || facts.channels === null) return "unknown";
  return facts.channels.get(claim.channelId)?.state ?? "deleted";
}

const rank = (destination: Destination): number => {
  if (!isSettled(destination) && destination.phase !== "accepted") return 0;
  if (!isSettled(destination)) return destination.desired === "off" ? 1 : 2;
  return destination.enabled ? 3 : 4;
};

const time = (at: Date | null | undefined): number => at?.getTime() ?? 0;

/** One that is running before one that waits, older wishes and older rows first; ids make it total. */
function byClaim(left: Destination, right: Destination): number {
  return (
    rank(left) - rank(right) ||
    time(isSettled(left) ? left.createdAt : left.intent?.at) -
      time(isSettled(right) ? right.createdAt : right.intent?.at) ||
    left.id.localeCompare(right.id)
  );
}
