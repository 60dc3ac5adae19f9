import * as z from "zod";
import type { Deadline, SiteMemory, Stranger } from "../domain/site.ts";
import { OpsError } from "../errors.ts";
import type { SiteMemoryStore } from "../manager/ports.ts";
import { type OpsTable, putOps, readOps, siteKey } from "./ops-table.ts";
import { count, instant, isoTime, itemsOf, stored, text } from "./row-values.ts";

const strangerSchema = z
  .object({ channel_id: z.string(), seen_at: isoTime, until: isoTime, session_id: text })
  .transform(
    ({ channel_id, seen_at, until, session_id }): Stranger => ({
      channelId: channel_id,
      seenAt: seen_at,
      until,
      sessionId: session_id ?? "",
    }),
  );

const deadlineSchema = z
  .object({
    channel_id: z.string(),
    at: isoTime,
    sure: z.boolean().catch(false),
    before: instant,
  })
  .transform(
    ({ channel_id, at, sure, before }): Deadline => ({ channelId: channel_id, at, sure, before }),
  );

const memorySchema = z
  .object({
    flow_quiet_since: instant,
    strangers: itemsOf(strangerSchema),
    deadlines: itemsOf(deadlineSchema),
    flow_active_since: instant,
    source_lost_since: instant,
    source_lost_seen_at: instant,
    source_bitrate_bps: z.number().nonnegative().nullable().catch(null),
    version: count,
  })
  .transform(
    (item): SiteMemory => ({
      flowQuietSince: item.flow_quiet_since,
      strangers: item.strangers,
      deadlines: item.deadlines,
      flowActiveSince: item.flow_active_since,
      sourceLostSince: item.source_lost_since,
      sourceLostSeenAt: item.source_lost_seen_at,
      sourceBitrateBps: item.source_bitrate_bps,
      version: item.version,
    }),
  );

/** What patchbay remembers of the site, in one versioned item. */
export function dynamoSiteMemory(ops: OpsTable): SiteMemoryStore {
  const key = siteKey(ops, "memory");
  return {
    read: async () => memorySchema.parse((await readOps(ops, key)) ?? {}),
    write: async (memory) => {
      const write_id = ops.ids.next("write");
      const item = { ...key, ...itemFrom(memory), version: memory.version + 1, write_id };
      if (await putOps(ops, item, whileVersion(memory.version))) return;
      const now = await readOps(ops, key);
      if (now?.write_id === write_id) return;
      throw new OpsError("conflict", "Somebody else wrote the site's memory in between.");
    },
  };
}

const itemFrom = (memory: SiteMemory) => ({
  flow_quiet_since: stored(memory.flowQuietSince),
  strangers: memory.strangers.map(({ channelId, seenAt, until, sessionId }) => ({
    channel_id: channelId,
    seen_at: stored(seenAt),
    until: stored(until),
    session_id: sessionId,
  })),
  deadlines: memory.deadlines.map(({ channelId, at, sure, before }) => ({
    channel_id: channelId,
    at: stored(at),
    sure,
    before: stored(before),
  })),
  flow_active_since: stored(memory.flowActiveSince),
  source_lost_since: stored(memory.sourceLostSince),
  source_lost_seen_at: stored(memory.sourceLostSeenAt),
  source_bitrate_bps: memory.sourceBitrateBps,
});

const whileVersion = (version: number) =>
  version === 0
    ? { condition: "attribute_not_exists(pk)" }
    : { condition: "version = :read", values: { ":read": version } };
