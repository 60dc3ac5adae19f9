import * as z from "zod";
import type { Announcement, Content, KeptAnnouncement, Shown } from "../domain/announcement.ts";
import { OpsError } from "../errors.ts";
import type { Announcements } from "../manager/ports.ts";
import { announcementSchema, toItem, toShownItem, toStoredContent } from "./announcement-items.ts";
import {
  amendOps,
  type OpsTable,
  putOnce,
  putOps,
  queryOps,
  readManyOps,
  readOps,
  removeOps,
  understood,
} from "./ops-table.ts";

/**
 * One item an announcement, for ever: it alone says what is so. Those that are live are found by pointers, each of which
 * promises a revision: it is written before the item has that revision, never lowered, and removed only once the item
 * has it and is done with. So a process may die or sleep between any two calls, and nothing live is without a pointer.
 */
export function dynamoAnnouncements(ops: OpsTable): Announcements {
  return {
    add: (announcement) => add(ops, announcement),
    find: async (key) => understood(ops, announcementSchema, await readOps(ops, itemKey(ops, key))),
    live: () => readLive(ops),
    amend: (read, change) => amend(ops, read, change),
    noteShown: (key, shown) => noteShown(ops, key, shown),
  };
}

const itemKey = ({ site }: OpsTable, key: string) => ({
  pk: `site#${site}#announcement#${key}`,
  sk: "announcement",
});

const livePartition = ({ site }: OpsTable) => `site#${site}#live`;

const pointerKey = (ops: OpsTable, { key, at }: Announcement) => ({
  pk: livePartition(ops),
  sk: `${at.toISOString()}#${key}`,
});

async function promise(ops: OpsTable, announcement: Announcement, revision: number): Promise<void> {
  const pointer = {
    ...pointerKey(ops, announcement),
    announcement_key: announcement.key,
    revision,
  };
  await putOps(ops, pointer, {
    condition: "attribute_not_exists(pk) OR revision < :revision",
    values: { ":revision": revision },
  });
}

async function add(ops: OpsTable, announcement: Announcement): Promise<boolean> {
  const key = itemKey(ops, announcement.key);
  if ((await readOps(ops, key)) !== undefined) return false;
  const write_id = ops.ids.next("write");
  await promise(ops, announcement, 1);
  const added = await putOnce(ops, { ...key, ...toItem(announcement), write_id });
  return added || (await readOps(ops, key))?.write_id === write_id;
}

async function amend(
  ops: OpsTable,
  read: KeptAnnouncement,
  { content, open }: { content: Content; open: boolean },
): Promise<void> {
  const key = itemKey(ops, read.key);
  const write_id = ops.ids.next("write");
  const revision = read.revision + 1;
  await promise(ops, read, revision);
  const amended = await amendOps(ops, key, {
    attributes: { content: toStoredContent(content), open, revision, write_id },
    condition: "attribute_exists(pk) AND revision = :read",
    values: { ":read": read.revision },
  });
  if (amended || (await readOps(ops, key))?.write_id === write_id) return;
  throw new OpsError("conflict", "Somebody else changed this announcement in between.");
}

async function noteShown(ops: OpsTable, key: string, shown: Shown): Promise<void> {
  await amendOps(ops, itemKey(ops, key), {
    attributes: { shown: toShownItem(shown) },
    condition:
      "attribute_exists(pk) AND (attribute_not_exists(shown) OR shown.revision <= :revision)",
    values: { ":revision": shown.revision },
  });
}

const pointerSchema = z.object({
  sk: z.string(),
  announcement_key: z.string().min(1),
  revision: z.number().int(),
});

type Pointer = z.infer<typeof pointerSchema>;

const isLive = ({ open, revision, shown }: KeptAnnouncement): boolean =>
  open || shown?.revision !== revision;

/** A pointer without an item stays: who wrote it may still be about to write the item. */
async function readLive(ops: OpsTable): Promise<KeptAnnouncement[]> {
  const found = await queryOps(ops, { pk: livePartition(ops) });
  const pointers = found.flatMap((item) => understood(ops, pointerSchema, item) ?? []);
  const keys = [...new Set(pointers.map(({ announcement_key }) => announcement_key))];
  const items = await readManyOps(
    ops,
    keys.map((key) => itemKey(ops, key)),
  );
  const kept = items.flatMap((item) => understood(ops, announcementSchema, item) ?? []);
  await dropDone(ops, pointers, kept);
  return kept.filter(isLive).toSorted((left, right) => left.at.getTime() - right.at.getTime());
}

/** One that cannot be removed now is removed by a later read. */
async function dropDone(
  ops: OpsTable,
  pointers: readonly Pointer[],
  kept: readonly KeptAnnouncement[],
): Promise<void> {
  const byKey = new Map(kept.map((each) => [each.key, each]));
  const done = pointers.filter(({ announcement_key, revision }) => {
    const item = byKey.get(announcement_key);
    return item !== undefined && !isLive(item) && item.revision >= revision;
  });
  const removals = done.map(({ sk, revision }) =>
    removeOps(
      ops,
      { pk: livePartition(ops), sk },
      {
        condition: "revision = :seen",
        values: { ":seen": revision },
      },
    ),
  );
  await Promise.allSettled(removals);
}
