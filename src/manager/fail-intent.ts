import { differenceInMinutes } from "date-fns/differenceInMinutes";
import type { Broadcast } from "../domain/broadcast.ts";
import { unaskedDeed, withDeed } from "../domain/deed.ts";
import {
  type Destination,
  type DestinationChange,
  noHold,
  patchbay,
  unaskedIntent,
} from "../domain/destination.ts";
import type { Facts } from "../domain/facts.ts";
import type { FailReason } from "../domain/plan.ts";
import { isOpsError } from "../errors.ts";
import type { DeadlineKeeper } from "./keep-deadlines.ts";
import type { Ports } from "./ports.ts";
import { endSession } from "./sessions.ts";
import { tellWaiting } from "./story.ts";

export type ApplyNeeds = Pick<
  Ports,
  | "clock"
  | "log"
  | "channels"
  | "flows"
  | "streamKeys"
  | "destinations"
  | "unreadable"
  | "broadcasts"
  | "audit"
  | "sessions"
>;

/** What every step is carried out with. */
export type Applying = {
  ports: ApplyNeeds;
  keeper: DeadlineKeeper;
  facts: Facts;
  /** The latest start of each destination that AWS is known to have begun, by its intent; it may not be written yet. */
  begun: Map<string, string>;
  broadcast: Broadcast | null;
  /** The time by which the steps were planned. */
  now: Date;
};

/** Why a start ends, in words for people; `stop` when the channel may still come to run and must be stopped. */
export type Failure = { detail: string; stop: boolean; change?: DestinationChange };

/** The reasons that the plan gives. */
export const failures: Record<FailReason, Failure> = {
  "missed-window": {
    detail: "it could not be started within the time allowed; press start to try again",
    stop: false,
  },
  "stuck-starting": {
    detail: "the channel was still starting after the time allowed; it is being stopped",
    stop: true,
  },
  "no-lease": { detail: "it had no end, and nothing starts without one", stop: false },
  "no-channel": { detail: "it has no MediaLive channel", stop: false },
  "channel-in-use": { detail: "another destination has its channel", stop: false },
  "channel-broken": { detail: "its MediaLive channel needs repair in AWS first", stop: false },
};

/** A process that was paused gives nothing up on what it read before: the start may be running by now. */
async function isAsRead({ id, version }: Destination, { destinations }: ApplyNeeds) {
  return (await destinations.find(id)).version === version;
}

/** AWS's answer has just put the clock right: a start that was found late by a time this far off is judged anew. */
const mostMinutes = 2;

/** Gives a start up: written, told, and followed by a stop where the channel may still come to run. */
export async function failIntent(
  destination: Destination,
  failure: Failure,
  { ports, broadcast, now: plannedAt }: Applying,
): Promise<void> {
  if (!(await isAsRead(destination, ports))) return;
  const now = ports.clock.now();
  if (Math.abs(differenceInMinutes(now, plannedAt)) >= mostMinutes) return;
  const intent = unaskedIntent(destination, { by: patchbay, reason: failure.detail, at: now });
  const rest: DestinationChange = failure.stop
    ? { phase: "accepted", intent, toldIntentId: intent.id }
    : { phase: "failed", settledAt: now, runningSince: null, leaseUntil: null, ...noHold };
  const { detail: lastError } = failure;
  const deed = unaskedDeed(destination, { kind: "failed", reason: lastError, at: now });
  const deeds = withDeed(destination, deed);
  const change = { desired: "off", lastError, failures: 0, retryAt: null, deeds } as const;
  try {
    const given = { ...failure.change, ...change, ...rest };
    const written = await ports.destinations.update(destination, given);
    // After the row: where another process has moved on, its session goes on too. `mend-ledger` ends what a death leaves.
    const end = { endedAt: now, status: "error", endReason: lastError } as const;
    if (!failure.stop) await endSession(destination.sessionId, end, ports);
    await tellWaiting(written, { ports, broadcast });
  } catch (error) {
    if (!isOpsError(error, "conflict")) throw error;
  }
}
