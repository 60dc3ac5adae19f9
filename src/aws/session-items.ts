import * as z from "zod";
import type { Session, SessionChange } from "../domain/session.ts";
import { type Attributes, instant, isoTime, stored, text } from "./row-values.ts";
import { storedSpec, toSpecItem } from "./spec-items.ts";

/** A session under the names of the existing table (legacy contract, T4), with ours beside them. */
export const itemFrom = (session: Session): Attributes => ({
  session_id: session.id,
  start_time: stored(session.startedAt),
  active_destinations: [session.destinationId],
  destination_name: session.destinationName,
  platform: session.platform,
  channel_id: session.channelId,
  broadcast_id: session.broadcastId,
  show_id: session.showId,
  started_by: session.startedBy.id,
  started_by_name: session.startedBy.name,
  ...amendmentFrom(session),
});

type Field = keyof SessionChange;
type Writers = { [Key in Field]: (value: Session[Key]) => Attributes };

const writers: Writers = {
  billedFrom: (at) => ({ billed_from: stored(at) }),
  runningAt: (at) => ({ running_at: stored(at) }),
  endedAt: (at) => ({ end_time: stored(at) }),
  status: (session_status) => ({ session_status }),
  endReason: (end_reason) => ({ end_reason }),
  endedBy: (actor) => ({ ended_by: actor?.id ?? null, ended_by_name: actor?.name ?? null }),
  leaseUntil: (at) => ({ lease_until: stored(at) }),
  spec: (spec) => ({ spec: toSpecItem(spec) }),
};

/** What to write for a change; null takes an attribute away. */
export function amendmentFrom(change: SessionChange): Attributes {
  const fields = Object.keys(change).filter(isField);
  return Object.assign({}, ...fields.map((field) => written(field, change)));
}

const isField = (key: string): key is Field => Object.hasOwn(writers, key);

function written<Key extends Field>(key: Key, change: SessionChange): Attributes {
  const value: SessionChange[Key] = change[key];
  return value === undefined ? {} : writers[key](value);
}

/** A stored session; whoever wrote it, its id, beginning, status and destination must be readable. */
export const sessionSchema = z
  .object({
    session_id: z.string().min(1),
    start_time: isoTime,
    end_time: instant,
    session_status: z.enum(["active", "stopped", "error"]),
    active_destinations: z.array(z.string()).min(1),
    destination_name: text,
    platform: text,
    channel_id: text,
    broadcast_id: text,
    show_id: text,
    started_by: text,
    started_by_name: text,
    billed_from: instant,
    running_at: instant,
    end_reason: text,
    ended_by: text,
    ended_by_name: text,
    lease_until: instant,
    spec: storedSpec,
  })
  .transform((row): Session => {
    const starter = row.started_by ?? "unknown";
    return {
      id: row.session_id,
      destinationId: row.active_destinations[0] ?? "",
      destinationName: row.destination_name ?? "",
      platform: row.platform ?? "",
      channelId: row.channel_id,
      broadcastId: row.broadcast_id ?? "",
      showId: row.show_id,
      startedBy: { id: starter, name: row.started_by_name ?? starter },
      startedAt: row.start_time,
      billedFrom: row.billed_from,
      runningAt: row.running_at,
      endedAt: row.end_time,
      status: row.session_status,
      endReason: row.end_reason,
      endedBy:
        row.ended_by === null
          ? null
          : { id: row.ended_by, name: row.ended_by_name ?? row.ended_by },
      leaseUntil: row.lease_until,
      spec: row.spec,
    };
  });
