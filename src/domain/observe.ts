import { addMinutes, differenceInMinutes, differenceInSeconds } from "date-fns";
import type { NoticeKind } from "./broadcast.ts";
import { type ChannelState, isBilledRunning } from "./channel.ts";
import type { Destination, DestinationChange, Intent } from "./destination.ts";
import type { Policy } from "./policy.ts";

/** What one look at a channel tells of its destination: the attributes to write and what to tell people. */
export type Observation = {
  change: DestinationChange;
  notice: { kind: NoticeKind; detail: string | null } | null;
};

/** One look: the channel's state as this destination sees it, and whether others want the shared channel to run. */
export type Look = { state: ChannelState; wantedByOthers: boolean; now: Date; policy: Policy };

type Rule = (destination: Destination, look: Look) => Observation;

const nothing: Observation = { change: {}, notice: null };
const outside = "somebody stopped it outside patchbay";
/** A paused process may send its StartChannel this long after recording it (invariants: zombie, up to 30 min). */
const lateStartMinutes = 60;

/**
 * What has become of a destination's latest intent, seen from its channel's state. Pure: the same look at the changed
 * destination changes nothing. An `unknown` state says nothing, so it never ends anything.
 */
export function observe(destination: Destination, look: Look): Observation {
  if (look.state === "unknown") return nothing;
  const { change, notice } = rules[destination.desired](destination, look);
  return { change: { ...seen(destination, look), ...change }, notice };
}

const rules: Record<Destination["desired"], Rule> = {
  on: (destination, look) =>
    destination.phase === "accepted"
      ? waitingToStart(destination, look)
      : wanted(destination, look),
  off: (destination, look) =>
    destination.phase === "accepted" || destination.phase === "stopping"
      ? waitingToStop(destination, look)
      : settled(destination, look),
};

function seen(destination: Destination, { state, now }: Look): DestinationChange {
  const changed = destination.channelState !== state;
  const last = destination.lastSyncAt;
  const stale = last === null || differenceInMinutes(now, last) >= 1;
  return {
    ...(changed ? { channelState: state, stateSince: now } : {}),
    ...(changed || stale ? { lastSyncAt: now } : {}),
  };
}

/** A start that AWS has not been seen to act on yet. */
function waitingToStart(destination: Destination, look: Look): Observation {
  if (look.state === "starting") return { change: underWay(destination, "starting"), notice: null };
  return look.state === "running" || look.state === "recovering"
    ? nowRunning(destination, look)
    : nothing;
}

/** A start that AWS has begun: it comes to run, or somebody or something ends it. */
function wanted(destination: Destination, look: Look): Observation {
  const { state, now } = look;
  if (state === "running" || state === "recovering")
    return destination.phase === "running" ? nothing : nowRunning(destination, look);
  if (state === "stopping")
    return {
      change: { desired: "off", phase: "stopping", lastError: outside },
      notice: { kind: "stopped-outside", detail: outside },
    };
  if (state === "starting" || isFresh(destination, now)) return nothing;
  const running = destination.phase === "running";
  const detail = running
    ? `the channel went from running to ${state}: stopped outside patchbay, or its output gave up`
    : `the channel fell back to ${state} while starting`;
  return {
    change: { ...ended(now), desired: "off", phase: "failed", lastError: detail },
    notice: { kind: running ? "stopped-outside" : "failed", detail },
  };
}

/** A stop that is not done before the channel is seen at rest. */
function waitingToStop(destination: Destination, look: Look): Observation {
  const { state, wantedByOthers, now } = look;
  if (state === "stopping" && destination.phase !== "stopping")
    return { change: { phase: "stopping" }, notice: null };
  const resting = !isBilledRunning(state) && state !== "creating" && state !== "updating";
  if (!resting && !wantedByOthers) return nothing;
  return { change: { ...ended(now), phase: "off" }, notice: { kind: "off", detail: null } };
}

/** Nothing is wanted: a channel that runs all the same is a late start of ours, or somebody else's. */
function settled(destination: Destination, look: Look): Observation {
  const { state, wantedByOthers, now, policy } = look;
  const runs = state === "starting" || state === "running" || state === "recovering";
  if (!runs || wantedByOthers) return nothing;
  if (isLateStart(destination, now)) {
    const detail = "an older start reached AWS after the stop; stopping it";
    return { change: { phase: "accepted" }, notice: { kind: "late-start", detail } };
  }
  if (policy.strangers === "stop") {
    const detail = "somebody started it outside patchbay; stopping it, as this site's policy says";
    return { change: { phase: "accepted" }, notice: { kind: "stranger-stopped", detail } };
  }
  return adopted(destination, look);
}

function adopted(destination: Destination, { state, now, policy }: Look): Observation {
  const intent: Intent = {
    id: `adopted_${destination.id}_${now.getTime().toString(36)}`,
    by: { id: "aws", name: "Somebody outside patchbay" },
    reason: "found running",
    at: now,
  };
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
  holdUntil: null,
  failures: 0,
  retryAt: null,
});

/** A list may lag behind an accepted start: an idle channel within half a minute of the call is no news. */
function isFresh({ attempt, phase }: Destination, now: Date): boolean {
  return phase === "starting" && attempt !== null && differenceInSeconds(now, attempt.at) < 30;
}

function isLateStart({ attempt }: Destination, now: Date): boolean {
  return (
    attempt !== null &&
    attempt.outcome === "unknown" &&
    differenceInMinutes(now, attempt.at) < lateStartMinutes
  );
}
