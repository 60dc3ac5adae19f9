import {
  type Destination,
  type DestinationChange,
  toStreamingStatus,
} from "../domain/destination.ts";
import { toDeedItems } from "./deed-items.ts";
import { type Attributes, stored } from "./row-values.ts";

type Field = keyof DestinationChange;
type Writers = { [Key in Field]: (value: Destination[Key]) => Attributes };

/** The attributes in which each of our fields is stored; no other attribute of a row is ever written. */
const writers: Writers = {
  desired: (desired_state) => ({ desired_state }),
  intent: (intent) => ({
    intent_id: intent?.id,
    intent_by: intent?.by.id,
    intent_by_name: intent?.by.name,
    intent_reason: intent?.reason,
    intent_at: intent?.at.toISOString(),
  }),
  phase: (intent_phase) => ({ intent_phase }),
  leaseUntil: (at) => ({ lease_until: stored(at) }),
  holdUntil: (at) => ({ hold_until: stored(at) }),
  heldBy: (actor) => ({ held_by: actor?.id, held_by_name: actor?.name }),
  holdReason: (hold_reason) => ({ hold_reason }),
  deeds: (deeds) => ({ deeds: toDeedItems(deeds) }),
  attempt: (attempt) => ({
    start_attempt: attempt && {
      intent_id: attempt.intentId,
      at: attempt.at.toISOString(),
      outcome: attempt.outcome,
    },
  }),
  outputIntentId: (output_intent_id) => ({ output_intent_id }),
  toldIntentId: (told_intent_id) => ({ told_intent_id }),
  sessionId: (session_id) => ({ session_id }),
  failures: (failures) => ({ failures }),
  retryAt: (at) => ({ retry_at: stored(at) }),
  lastError: (last_error) => ({ last_error }),
  channelState: (channel_status) => ({ channel_status }),
  stateSince: (at) => ({ channel_status_since: stored(at) }),
  lastSyncAt: (at) => ({ last_channel_sync: stored(at) }),
  runningSince: (at) => ({ running_since: stored(at) }),
  settledAt: (at) => ({ settled_at: stored(at) }),
};

/** What to store for a change of the row as read; null and undefined remove an attribute. */
export function attributesFrom(read: Destination, change: DestinationChange): Attributes {
  const row: Destination = { ...read, ...change };
  const changed = Object.keys(change)
    .filter(isOurs)
    .map((key) => written(key, row));
  return Object.assign({}, ...changed, derived(row));
}

const isOurs = (key: string): key is Field => Object.hasOwn(writers, key);

const written = <Key extends Field>(key: Key, row: Destination): Attributes =>
  writers[key](row[key]);

/** What the existing clients read follows ours at each write (legacy contract, 2.4 and T1). */
function derived(row: Destination): Attributes {
  const streaming_status = toStreamingStatus(row.channelState, row.phase);
  const since = row.runningSince ?? row.stateSince ?? row.intent?.at ?? null;
  return {
    streaming_status,
    streaming_started_at: streaming_status === "streaming" ? stored(since) : null,
  };
}
