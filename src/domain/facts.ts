import type { ChannelReading, ChannelState } from "./channel.ts";
import type { Destination } from "./destination.ts";
import { isSettled } from "./destination.ts";
import { type Bindings, type BoundChannel, bind, type SiteMemory } from "./site.ts";
import type { FlowReading } from "./source.ts";
import type { UnreadableDestination } from "./unreadable-rows.ts";

/** Everything one pass of the loop knows; null means that the reading failed, which never stops anything. */
export type Facts = {
  destinations: readonly Destination[];
  /** Rows that are left out because they cannot be read; their channels are `unknown` while they run. */
  unreadable: readonly UnreadableDestination[];
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

type Claims = ReadonlyMap<string, Claim>;

/** A pass asks it of the same rows many times. */
const known = new WeakMap<readonly Destination[], { bindings: Bindings; claims: Claims }>();

/** Who has which channel, by destination id; destinations without a channel are not in it. */
export function claims(destinations: readonly Destination[], bindings: Bindings): Claims {
  const last = known.get(destinations);
  if (last?.bindings === bindings) return last.claims;
  const found = findClaims(destinations, bindings);
  known.set(destinations, { bindings, claims: found });
  return found;
}

function findClaims(destinations: readonly Destination[], bindings: Bindings): Claims {
  const rivalsOf = new Map<string, Rival[]>();
  for (const destination of destinations) {
    const channel = bind(destination, bindings);
    if (channel === null) continue;
    const rivals = rivalsOf.get(channel.channelId);
    if (rivals === undefined) rivalsOf.set(channel.channelId, [{ destination, channel }]);
    else rivals.push({ destination, channel });
  }
  return new Map([...rivalsOf.values()].flatMap(claimsAmong));
}

type Rival = { destination: Destination; channel: BoundChannel };

/** The claims of those who name the same channel. */
function claimsAmong(rivals: readonly Rival[]): [string, Claim][] {
  const [first] = rivals.map(({ destination }) => destination).toSorted(byClaim);
  return rivals.map(({ destination, channel: { channelId, mode } }) => {
    const holder = first ?? destination;
    const isHolder = holder.id === destination.id;
    const forOthers = isSettled(destination)
      ? !isHolder
      : rivals.some((other) => other.destination !== destination && isOn(other));
    const holds = mode === "shared" || isHolder;
    const wantedByOthers = mode === "shared" && forOthers;
    return [destination.id, { channelId, mode, holds, holder, wantedByOthers }];
  });
}

const isOn = ({ destination }: Rival): boolean => destination.desired === "on";

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
