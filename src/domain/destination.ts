import { type ChannelState, hasBegun } from "./channel.ts";
import type { Deed } from "./deed.ts";
import type { PlatformId } from "./platform.ts";

/** Who asked: a Slack user, or one of patchbay's own tasks under a readable name. */
export type Actor = { id: string; name: string };

/** The name of the parameter that holds a stream key; the key itself is read only when an output is set. */
export type StreamKeyRef = string;

/**
 * How far the latest intent has come. `accepted` is written and not yet seen in AWS; `failed` means a start that ended
 * without running, with the reason in `lastError`; `off` and `failed` are settled.
 */
export type Phase = "accepted" | "starting" | "running" | "stopping" | "off" | "failed";

/** One accepted wish to start or stop. */
export type Intent = { id: string; by: Actor; reason: string | null; at: Date };

/**
 * The one StartChannel call of an intent. It is written before the call (`unknown`) and again when AWS has answered;
 * `refused` means that AWS certainly did nothing, so that the call may be repeated.
 */
export type StartAttempt = {
  intentId: string;
  at: Date;
  outcome: "unknown" | "accepted" | "refused";
};

/** One place we simulcast to: what the existing tables store, what should be, and what was last seen. */
export type Destination = {
  id: string;
  name: string;
  /** The stored word, which may be one that this version does not know; `kind` is null then. */
  platform: string;
  kind: PlatformId | null;
  /** RTMP address without the key; null for the HLS player. */
  platformIngest: string | null;
  streamKeyRef: StreamKeyRef | null;
  presetId: string | null;
  enabled: boolean;
  /** The channel that the row itself names, if any. */
  channelId: string | null;
  createdAt: Date | null;

  desired: "on" | "off";
  intent: Intent | null;
  phase: Phase;
  leaseUntil: Date | null;
  holdUntil: Date | null;
  /** Who holds it, and why. */
  heldBy: Actor | null;
  holdReason: string | null;
  /** Accepted wishes that are not in the audit and the story yet, oldest first. */
  deeds: readonly Deed[];
  attempt: StartAttempt | null;
  /** The intent for which the channel's output was last set. */
  outputIntentId: string | null;
  /** The intent that was last announced. */
  toldIntentId: string | null;
  sessionId: string | null;
  /** Failures in a row of the current intent, and when the next try is due. */
  failures: number;
  retryAt: Date | null;
  lastError: string | null;

  channelState: ChannelState;
  /** When `channelState` was first seen as it is. */
  stateSince: Date | null;
  lastSyncAt: Date | null;
  runningSince: Date | null;
  settledAt: Date | null;
  /** Grows with each of our writes; 0 for a row that patchbay has never written. */
  version: number;
};

/** The attributes that patchbay changes; everything else belongs to the person who edits the destination. */
export type DestinationChange = Partial<
  Pick<
    Destination,
    | "desired"
    | "intent"
    | "phase"
    | "leaseUntil"
    | "holdUntil"
    | "heldBy"
    | "holdReason"
    | "deeds"
    | "attempt"
    | "outputIntentId"
    | "toldIntentId"
    | "sessionId"
    | "failures"
    | "retryAt"
    | "lastError"
    | "channelState"
    | "stateSince"
    | "lastSyncAt"
    | "runningSince"
    | "settledAt"
  >
>;

/**
 * An intent for what nobody asked patchbay for: a console user's act, or patchbay's own. The same row always gives the
 * same one, so that it is told once however often it is found.
 */
export const unaskedIntent = (
  { id, version }: Destination,
  { by, reason, at }: Omit<Intent, "id">,
): Intent => ({ id: `${by.id}_${id}_${version}`, by, reason, at });

/** Who starts and stops channels without a word to patchbay. */
export const outsider: Actor = { id: "aws", name: "somebody outside patchbay" };

/** patchbay itself, when it acts by a rule. */
export const patchbay: Actor = { id: "patchbay", name: "patchbay" };

/** patchbay's own tasks: all are called patchbay, and the id tells which of them it was. */
export const leaseEnd: Actor = { id: "patchbay.lease", name: "patchbay" };
export const autoShutdown: Actor = { id: "patchbay.auto-shutdown", name: "patchbay" };
export const budgetCap: Actor = { id: "patchbay.budget", name: "patchbay" };
export const showStart: Actor = { id: "patchbay.show", name: "patchbay" };
/** The one-shot schedule in AWS that stops a channel at its deadline, whether or not patchbay lives. */
export const deadlineSwitch: Actor = { id: "aws.scheduler", name: "The switch in AWS" };

/** True for patchbay itself and for each of its tasks. */
export const isPatchbay = ({ id }: Actor): boolean =>
  id === "patchbay" || id.startsWith("patchbay.");

/** What a row says when nobody holds it. */
export const noHold = { holdUntil: null, heldBy: null, holdReason: null } as const;

/** True when nothing of the latest intent is still to happen. */
export const isSettled = (destination: Destination): boolean =>
  destination.desired === "off" && (destination.phase === "off" || destination.phase === "failed");

/** What the existing clients know of a channel: they have three words and no more (legacy contract, C30). */
export function toStreamingStatus(
  state: ChannelState,
  phase: Phase,
): "ready" | "streaming" | "error" {
  if (hasBegun(state)) return "streaming";
  const failed = state === "create_failed" || state === "update_failed" || state === "deleted";
  return failed || phase === "failed" ? "error" : "ready";
}
