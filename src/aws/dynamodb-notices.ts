import * as z from "zod";
import type { Notice, NoticeKind } from "../domain/broadcast.ts";
import { amendOps, type OpsTable, putOnce, queryOps } from "./ops-table.ts";
import { instant, stored, text } from "./row-values.ts";

const storyKey = ({ site }: OpsTable, broadcastId: string) => `site#${site}#story#${broadcastId}`;
const lineKey = (ops: OpsTable, broadcastId: string, key: string) => ({
  pk: storyKey(ops, broadcastId),
  sk: `notice#${key}`,
});

/** Adds a line to a broadcast's story; its key makes it the same line however often it is added. */
export async function noteOnce(ops: OpsTable, notice: Notice): Promise<void> {
  await putOnce(ops, {
    ...lineKey(ops, notice.broadcastId, notice.key),
    notice_key: notice.key,
    kind: notice.kind,
    at: stored(notice.at),
    broadcast_id: notice.broadcastId,
    destination_id: notice.destinationId,
    destination_name: notice.destinationName,
    by: notice.by?.id ?? null,
    by_name: notice.by?.name ?? null,
    until: stored(notice.until),
    before: stored(notice.before),
    detail: notice.detail,
    told: false,
  });
}

/** Marks a line as told. */
export async function markTold(ops: OpsTable, broadcastId: string, key: string): Promise<void> {
  await amendOps(ops, lineKey(ops, broadcastId, key), { attributes: { told: true } });
}

/** A story has some dozens of lines, so that it is read whole and sorted here. */
export async function readUntold(ops: OpsTable, broadcastId: string): Promise<Notice[]> {
  const lines = await queryOps(ops, { pk: storyKey(ops, broadcastId) });
  return lines
    .flatMap((line) => {
      const parsed = lineSchema.safeParse(line);
      return parsed.success && !parsed.data.told ? [parsed.data.notice] : [];
    })
    .toSorted((left, right) => left.at.getTime() - right.at.getTime());
}

const kinds: Record<NoticeKind, true> = {
  "start-asked": true,
  running: true,
  "stop-asked": true,
  off: true,
  failed: true,
  "stopped-outside": true,
  "deadline-stopped": true,
  extended: true,
  shortened: true,
  held: true,
  released: true,
  adopted: true,
  "late-start": true,
  "stuck-stopping": true,
  "stranger-seen": true,
  "stranger-stopped": true,
};

const isKind = (word: string): word is NoticeKind => Object.hasOwn(kinds, word);

const lineSchema = z
  .object({
    notice_key: z.string(),
    kind: z.string().refine(isKind),
    at: z.iso.datetime(),
    broadcast_id: z.string(),
    destination_id: text,
    destination_name: z.string(),
    by: text,
    by_name: text,
    until: instant,
    before: instant,
    detail: text,
    told: z.boolean().catch(false),
  })
  .transform((line): { told: boolean; notice: Notice } => ({
    told: line.told,
    notice: {
      key: line.notice_key,
      kind: line.kind,
      at: new Date(line.at),
      broadcastId: line.broadcast_id,
      destinationId: line.destination_id,
      destinationName: line.destination_name,
      by: line.by === null ? null : { id: line.by, name: line.by_name ?? line.by },
      until: line.until,
      before: line.before,
      detail: line.detail,
    },
  }));
