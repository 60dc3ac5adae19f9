import { addMinutes } from "date-fns/addMinutes";
import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { differenceInSeconds } from "date-fns/differenceInSeconds";
import type { NoticeKind } from "./broadcast.ts";
import { type ChannelState, hasBegun, isBilledRunning } from "./channel.ts";
import {
  type Destination,
  type DestinationChange,
  deadlineSwitch,
  type Intent,
  isSettled,
  noHold,
  outsider,
  patchbay,
  unaskedIntent,
} from "./destination.ts";
import type { Policy } from "./policy.ts";
import type { Deadline } from "./site.ts";
import { type Switched, switchedOff } from "./switched.ts";

/** What one look at a channel tells of its destination: the attributes to write and what to tell people. */
export type Observation = {
  change: DestinationChange;
  notice: { kind: NoticeKind; detail: string | null } | null;
};

/**
 * One look: the channel's state as this destination sees it, whether others want the shared channel to run, and the
 * deadline that AWS has for it, if any.
 */
export type Look = {
  state: ChannelState;
  wantedByOthers: boolean;
  deadline: Deadline | null;
  now: Date;
  policy: Policy;
};

type Rule = (destination: Destination, look: Look) => Observation;

const nothing: Observation = { change: {}, notice: null };
const outside = "somebody stopped it outside patchbay";
/** A paused process may send its StartChannel this long after recording it. */
const lateStartMinutes = 60;
/** Lists and descriptions may be this old, so that a stop can be taken for done before its start is seen. */
const staleMinutes = 2;
/** How often it is written of a row at rest that it was looked at; each minute would be most of all writes. */
const restingMinutes = 10;

/**
 * What has become of a destination's latest intent, seen from its channel's state. Pure: the same look at the changed
 * destination changes nothing. An `unknown` state says nothing, so it never ends anything.
 */
export function observe(destination: Destination, look: Look): Observation {
  if (look.state === "unknown") return nothing;
  const { change, notice } = rules[destination.desired](destination, look);
  const lease = missingLease({ ...destination, ...change }, look);
  const resting = isSettled(destination) && isSettled({ ...destination, ...change });
  return { change: { ...seen(destination, look, resting), ...change, ...lease }, notice };
}

/** Nothing runs without an end, not even when the end was lost from the row. */
function missingLease(next: Destination, { now, policy }: Look): DestinationChange {
  const runs = next.desired === "on" && (next.phase === "starting" || next.phase === "running");
  return runs && next.leaseUntil === null
    ? { leaseUntil: addMinutes(now, policy.defaultLeaseMinutes) }
    : {};
}

const rules: Record<Destination["desired"], Rule> = {
  on: (destination, look) =>
    destination.phase === "accepted"
      ? waitingToStart(destination, look)
      : wanted(destination, look),
  off: (destination, look) =>
    isSettled(destination) ? settled(destination, look) : waitingToStop(destination, look),
};

function seen(destination: Destination, { state, now }: Look, resting: boolean): DestinationChange {
  const changed = destination.channelState !== state;
  const last = destination.lastSyncAt;
  const noteEvery = resting ? restingMinutes : 1;
  const stale = last === null || differenceInMinutes(now, last) >= noteEvery;
  return {
    ...(changed ? { channelState: state, stateSince: now } : {}),
    ...(changed || stale ? { lastSyncAt: now } : {}),
  };
}

/** A start that AWS has not been seen to act on yet. */
function waitingToStart(destination: Destination, look: Look): Observation {
  if (look.state === "starting") return { change: underWay(destination, "starting"), notice: null };
  return hasBegun(look.state) ? nowRunning(destination, look) : nothing;
}

/** A start that AWS has begun: it comes to run, or somebody or something ends it. */
function wanted(destination: Destination, look: Look): Observation {
  const { state, now } = look;
  if (state === "running" || state === "recovering")
    return destination.phase === "running" ? nothing : nowRunning(destination, look);
  const switched = switchedOff(destination, look.deadline, look);
  if (state === "stopping") return stoppingUnasked(destination, look, switched);
  if (state === "starting" || isFresh(destination, now)) return nothing;
  if (switched !== null) return stoppedBySwitch(destination, switched);
  const running = destination.phase === "running";
  const detail = running
    ? `the channel went from running to ${state}: stopped outside patchbay, or its output gave up`
    : `the channel fell back to ${state} while starting`;
  return {
    change: { ...ended(now), desired: "off", phase: "failed", lastError: detail },
    notice: { kind: running ? "stopped-outside" : "failed", detail },
  };
}

function stoppingUnasked(
  destination: Destination,
  look: Look,
  switched: Switched | null,
): Observation {
  const [by, kind, detail] =
    switched === null
      ? ([outsider, "stopped-outside", outside] as const)
      : ([deadlineSwitch, "deadline-stopped", switched.why] as const);
  const reason = switched?.isEarly ? detail : null;
  const change = {
    ...unasked(destination, look, { by, reason }),
    phase: "stopping",
    lastError: detail,
  } as const;
  return { change, notice: { kind, detail } };
}

function stoppedBySwitch(destination: Destination, { at, why, isEarly }: Switched): Observation {
  const reason = isEarly ? why : null;
  const intent = unaskedIntent(destination, { by: deadlineSwitch, reason, at });
  return {
    change: {
      ...ended(at),
      desired: "off",
      phase: "off",
      intent,
      toldIntentId: intent.id,
      lastError: why,
    },
    notice: { kind: "deadline-stopped", detail: why },
  };
}

/** A stop that is not done before the channel is seen at rest, or is left to others who share it. */
function waitingToStop(destination: Destination, look: Look): Observation {
  const { state, wantedByOthers, now } = look;
  const resting = !isBilledRunning(state) && state !== "creating" && state !== "updating";
  if (resting || wantedByOthers) {
    const told = isStoppedUnasked(destination);
    return {
      change: { ...ended(now), phase: "off" },
      notice: told ? null : { kind: "off", detail: null },
    };
  }
  return state === "stopping" && destination.phase !== "stopping"
    ? { change: { phase: "stopping" }, notice: null }
    : nothing;
}

/** That it went off was told when it was seen to stop. */
const isStoppedUnasked = ({ intent }: Destination): boolean =>
  intent?.by.id === outsider.id || intent?.by.id === deadlineSwitch.id;

/** Nothing is wanted: a channel that runs all the same is a late start of ours, or somebody else's. */
function settled(destination: Destination, look: Look): Observation {
  const { state, wantedByOthers, now, policy } = look;
  if (!hasBegun(state) || wantedByOthers) return nothing;
  const stop = unasked(destination, look, { by: patchbay, reason: null });
  if (isLateStart(destination, now)) {
    const detail =
      "It may be an older start that reached AWS late. To keep it on, start it again here";
    return { change: stop, notice: { kind: "late-start", detail } };
  }
  if (policy.strangers === "stop") {
    const detail = "somebody started it outside patchbay; stopping it, as this site's policy says";
    return { change: stop, notice: { kind: "stranger-stopped", detail } };
  }
  return adopted(destination, look);
}

/** A stop that no wish asked for: it counts from now, and its own notices tell of it. */
function unasked(
  destination: Destination,
  { now }: Look,
  asked: Pick<Intent, "by" | "reason">,
): DestinationChange {
  const intent = unaskedIntent(destination, { ...asked, at: now });
  return { desired: "off", phase: "accepted", intent, toldIntentId: intent.id, settledAt: null };
}

function adopted(destination: Destination, { state, now, policy }: Look): Observation {
  const found = { by: outsider, reason: "found running", at: now };
  const intent = unaskedIntent(destination, found);
  const detail = "somebody started it outside patchbay; it now ends with a lease like every other";
  return {
    change: {
      desired: "on",
      intent,
      phase: state === "starting" ? "starting" : "running",
      runningSince: state === "starting" ? null : now,
      leaseUntil: addMinutes(now, policy.defaultLeaseMinutes),
      attempt: null,
      outputIntentId: intent.id,
      toldIntentId: intent.id,
      settledAt: null,
      lastError: null,
    },
    notice: { kind: "adopted", detail },
  };
}

function nowRunning(destination: Destination, { now }: Look): Observation {
  return {
    change: { ...underWay(destination, "running"), runningSince: now, lastError: null },
    notice: { kind: "running", detail: null },
  };
}

function underWay(destination: Destination, phase: "starting" | "running"): DestinationChange {
  const attempt = destination.attempt;
  const ours = attempt !== null && attempt.intentId === destination.intent?.id;
  const known = ours ? { attempt: { ...attempt, outcome: "accepted" as const } } : {};
  return { phase, failures: 0, retryAt: null, ...known };
}

const ended = (now: Date): DestinationChange => ({
  settledAt: now,
  runningSince: null,
  leaseUntil: null,
  ...noHold,
  failures: 0,
  retryAt: null,
});

/** A list may lag behind an accepted start: an idle channel within half a minute of the call is no news. */
function isFresh({ attempt, phase }: Destination, now: Date): boolean {
  return phase === "starting" && attempt !== null && differenceInSeconds(now, attempt.at) < 30;
}

/** A start of ours that takes effect after its stop: sent late, or seen late. */
function isLateStart({ attempt, phase }: Destination, now: Date): boolean {
  if (attempt === null || attempt.outcome === "refused") return false;
  const age = differenceInMinutes(now, attempt.at);
  return attempt.outcome === "unknown"
    ? age < lateStartMinutes
    : phase === "off" && age < staleMinutes;
}
