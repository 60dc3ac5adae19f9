import { addMinutes } from "date-fns/addMinutes";
import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { min } from "date-fns/min";
import { subMinutes } from "date-fns/subMinutes";
import { type ChannelReading, isBilledRunning } from "./channel.ts";
import type { Facts } from "./facts.ts";
import { isFlowNeeded } from "./plan.ts";
import type { Policy } from "./policy.ts";
import { strangerSessionId } from "./session.ts";
import { bind, managedChannels, type SiteMemory, type Stranger } from "./site.ts";
import { carriesVideo } from "./source.ts";
import { endOfLoss, lossAfter } from "./source-loss.ts";
import { type Span, type SpanKind, spanIdFrom } from "./span.ts";

/** What the site should remember after one look, and the strangers seen for the first time. */
export type Remembered = {
  memory: SiteMemory;
  changed: boolean;
  arrived: readonly ChannelReading[];
  /** Strangers that do not run any more. */
  left: readonly Stranger[];
  /** Spans that begin with this look, and the ids of those that end with it. */
  opened: readonly Span[];
  closed: readonly Closed[];
};

type Closed = Readonly<{ id: string; to: Date }>;

/** Since when the flow carries video for nobody, and which running channels no row stands for. */
export function remember(facts: Facts, policy: Policy, now: Date): Remembered {
  const known = facts.memory.strangers;
  const unclaimed = unclaimedIn(facts);
  const running = unclaimed.filter(({ state }) => isBilledRunning(state));
  const arrived = arrivedIn(facts);
  const gone = ({ channelId, seenAt }: Stranger) =>
    facts.channels !== null &&
    !running.some((each) => each.channelId === channelId) &&
    (!isNew(seenAt, now) || !unclaimed.some((each) => each.channelId === channelId));
  const strangers: Stranger[] = [
    ...known.filter((each) => !gone(each)),
    ...arrived.map(({ channelId }) => ({
      channelId,
      seenAt: now,
      sessionId: strangerSessionId(channelId, facts.memory.version),
      until: strangersEnd(channelId, facts, { policy, now }),
    })),
  ];
  const since = {
    flowQuietSince: quietSince(facts, now),
    flowActiveSince: activeSince(facts, now),
    ...lossIn(facts, now),
  };
  const sourceBitrateBps = bitrateOf(facts);
  const spans = [
    turned("flow-active", [facts.memory.flowActiveSince, since.flowActiveSince], now),
    turned(
      "source-absent",
      [facts.memory.sourceLostSince, since.sourceLostSince],
      endOfLoss(facts.memory, now),
    ),
  ];
  const changed =
    strangers.length !== known.length ||
    arrived.length > 0 ||
    facts.memory.sourceBitrateBps !== sourceBitrateBps ||
    facts.memory.sourceLostSeenAt?.getTime() !== since.sourceLostSeenAt?.getTime() ||
    facts.memory.flowQuietSince?.getTime() !== since.flowQuietSince?.getTime() ||
    spans.some(({ opened, closed }) => opened.length + closed.length > 0);
  return {
    memory: { ...facts.memory, strangers, ...since, sourceBitrateBps },
    changed,
    arrived,
    left: known.filter(gone),
    opened: spans.flatMap(({ opened }) => opened),
    closed: spans.flatMap(({ closed }) => closed),
  };
}

/** Channels that run for no row, and that the site does not remember yet. */
const arrivedIn = (facts: Facts): ChannelReading[] =>
  unclaimedIn(facts).filter(
    ({ channelId, state }) =>
      isBilledRunning(state) &&
      !facts.memory.strangers.some((each) => each.channelId === channelId),
  );

/** True for a session that a process opened for such a channel, and died before the site remembered it: the next pass goes on with it. */
export const isStrangerToBe = (sessionId: string, facts: Facts): boolean =>
  arrivedIn(facts).some(
    ({ channelId }) => strangerSessionId(channelId, facts.memory.version) === sessionId,
  );

/** Never later than the deadline that stands in AWS, which is what is left of a row that has been removed. */
function strangersEnd(
  channelId: string,
  { memory }: Facts,
  { policy, now }: { policy: Policy; now: Date },
): Date {
  if (policy.strangers === "stop") return now;
  const deadline = memory.deadlines.find((each) => each.channelId === channelId);
  const end = deadline ? [subMinutes(deadline.at, policy.deadlineMarginMinutes)] : [];
  return min([addMinutes(now, policy.defaultLeaseMinutes), ...end]);
}

type BeforeAndAfter = [Date | null, Date | null];

/** The spans that begin and end when the memory of such a beginning changes. */
function turned(kind: SpanKind, [before, after]: BeforeAndAfter, to: Date) {
  const same = before?.getTime() === after?.getTime();
  const opened =
    same || after === null ? [] : [{ id: spanIdFrom(kind, after), kind, from: after, to: null }];
  const closed = same || before === null ? [] : [{ id: spanIdFrom(kind, before), to }];
  return { opened, closed };
}

/** A flow is billed by the hour while it is not on standby (MediaConnect user guide, what-is-pricing). */
function activeSince({ flow, memory }: Facts, now: Date): Date | null {
  if (flow === null || flow === "not-configured" || flow.state === "unknown")
    return memory.flowActiveSince;
  return flow.state === "standby" || flow.state === "deleting"
    ? null
    : (memory.flowActiveSince ?? now);
}

/** Since when a running show has had no source, and when that was last seen. */
function lossIn({ flow, memory, destinations }: Facts, now: Date) {
  const onAir = destinations.some(({ desired, phase }) => desired === "on" && phase === "running");
  if (!onAir) return { sourceLostSince: null, sourceLostSeenAt: memory.sourceLostSeenAt };
  const isRead = flow !== null && flow !== "not-configured";
  return lossAfter(isRead ? flow.source.connected : null, { memory, now });
}

/** The measured bitrate in steps of half a megabit, so that it is not written with each reading. */
function bitrateOf({ flow, memory }: Facts): number | null {
  const measured = flow === null || flow === "not-configured" ? null : flow.source.bitrateBps;
  if (!measured) return memory.sourceBitrateBps;
  const step = 500_000;
  const rounded = Math.max(step, Math.round(measured / step) * step);
  const last = memory.sourceBitrateBps;
  return last !== null && Math.abs(measured - last) < step ? last : rounded;
}

/** The list of channels may be older than the one before it, by as much as a minute: one look does not end what just began. */
const isNew = (seenAt: Date, now: Date): boolean => Math.abs(differenceInSeconds(now, seenAt)) < 60;

/** The site's channels that no row stands for. */
function unclaimedIn(facts: Facts): ChannelReading[] {
  const rows = new Set(
    facts.destinations.map((each) => bind(each, facts.bindings)?.channelId ?? ""),
  );
  const managed = managedChannels(facts);
  return [...(facts.channels?.values() ?? [])].filter(
    ({ channelId }) => managed.has(channelId) && !rows.has(channelId),
  );
}

function quietSince(facts: Facts, now: Date): Date | null {
  const { flow, memory } = facts;
  if (flow === null || facts.channels === null) return memory.flowQuietSince;
  if (flow === "not-configured" || !carriesVideo(flow.state) || isFlowNeeded(facts)) return null;
  return memory.flowQuietSince ?? now;
}
