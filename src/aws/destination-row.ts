import * as z from "zod";
import { toChannelState } from "../domain/channel.ts";
import type { Destination, Intent, Phase, StartAttempt } from "../domain/destination.ts";
import { platformOf } from "../domain/platforms/index.ts";
import type { UnreadableDestination } from "../domain/unreadable-rows.ts";
import { deedItems } from "./deed-items.ts";
import { count, instant, text } from "./row-values.ts";

const attemptSchema = z
  .object({
    intent_id: z.string(),
    at: z.iso.datetime(),
    outcome: z.enum(["unknown", "accepted", "refused"]),
  })
  .transform(
    ({ intent_id, at, outcome }): StartAttempt => ({
      intentId: intent_id,
      at: new Date(at),
      outcome,
    }),
  )
  .nullable()
  .catch(null);

const phases = ["accepted", "starting", "running", "stopping", "off", "failed"] as const;

/** Everything but the id may be absent, NULL, of another type, or a word from another version. */
const rowSchema = z.object({
  destination_id: z.string().min(1),
  name: text,
  platform: text,
  rtmp_url: text,
  stream_key_param: text,
  preset_id: text,
  enabled: z.boolean().catch(false),
  medialive_channel_id: text,
  created_at: instant,
  timestamp: instant,
  desired_state: z.enum(["on", "off"]).nullable().catch(null),
  intent_id: text,
  intent_by: text,
  intent_by_name: text,
  intent_reason: text,
  intent_at: instant,
  intent_phase: text,
  lease_until: instant,
  hold_until: instant,
  held_by: text,
  held_by_name: text,
  hold_reason: text,
  deeds: deedItems,
  start_attempt: attemptSchema,
  output_intent_id: text,
  told_intent_id: text,
  session_id: text,
  failures: count,
  retry_at: instant,
  last_error: text,
  channel_status: text,
  channel_status_since: instant,
  last_channel_sync: instant,
  running_since: instant,
  settled_at: instant,
  version: count,
});

type Row = z.infer<typeof rowSchema>;

/** A stored row as a destination, whoever wrote it; null when it has not even an id, or nobody knows whether it should be on. */
export function destinationFrom(item: unknown): Destination | null {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success || isUndecided(parsed.data)) return null;
  const row = parsed.data;
  const platform = row.platform ?? "";
  return {
    id: row.destination_id,
    name: row.name ?? row.destination_id,
    platform,
    kind: platformOf(platform)?.id ?? null,
    platformIngest: row.rtmp_url,
    streamKeyRef: row.stream_key_param,
    presetId: row.preset_id,
    enabled: row.enabled,
    channelId: row.medialive_channel_id,
    createdAt: row.created_at ?? row.timestamp,
    ...wishOf(row),
    ...seenOf(row),
    version: row.version,
  };
}

/** What can be said of a row that is no destination; null when it has not even an id. */
export function unreadableDestinationFrom(item: unknown): UnreadableDestination | null {
  const { data: row } = rowSchema.safeParse(item);
  if (row === undefined) return null;
  const { destination_id: id, name, medialive_channel_id: channelId } = row;
  return { id, name: name ?? id, kind: platformOf(row.platform ?? "")?.id ?? null, channelId };
}

const restingPhases = new Set(["stopping", "off", "failed"]);

/** Taken for off, a damaged word would stop a show; rows of the existing system have neither word, and are off. */
const isUndecided = ({ desired_state: desired, intent_phase: phase }: Row): boolean =>
  desired === null && phase !== null && !restingPhases.has(phase);

function wishOf(row: Row) {
  return {
    desired: row.desired_state ?? "off",
    intent: intentOf(row),
    phase: phaseOf(row),
    leaseUntil: row.lease_until,
    holdUntil: row.hold_until,
    heldBy:
      row.held_by === null ? null : { id: row.held_by, name: row.held_by_name ?? row.held_by },
    holdReason: row.hold_reason,
    deeds: row.deeds,
    attempt: row.start_attempt,
    outputIntentId: row.output_intent_id,
    toldIntentId: row.told_intent_id,
    sessionId: row.session_id,
    failures: row.failures,
    retryAt: row.retry_at,
    lastError: row.last_error,
  };
}

const seenOf = (row: Row) => ({
  channelState: toChannelState(row.channel_status),
  stateSince: row.channel_status_since,
  lastSyncAt: row.last_channel_sync,
  runningSince: row.running_since,
  settledAt: row.settled_at,
});

/** An intent without a readable time is as old as can be, so that a start of it is not made up for. */
function intentOf(row: Row): Intent | null {
  if (row.intent_id === null) return null;
  const id = row.intent_by ?? "unknown";
  return {
    id: row.intent_id,
    by: { id, name: row.intent_by_name ?? id },
    reason: row.intent_reason,
    at: row.intent_at ?? new Date(0),
  };
}

/** A word from a newer version is read as the phase in which nothing is started and a wanted stop still happens. */
function phaseOf({ intent_phase: word, desired_state: desired }: Row): Phase {
  const known = phases.find((phase) => phase === word);
  if (known !== undefined) return known;
  if (word === null) return "off";
  return desired === "on" ? "running" : "stopping";
}
