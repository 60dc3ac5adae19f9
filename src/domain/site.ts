import type { Destination } from "./destination.ts";

/** Which AWS resources belong to the site: from stack outputs or from the existing system's environment variables. */
export type Bindings = {
  /** Dedicated channels by platform key (`primary`, `youtube` …). */
  channelByPlatform: Readonly<Record<string, string>>;
  /** The one channel that several destinations of the existing system share, with outputs set in AWS. */
  sharedChannelId: string | null;
  flowArn: string | null;
};

/** A running channel of the site that no row stands for: since when it is known and until when it may run. */
export type Stranger = { channelId: string; seenAt: Date; until: Date; sessionId: string };

/**
 * A one-shot stop of a channel that AWS carries out by itself. It is `sure` once AWS has taken it; before that, or when
 * another process may have written over it, it is written again. `before` is an earlier time that AWS may still act on:
 * it has not taken the new one yet, or has taken it too late to be sure.
 */
export type Deadline = { channelId: string; at: Date; sure: boolean; before: Date | null };

/** What patchbay remembers of the site as a whole. */
export type SiteMemory = {
  /** Since when the flow has carried video that nobody wants. */
  flowQuietSince: Date | null;
  strangers: readonly Stranger[];
  /** The deadlines that stand in AWS. A channel with one stays the site's, also when no row names it any more. */
  deadlines: readonly Deadline[];
  /** Since when the flow has been active (a span), and since when no source has arrived while something ran. */
  flowActiveSince: Date | null;
  sourceLostSince: Date | null;
  /** When a reading last said so; what was in between is only known while such readings follow one another. */
  sourceLostSeenAt: Date | null;
  /** The last bitrate that was measured, for what transfer costs. */
  sourceBitrateBps: number | null;
  version: number;
};

/** A destination's channel; `shared` outputs are set in AWS and are never changed by patchbay. */
export type BoundChannel = { channelId: string; mode: "own" | "shared" };

type Managing = {
  destinations: readonly Destination[];
  bindings: Bindings;
  memory: Pick<SiteMemory, "deadlines">;
};

const sharedPlatforms = new Set(["primary", "youtube", "custom"]);

/**
 * The channel of a destination: the row's own, else its platform's, else the shared one (legacy contract, X3). A row or
 * a platform that names the shared one shares it like the rest.
 */
export function bind(
  destination: Pick<Destination, "kind" | "channelId">,
  bindings: Bindings,
): BoundChannel | null {
  const key = destination.kind ?? "";
  const own = destination.channelId ?? channelOf(bindings, key);
  if (own !== null)
    return { channelId: own, mode: own === bindings.sharedChannelId ? "shared" : "own" };
  if (bindings.sharedChannelId === null || !sharedPlatforms.has(key)) return null;
  return { channelId: bindings.sharedChannelId, mode: "shared" };
}

/**
 * Every channel that the site answers for, with or without a row; one that still has a deadline was started for the site,
 * also when its row has been deleted or names another channel by now.
 */
export function managedChannels({ destinations, bindings, memory }: Managing): ReadonlySet<string> {
  const deadlines = memory.deadlines.map(({ channelId }) => channelId);
  const shared = bindings.sharedChannelId === null ? [] : [bindings.sharedChannelId];
  const rows = destinations.flatMap((each) => bind(each, bindings)?.channelId ?? []);
  return new Set([...Object.values(bindings.channelByPlatform), ...shared, ...rows, ...deadlines]);
}

function channelOf(bindings: Bindings, key: string): string | null {
  return Object.hasOwn(bindings.channelByPlatform, key)
    ? (bindings.channelByPlatform[key] ?? null)
    : null;
}

/** A site of which nothing is remembered yet. */
export const emptyMemory: SiteMemory = {
  flowQuietSince: null,
  strangers: [],
  deadlines: [],
  flowActiveSince: null,
  sourceLostSince: null,
  sourceLostSeenAt: null,
  sourceBitrateBps: null,
  version: 0,
};
