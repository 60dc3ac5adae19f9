import { addMinutes } from "date-fns/addMinutes";
import { addSeconds } from "date-fns/addSeconds";
import {
  type ChannelState,
  canStart,
  canStop,
  canUpdate,
  hasBegun,
  isBilledRunning,
  isBroken,
} from "./channel.ts";
import { type DeadlineChanges, deadlineChanges } from "./deadlines.ts";
import { type Destination, isSettled } from "./destination.ts";
import { type Claim, claims, type Facts, stateFor } from "./facts.ts";
import { isLeaseOver } from "./lease.ts";
import type { Policy } from "./policy.ts";
import { bind, managedChannels } from "./site.ts";
import { carriesVideo } from "./source.ts";

/** Why a start ends without running. */
export type FailReason =
  | "missed-window"
  | "stuck-starting"
  | "no-lease"
  | "no-channel"
  | "channel-in-use"
  | "channel-broken";

/** One change to the world. Every step may be repeated without harm. */
export type Step =
  | { kind: "start-flow" }
  | { kind: "stop-flow" }
  | { kind: "set-output"; destinationId: string; intentId: string; channelId: string }
  | { kind: "start-channel"; destinationId: string; intentId: string; channelId: string }
  | { kind: "stop-channel"; destinationId: string | null; channelId: string }
  | ({ kind: "keep-deadlines" } & DeadlineChanges)
  | { kind: "fail-intent"; destinationId: string; intentId: string; reason: FailReason };

/** How long an unanswered StartChannel may still take effect before it is repeated. */
export const unansweredSeconds = 5;

/**
 * What to do now, and nothing else: facts, policy and time in, steps out. Stops come first and never expire; a start
 * waits for the flow, sets the output of its idle channel, and is sent at most once unless AWS certainly did nothing.
 * Applying the steps and planning again on the same facts gives the same steps. A shared channel is asked only once.
 */
export function plan(facts: Facts, policy: Policy, now: Date): Step[] {
  const claimed = claims(facts.destinations, facts.bindings);
  const each = facts.destinations.map((destination) =>
    planDestination({ destination, claim: claimed.get(destination.id), facts, policy, now }),
  );
  const own = each.flat();
  const flow = isFlowWanted(facts, own) ? openFlow(facts) : closeFlow(facts, policy, now);
  const deadlines = planDeadlines(facts, policy, now);
  const steps = [...own, ...planStrangers(facts, now), ...deadlines, ...flow];
  return steps
    .filter(isFirst)
    .toSorted((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));
}

/** Before any start, so that nothing runs for which AWS itself knows no end. */
function planDeadlines(facts: Facts, policy: Policy, now: Date): Step[] {
  const changes = deadlineChanges(facts, policy, now);
  const none = changes.set.length + changes.clear.length === 0;
  return none ? [] : [{ kind: "keep-deadlines", ...changes }];
}

const isFirst = (step: Step, index: number, all: readonly Step[]): boolean =>
  !("channelId" in step) ||
  index ===
    all.findIndex(
      (other) =>
        other.kind === step.kind && "channelId" in other && other.channelId === step.channelId,
    );

/**
 * In which phase each step is carried out, and in which order it stands there: stops before everything else, and the ends
 * in AWS before what is about to start.
 */
export const phaseOf: Record<Step["kind"], 0 | 1 | 2> = {
  "stop-channel": 0,
  "fail-intent": 0,
  "keep-deadlines": 1,
  "start-flow": 2,
  "set-output": 2,
  "start-channel": 2,
  "stop-flow": 2,
};

const order = Object.keys(phaseOf);

type Case = {
  destination: Destination;
  claim: Claim | undefined;
  facts: Facts;
  policy: Policy;
  now: Date;
};

function planDestination(given: Case): Step[] {
  return given.destination.desired === "on" ? planOn(given) : planOff(given);
}

function planOff({ destination, claim, facts, now }: Case): Step[] {
  if (isSettled(destination) || claim === undefined) return [];
  if (!claim.holds || claim.wantedByOthers) return [];
  const ready = canStop(stateFor(claim, facts)) && isDue(destination, now);
  return ready
    ? [{ kind: "stop-channel", destinationId: destination.id, channelId: claim.channelId }]
    : [];
}

function planOn(given: Case): Step[] {
  const { destination, claim, facts, now } = given;
  const intentId = destination.intent?.id ?? "";
  const failed = failReason(given);
  if (failed !== null)
    return [{ kind: "fail-intent", destinationId: destination.id, intentId, reason: failed }];
  const waits = destination.phase !== "accepted" || claim === undefined || !isDue(destination, now);
  if (waits || isLeaseOver(destination, now) || !isFlowReady(facts)) return [];
  const where = { destinationId: destination.id, intentId, channelId: claim.channelId };
  const state = stateFor(claim, facts);
  if (needsOutput(destination, claim))
    return canUpdate(state) ? [{ kind: "set-output", ...where }] : [];
  return canStart(state) && maySend(destination, now) ? [{ kind: "start-channel", ...where }] : [];
}

/**
 * A start ends when it can never be sent, or was not begun in time; one that AWS has begun is given up only when AWS
 * has said for the whole time allowed that it is starting.
 */
function failReason({ claim, ...given }: Case): FailReason | null {
  const { phase, attempt, intent } = given.destination;
  if (phase !== "accepted" && phase !== "starting") return null;
  if (claim === undefined) return "no-channel";
  if (!claim.holds) return "channel-in-use";
  const state = stateFor(claim, given.facts);
  if (phase === "accepted" && hasBegun(state)) return null;
  if (phase === "accepted") return whyNotBegun({ claim, ...given }, state);
  const since = [attempt?.intentId === intent?.id ? attempt : null, intent];
  const late = since.every((begun) => begun === null || isLate(begun, given));
  return state === "starting" && late ? "stuck-starting" : null;
}

function whyNotBegun(given: Case & { claim: Claim }, state: ChannelState): FailReason | null {
  const { destination, claim } = given;
  if (destination.leaseUntil === null) return "no-lease";
  const outputRefused = state === "update_failed" && !needsOutput(destination, claim);
  if (isBroken(state) || outputRefused) return "channel-broken";
  return isLate(destination.intent, given) ? "missed-window" : null;
}

const isLate = (since: { at: Date } | null, { policy, now }: Pick<Case, "policy" | "now">) =>
  now >= addMinutes(since?.at ?? now, policy.startDeadlineMinutes);

/** The URL and key are set before each start, because a stack update writes the placeholders back. */
function needsOutput(destination: Destination, claim: Claim): boolean {
  if (claim.mode === "shared" || destination.kind === "primary") return false;
  return destination.outputIntentId !== destination.intent?.id;
}

/** One start per intent: the call is repeated only when AWS refused it, or did not answer and nothing has come of it. */
function maySend({ attempt, intent }: Destination, now: Date): boolean {
  if (attempt === null || attempt.intentId !== intent?.id) return true;
  if (attempt.outcome === "accepted") return false;
  return attempt.outcome === "refused" || now >= addSeconds(attempt.at, unansweredSeconds);
}

/** No pause between two tries is longer: one that seems to be was written by a process whose clock is ahead. */
const longestPauseSeconds = 60;

const isDue = ({ retryAt }: Destination, now: Date): boolean =>
  retryAt === null || retryAt <= now || retryAt > addSeconds(now, longestPauseSeconds);

const isFlowReady = ({ flow }: Facts): boolean =>
  flow !== null && (flow === "not-configured" || carriesVideo(flow.state));

/**
 * A running channel without a row: it had its default lease from the moment it was seen. One that a row names by now is
 * the row's, also while the memory of it cannot be written.
 */
function planStrangers(facts: Facts, now: Date): Step[] {
  const { destinations, bindings } = facts;
  const rows = new Set(destinations.map((each) => bind(each, bindings)?.channelId));
  return facts.memory.strangers.flatMap(({ channelId, until }): Step[] => {
    const state = facts.channels?.get(channelId)?.state ?? "unknown";
    return until <= now && canStop(state) && !rows.has(channelId)
      ? [{ kind: "stop-channel", destinationId: null, channelId }]
      : [];
  });
}

/** True when something is wanted that is not given up in this very pass. */
function isFlowWanted({ destinations }: Facts, own: readonly Step[]): boolean {
  const given = own.flatMap((step) => (step.kind === "fail-intent" ? [step.destinationId] : []));
  return destinations.some(({ id, desired }) => desired === "on" && !given.includes(id));
}

/** The flow follows: active while anything is wanted … */
function openFlow({ flow }: Facts): Step[] {
  const isStandby = flow !== null && flow !== "not-configured" && flow.state === "standby";
  return isStandby ? [{ kind: "start-flow" }] : [];
}

/** … and on standby a while after the last, because a restart within it is quicker. */
function closeFlow(facts: Facts, policy: Policy, now: Date): Step[] {
  const { flow, memory } = facts;
  if (flow === null || flow === "not-configured") return [];
  const quiet = memory.flowQuietSince;
  const over = quiet !== null && now >= addMinutes(quiet, policy.keepWarmMinutes);
  return over && flow.state === "active" && !isFlowNeeded(facts) ? [{ kind: "stop-flow" }] : [];
}

/** True while a channel of the site is wanted, runs, or cannot be read: the flow must then stay. One that is updated rests. */
export function isFlowNeeded(facts: Facts): boolean {
  if (facts.channels === null) return true;
  if (facts.destinations.some(({ desired }) => desired === "on")) return true;
  const managed = managedChannels(facts);
  return [...managed].some((channelId) => {
    const state = facts.channels?.get(channelId)?.state;
    return state !== undefined && (isBilledRunning(state) || state === "unknown");
  });
}
