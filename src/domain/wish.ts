import { type ErrorCode, OpsError } from "../errors.ts";
import { isBilledRunning } from "./channel.ts";
import { type Deed, withDeed } from "./deed.ts";
import type { Actor, Destination, DestinationChange, Intent } from "./destination.ts";
import { isSettled, noHold } from "./destination.ts";
import { type Claim, claims } from "./facts.ts";
import { checkIngest } from "./ingest.ts";
import { endOf, grantLease, isLeaseOver } from "./lease.ts";
import type { Platform } from "./platform.ts";
import type { Policy } from "./policy.ts";
import type { Bindings } from "./site.ts";

/** Somebody's wish for one destination. */
export type Wish = {
  intentId: string;
  by: Actor;
  reason: string | null;
  /** The end of a lease or of a hold; null asks for the default lease, or for `minutes` more. */
  until: Date | null;
  /** So many minutes more than the present end; null when `until` is given. */
  minutes: number | null;
  /** A shorter limit than the site's own, when the budget is nearly spent. */
  maxLeaseMinutes: number | null;
  /** The intent that a rule judged, "" for none: it acts on no other. */
  seenIntentId: string | null;
  /** True for an Undo, which may bring an end forward although it was drawn before. */
  back?: boolean;
  now: Date;
};

/** Everything a decision on a wish rests on. */
export type WishContext = {
  destination: Destination;
  all: readonly Destination[];
  bindings: Bindings;
  platform: Platform | null;
  policy: Policy;
};

/** What becomes of a wish: a change to write, nothing to do, or a reason why not. */
export type Decision =
  | { kind: "accept"; change: DestinationChange; cappedBy: string | null }
  | { kind: "already" }
  | { kind: "refuse"; error: OpsError };

/** A start is accepted when the destination is enabled, complete, has a channel of its own, and is not wanted already. */
export function decideStart(wish: Wish, context: WishContext): Decision {
  const { destination, platform, policy } = context;
  const repeated = destination.intent?.id === wish.intentId;
  if (destination.desired === "on" || repeated || hasChanged(wish, destination))
    return { kind: "already" };
  const error = whyNot(context);
  if (error !== null) return { kind: "refuse", error };
  const { until, cappedBy } = grantLease({
    now: wish.now,
    until: wish.until,
    defaultMinutes: policy.defaultLeaseMinutes,
    maxMinutes: Math.min(policy.maxLeaseMinutes, wish.maxLeaseMinutes ?? Number.POSITIVE_INFINITY),
    platform: platform?.limit.maxMinutes
      ? { name: platform.name, maxMinutes: platform.limit.maxMinutes }
      : null,
  });
  const change: DestinationChange = {
    ...fresh(wish, destination, { kind: "start", before: null, after: until }),
    leaseUntil: until,
    ...noHold,
    runningSince: null,
    lastError: null,
  };
  return { kind: "accept", change, cappedBy };
}

/** True when somebody has wished something else since a rule looked. */
export const hasChanged = ({ seenIntentId }: Wish, { intent }: Destination): boolean =>
  seenIntentId !== null && seenIntentId !== (intent?.id ?? "");

/** A stop is accepted whenever something is wanted, under way, or seen running: it acts on what is, not on a flag. */
export function decideStop(wish: Wish, { destination }: WishContext): Decision {
  const stopping = destination.desired === "off" && !isSettled(destination);
  const atRest = isSettled(destination) && !isBilledRunning(destination.channelState);
  if (stopping || atRest) return { kind: "already" };
  const ends = { kind: "stop", before: endOf(destination), after: null } as const;
  return { kind: "accept", change: fresh(wish, destination, ends), cappedBy: null };
}

/** The lease's end is a stop like any other, unless the lease was moved or held in the meantime. */
export function decideLeaseEnd(wish: Wish, context: WishContext): Decision {
  const { destination } = context;
  const over = destination.desired === "on" && isLeaseOver(destination, wish.now);
  return over ? decideStop(wish, context) : { kind: "already" };
}

function fresh(
  wish: Wish,
  destination: Destination,
  { kind, before, after }: Pick<Deed, "before" | "after"> & { kind: "start" | "stop" },
): DestinationChange {
  const { intentId, by, reason, now } = wish;
  const intent: Intent = { id: intentId, by, reason, at: now };
  return {
    desired: kind === "start" ? "on" : "off",
    intent,
    phase: "accepted",
    failures: 0,
    retryAt: null,
    settledAt: null,
    deeds: withDeed(destination, { id: intentId, kind, by, reason, at: now, before, after }),
  };
}

function whyNot(context: WishContext): OpsError | null {
  const { destination, platform } = context;
  const { name } = destination;
  const ids = { destinationId: destination.id };
  const no = (code: ErrorCode, message: string, hint: string) =>
    new OpsError(code, message, { hint, context: ids });
  if (!destination.enabled)
    return no("not-allowed", `${name} is disabled.`, "An admin can enable it in its settings.");
  if (platform === null)
    return no(
      "not-configured",
      `${name} has a kind that patchbay cannot start.`,
      "Choose another kind for it.",
    );
  return missingPart(destination, platform, no) ?? channelTrouble(context, no);
}

type No = (code: ErrorCode, message: string, hint: string) => OpsError;

function missingPart(destination: Destination, platform: Platform, no: No): OpsError | null {
  const { name, platformIngest, streamKeyRef } = destination;
  if (platform.ingest.required) {
    if (platformIngest === null)
      return no(
        "not-configured",
        `${name} has no RTMP address.`,
        `It looks like ${platform.ingest.example}.`,
      );
    const problem = checkIngest(platformIngest, platform);
    if (problem !== null)
      return no(
        "invalid-input",
        `${name}'s RTMP address cannot be used: ${problem}.`,
        "An admin can correct it.",
      );
  }
  if (platform.key.required && streamKeyRef === null)
    return no(
      "not-configured",
      `${name} has no stream key.`,
      "An admin can store one; never type a key into a command.",
    );
  return null;
}

function channelTrouble({ destination, all, bindings }: WishContext, no: No): OpsError | null {
  const claim = claims(all, bindings).get(destination.id);
  if (claim === undefined)
    return no(
      "not-configured",
      `${destination.name} has no MediaLive channel.`,
      "Add its channel to the stack, or store its channel id in the row.",
    );
  const rival = rivalOf(destination, claim);
  if (rival === null) return null;
  return no(
    "conflict",
    `${rival.name} is using ${destination.name}'s channel.`,
    `Stop ${rival.name} first.`,
  );
}

function rivalOf(destination: Destination, claim: Claim): Destination | null {
  const taken =
    claim.mode === "own" && claim.holder.id !== destination.id && !isSettled(claim.holder);
  return taken ? claim.holder : null;
}
