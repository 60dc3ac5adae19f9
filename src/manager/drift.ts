import { addMinutes } from "date-fns/addMinutes";
import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { subMinutes } from "date-fns/subMinutes";
import { type ChannelState, isBilledRunning, isInTransit } from "../domain/channel.ts";
import { standingAt, wantedDeadlines } from "../domain/deadlines.ts";
import type { Destination } from "../domain/destination.ts";
import { type Drift, isUnclaimed } from "../domain/drift.ts";
import { spoken } from "../domain/duration.ts";
import { type Claim, claims, type Facts, stateFor } from "../domain/facts.ts";
import { endOf } from "../domain/lease.ts";
import { hourlyOf, keepOffer, stopOffer } from "../domain/offers.ts";
import { policyFor } from "../domain/platforms/index.ts";
import type { Policy } from "../domain/policy.ts";
import { bind } from "../domain/site.ts";
import { keepStrangerOffer, stopStrangerOffer } from "../domain/stray-offers.ts";
import { code, strong, text } from "../domain/text.ts";
import type { UnreadableDestination } from "../domain/unreadable-rows.ts";
import { grantedEnd } from "../domain/watch/extension.ts";

/** How much longer an adopted destination may be kept at one press. */
const keepMinutes = 120;
/** How long after a start or a quiet flow's time the loop may take before something is wrong. */
const marginMinutes = 5;
/** How long before AWS stops a show too early people are told. */
const warnMinutes = 10;

/** What it is judged by; prices are by destination, and left out where they are not known. */
type Given = {
  policy: Policy;
  now: Date;
  usdPerHour?: ReadonlyMap<string, number>;
  strangerUsdPerHour?: number | null;
};
type Look = Given & { facts: Facts };
type Row = { row: Destination; claim: Claim };

/** Everything that is not as somebody asked, as far as it could be read; pure. */
export function drift(facts: Facts, given: Given): Drift[] {
  const look = { facts, ...given };
  const claimed = claims(facts.destinations, facts.bindings);
  const rows = facts.destinations.flatMap((row): Row[] => {
    const claim = claimed.get(row.id);
    return claim?.holds ? [{ row, claim }] : [];
  });
  const finders = [adopted, stuck, deleted, withoutDeadline, withOldDeadline];
  return [
    ...rows.flatMap((each) => finders.flatMap((find) => find(each, look) ?? [])),
    ...facts.unreadable.map((row) => unreadable(row, look)),
    ...strangers(look),
    ...flowLeftActive(look),
  ];
}

function adopted({ row, claim }: Row, { now, usdPerHour: prices, ...look }: Look): Drift | null {
  const { intent, leaseUntil } = row;
  const policy = policyFor(row, look.policy);
  if (intent === null || leaseUntil === null || !isUnclaimed(row, policy, now)) return null;
  const asked = addMinutes(leaseUntil, keepMinutes);
  const until = grantedEnd(row, asked, { policy, now, maxLeaseMinutes: null });
  const usdPerHour = hourlyOf([row], prices ?? new Map());
  const keep = { from: leaseUntil, zone: policy.zone, usdPerHour };
  return {
    key: `adopted.${intent.id}`,
    kind: "adopted",
    since: intent.at,
    destinationId: row.id,
    channelId: claim.channelId,
    lines: [
      text`Who is this? ${strong(row.name)} has been running since ${intent.at}, and nobody started it here.`,
      text`It goes off at ${leaseUntil} like every other, unless somebody keeps it.`,
    ],
    buttons: [
      ...(until === null ? [] : [keepOffer(row, { ...keep, until })]),
      stopOffer([row], { label: "Stop", usdPerHour }),
    ],
  };
}

/** In between two states for longer than the site allows. */
function stuck({ row, claim }: Row, { facts, policy, now }: Look): Drift | null {
  const state = stateFor(claim, facts);
  const { stateSince } = row;
  if (stateSince === null || row.channelState !== state || !isInTransit(state)) return null;
  const minutes = differenceInMinutes(now, stateSince);
  if (minutes < patience(state, policy)) return null;
  return {
    key: `stuck.${row.id}.${state}.${stateSince.toISOString()}`,
    kind: "stuck",
    since: stateSince,
    destinationId: row.id,
    channelId: claim.channelId,
    lines: [
      text`${strong(row.name)}'s channel has been ${state} since ${stateSince}: longer than usual.`,
      text`${billed(state)}If it stays so, ask AWS about channel ${claim.channelId}.`,
    ],
    buttons: [],
  };
}

const billed = (state: ChannelState): string =>
  isBilledRunning(state) ? "AWS bills it until it has stopped. " : "";

const patience = (state: ChannelState, policy: Policy): number =>
  state === "stopping" ? policy.stopDeadlineMinutes : policy.startDeadlineMinutes;

/** Seen twice: by this look and by the loop, which reads a missing channel by itself. */
function deleted({ row, claim }: Row, { facts }: Look): Drift | null {
  const gone = stateFor(claim, facts) === "deleted" && row.channelState === "deleted";
  if (!gone || row.stateSince === null) return null;
  return {
    key: `channel-deleted.${row.id}.${row.stateSince.toISOString()}`,
    kind: "channel-deleted",
    since: row.stateSince,
    destinationId: row.id,
    channelId: claim.channelId,
    lines: [
      text`${strong(row.name)}'s channel ${claim.channelId} does not exist in AWS any more.`,
      text`It cannot start until the stack is deployed again, or another channel is set for it.`,
    ],
    buttons: [],
  };
}

/** On, and AWS knows no time at which to stop it by itself. */
function withoutDeadline({ row, claim }: Row, look: Look): Drift | null {
  const { facts, policy, now, usdPerHour = new Map<string, number>() } = look;
  const { intent } = row;
  const end = row.desired === "on" ? endOf(row) : null;
  if (facts.memory.version < 0 || end === null || intent === null) return null;
  const due = wantedDeadlines(facts, policy).get(claim.channelId);
  const young = differenceInMinutes(now, intent.at) < marginMinutes;
  if (young || row.phase === "accepted" || due === undefined || due <= now) return null;
  const there = deadlineOf(claim, facts);
  if (there?.sure || standingAt(there, now) !== null) return null;
  return {
    key: `no-deadline.${claim.channelId}.${intent.id}`,
    kind: "no-deadline",
    since: intent.at,
    destinationId: row.id,
    channelId: claim.channelId,
    lines: [
      text`AWS has no switch for ${strong(row.name)}: without patchbay it would run past ${end}.`,
      text`patchbay sets it again each minute; until then somebody should be there at the end.`,
    ],
    buttons: [stopOffer([row], { label: "Stop", usdPerHour: hourlyOf([row], usdPerHour) })],
  };
}

/** On, while AWS has an earlier time at which to stop it: told when that is near, because till then there is time to move it. */
function withOldDeadline({ row, claim }: Row, { facts, now }: Look): Drift | null {
  const { intent } = row;
  const end = row.desired === "on" ? endOf(row) : null;
  const old = standingAt(deadlineOf(claim, facts), now);
  if (intent === null || end === null || old === null) return null;
  const since = subMinutes(old, warnMinutes);
  if (since > now) return null;
  return {
    key: `old-deadline.${claim.channelId}.${intent.id}.${old.toISOString()}`,
    kind: "old-deadline",
    since,
    destinationId: row.id,
    channelId: claim.channelId,
    lines: [
      text`AWS stops ${strong(row.name)} at ${old}, although it is on until ${end}: its switch cannot be moved at present.`,
      text`patchbay tries it each minute. By hand: EventBridge Scheduler console, the schedule for channel ${claim.channelId}, Delete.`,
    ],
    buttons: [],
  };
}

const deadlineOf = ({ channelId }: Claim, { memory }: Facts) =>
  memory.deadlines.find((each) => each.channelId === channelId);

/** What runs for it is nobody's to judge, so that only AWS's own switch ends it. */
function unreadable(row: UnreadableDestination, { facts, now }: Look): Drift {
  const channelId = bind(row, facts.bindings)?.channelId ?? null;
  const deadline = facts.memory.deadlines.find((each) => each.channelId === channelId);
  const byHand =
    channelId === null ? "" : ` To stop it: MediaLive console, channel ${channelId}, Stop.`;
  return {
    key: `unreadable.${row.id}`,
    kind: "unreadable",
    since: now,
    destinationId: row.id,
    channelId,
    lines: [
      text`${strong(row.name)}'s row ${code(row.id)} is damaged or from a newer patchbay: it is left out, and nothing of it is changed.`,
      deadline === undefined
        ? text`What its channel does is left alone, and AWS has no switch that ends it.${byHand}`
        : text`What its channel does is left alone; AWS itself stops it at ${deadline.at}.${byHand}`,
      text`Run the newer patchbay, or put the row right: ${code("desired_state")} is ${code("on")} or ${code("off")}.`,
    ],
    buttons: [],
  };
}

/** A running channel that no destination stands for, so that only its id names it. */
const strangers = ({ facts, policy, now, strangerUsdPerHour = null }: Look): Drift[] =>
  facts.memory.strangers.map((stranger) => {
    const { channelId, seenAt, until, sessionId } = stranger;
    const name = facts.channels?.get(channelId)?.name || `channel ${channelId}`;
    const named = { stranger, name, usdPerHour: strangerUsdPerHour };
    return {
      key: `stranger.${sessionId}`,
      kind: "stranger",
      since: seenAt,
      destinationId: null,
      channelId,
      lines: [
        text`Who is this? ${strong(name)} has been running since ${seenAt}, and no destination stands for it.`,
        text`patchbay stops it at ${until}, unless somebody keeps it.`,
      ],
      buttons: [
        ...keepStrangerOffer(named, { label: "Keep", minutes: keepMinutes, policy, now }),
        stopStrangerOffer(named, "Stop"),
      ],
    };
  });

/** Still carrying video a good while after it should have gone on standby. */
function flowLeftActive({ facts: { flow, memory }, policy, now }: Look): Drift[] {
  const quiet = memory.flowQuietSince;
  if (flow === null || flow === "not-configured" || quiet === null) return [];
  const minutes = differenceInMinutes(now, quiet);
  if (flow.state === "standby" || minutes < policy.keepWarmMinutes + marginMinutes) return [];
  const name = strong(flow.name || "The flow");
  return [
    {
      key: `flow-left-active.${quiet.toISOString()}`,
      kind: "flow-left-active",
      since: quiet,
      destinationId: null,
      channelId: null,
      lines: [
        text`${name} is still ${flow.state}, ${spoken(minutes * 60)} after the last channel: AWS bills it by the hour.`,
        text`patchbay keeps asking for its stop. By hand: MediaConnect console, ${name}, Stop.`,
      ],
      buttons: [],
    },
  ];
}
