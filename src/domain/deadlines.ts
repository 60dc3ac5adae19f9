import { addMinutes } from "date-fns/addMinutes";
import { max } from "date-fns/max";
import { min } from "date-fns/min";
import { subMinutes } from "date-fns/subMinutes";
import { isSettled } from "./destination.ts";
import { claims, type Facts } from "./facts.ts";
import { endOf } from "./lease.ts";
import type { Policy } from "./policy.ts";
import type { Deadline } from "./site.ts";

/** When AWS should stop a channel. */
export type WantedDeadline = Pick<Deadline, "channelId" | "at">;

/** Deadlines to write or move, and channels whose deadline is to be taken away. */
export type DeadlineChanges = { set: readonly WantedDeadline[]; clear: readonly string[] };

/** A time that is replaced shortly before it comes may be acted on all the same (Scheduler user guide, troubleshooting). */
const nearMinutes = 10;
/** How long after its time AWS may still act on it. */
const lateMinutes = 5;

/**
 * What differs between the deadlines that stand in AWS and those that the leases ask for. A channel keeps its deadline
 * until it is seen at rest, so that also a stop that never reached AWS has one. A deadline that has passed is not written.
 */
export function deadlineChanges(facts: Facts, policy: Policy, now: Date): DeadlineChanges {
  if (facts.memory.version < 0) return { set: [], clear: [] };
  const wanted = wantedDeadlines(facts, policy);
  const standing = new Map(facts.memory.deadlines.map((each) => [each.channelId, each]));
  const set = [...wanted].flatMap(([channelId, at]) => {
    const there = standing.get(channelId);
    const same = there?.sure === true && there.at.getTime() === at.getTime();
    return same || at <= now ? [] : [{ channelId, at }];
  });
  const kept = keptChannels(facts);
  const clear = [...standing.keys()].filter((id) => !wanted.has(id) && !kept.has(id));
  return { set, clear };
}

/** A deadline that AWS is about to be asked for: until it has taken it, the earlier time that it has stands. */
export function asked(
  { channelId, at }: WantedDeadline,
  standing: Deadline | undefined,
  now: Date,
): Deadline {
  const earlier = [standing?.before ?? null, standing?.sure ? standing.at : null].flatMap((each) =>
    each !== null && each < at && each > subMinutes(now, lateMinutes) ? [each] : [],
  );
  return { channelId, at, sure: false, before: earlier.length === 0 ? null : min(earlier) };
}

/** A deadline that AWS has taken: an earlier time is over, unless it was so near that AWS may act on it. */
export function taken(deadline: Deadline, now: Date): Deadline {
  const { before } = deadline;
  const isNear = before !== null && before < addMinutes(now, nearMinutes);
  return { ...deadline, sure: true, before: isNear ? before : null };
}

/** When AWS stops a channel because it cannot be asked for a later time; null when that is not so, or has passed. */
export function standingAt(deadline: Deadline | undefined, now: Date): Date | null {
  if (deadline === undefined || deadline.sure || deadline.before === null) return null;
  return deadline.before > subMinutes(now, lateMinutes) ? deadline.before : null;
}

/** When AWS should stop each channel: a margin after the last of the ends that are granted on it. */
export function wantedDeadlines(facts: Facts, policy: Policy): ReadonlyMap<string, Date> {
  const claimed = claims(facts.destinations, facts.bindings);
  const ends = facts.destinations.flatMap((destination) => {
    const claim = claimed.get(destination.id);
    const end = destination.desired === "on" && claim?.holds ? endOf(destination) : null;
    return claim && end ? [{ channelId: claim.channelId, end }] : [];
  });
  const strangers = facts.memory.strangers.map(({ channelId, until }) => ({
    channelId,
    end: until,
  }));
  const wanted = new Map<string, Date>();
  for (const { channelId, end } of [...ends, ...strangers]) {
    const at = wholeMinute(addMinutes(end, policy.deadlineMarginMinutes));
    wanted.set(channelId, max([at, wanted.get(channelId) ?? at]));
  }
  return wanted;
}

/** EventBridge Scheduler fires within the minute (user guide, schedule-types): a deadline is never early. */
const wholeMinute = (at: Date): Date => new Date(Math.ceil(at.getTime() / 60_000) * 60_000);

/** Channels of destinations whose stop is still under way, and those of which nothing is known at present. */
function keptChannels(facts: Facts): ReadonlySet<string> {
  const all = facts.memory.deadlines.map(({ channelId }) => channelId);
  if (facts.channels === null) return new Set(all);
  const { channels } = facts;
  const claimed = claims(facts.destinations, facts.bindings);
  const stopping = facts.destinations.filter((each) => !isSettled(each));
  const unknown = all.filter((channelId) => channels.get(channelId)?.state === "unknown");
  return new Set([...unknown, ...stopping.flatMap(({ id }) => claimed.get(id)?.channelId ?? [])]);
}
