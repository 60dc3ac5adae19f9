import { z } from "zod";
import type { SiteMemory } from "../domain/site.ts";
import { OpsError } from "../errors.ts";
import type { SiteMemoryStore } from "../manager/ports.ts";
import { type OpsTable, putOps, readOps, siteKey } from "./ops-table.ts";
import { count, instant, stored } from "./row-values.ts";

const strangerSchema = z.object({
  channel_id: z.string(),
  seen_at: z.iso.datetime().transform((word) => new Date(word)),
  until: z.iso.datetime().transform((word) => new Date(word)),
});

const memorySchema = z
  .object({
    flow_quiet_since: instant,
    strangers: z.array(strangerSchema).catch([]),
    version: count,
  })
  .transform(
    (item): SiteMemory => ({
      flowQuietSince: item.flow_quiet_since,
      strangers: item.strangers.map(({ channel_id, seen_at, until }) => ({
        channelId: channel_id,
        seenAt: seen_at,
        until,
      })),
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

const itemFrom = ({ flowQuietSince, strangers }: SiteMemory) => ({
  flow_quiet_since: stored(flowQuietSince),
  strangers: strangers.map(({ channelId, seenAt, until }) => ({
    channel_id: channelId,
    seen_at: stored(seenAt),
    until: stored(until),
  })),
});

const whileVersion = (version: number) =>
  version === 0
    ? { condition: "attribute_not_exists(pk)" }
    : { condition: "version = :read", values: { ":read": version } };
