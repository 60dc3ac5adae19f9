import * as z from "zod";
import type { Broadcast } from "../domain/broadcast.ts";
import { OpsError } from "../errors.ts";
import type { Broadcasts, Card } from "../manager/ports.ts";
import { markTold, noteOnce, readUntold } from "./dynamodb-notices.ts";
import { amendOps, type OpsTable, putOnce, putOps, readOps, siteKey } from "./ops-table.ts";
import { instant, stored, text } from "./row-values.ts";

/**
 * Broadcasts with their cards and stories. One pointer item names the latest broadcast, so that two processes cannot
 * both open one: only the write of the pointer decides.
 */
export function dynamoBroadcasts(ops: OpsTable): Broadcasts {
  return {
    latest: () => readLatest(ops),
    open: (broadcast, after) => openBroadcast(ops, broadcast, after),
    end: async (id, endedAt) => {
      await amendOps(ops, broadcastKey(ops, id), {
        attributes: { ended_at: stored(endedAt) },
        condition: "attribute_exists(pk) AND attribute_not_exists(ended_at)",
      });
    },
    card: (broadcastId) => readCard(ops, broadcastId),
    saveCard: (card) => saveCard(ops, card),
    note: (notice) => noteOnce(ops, notice),
    untold: (broadcastId) => readUntold(ops, broadcastId),
    told: (broadcastId, key) => markTold(ops, broadcastId, key),
  };
}

const pointerKey = (ops: OpsTable) => siteKey(ops, "latest-broadcast");
const broadcastKey = (ops: OpsTable, id: string) => siteKey(ops, `broadcast#${id}`);
const cardKey = (ops: OpsTable, id: string) => siteKey(ops, `card#${id}`);

const broadcastSchema = z
  .object({
    broadcast_id: z.string(),
    started_at: z.iso.datetime(),
    started_by: text,
    started_by_name: text,
    ended_at: instant,
  })
  .transform((item): Broadcast => {
    const starter = item.started_by ?? "unknown";
    return {
      id: item.broadcast_id,
      startedAt: new Date(item.started_at),
      startedBy: { id: starter, name: item.started_by_name ?? starter },
      endedAt: item.ended_at,
    };
  });

async function readLatestId(ops: OpsTable): Promise<string | null> {
  const pointer = await readOps(ops, pointerKey(ops));
  return text.parse(pointer?.broadcast_id);
}

async function readLatest(ops: OpsTable): Promise<Broadcast | null> {
  const id = await readLatestId(ops);
  if (id === null) return null;
  const broadcast = broadcastSchema.safeParse(await readOps(ops, broadcastKey(ops, id)));
  return broadcast.success ? broadcast.data : null;
}

/** The broadcast is written before the pointer: what a crash leaves in between is not pointed at, and does no harm. */
async function openBroadcast(
  ops: OpsTable,
  broadcast: Broadcast,
  after: string | null,
): Promise<void> {
  await putOnce(ops, {
    ...broadcastKey(ops, broadcast.id),
    broadcast_id: broadcast.id,
    started_at: stored(broadcast.startedAt),
    started_by: broadcast.startedBy.id,
    started_by_name: broadcast.startedBy.name,
  });
  const pointer = { ...pointerKey(ops), broadcast_id: broadcast.id };
  const opened = await putOps(ops, pointer, whilePointingAt(after));
  if (!opened && (await readLatestId(ops)) !== broadcast.id)
    throw new OpsError("conflict", "Another broadcast has begun in between.");
}

const whilePointingAt = (id: string | null) =>
  id === null
    ? { condition: "attribute_not_exists(pk)" }
    : { condition: "broadcast_id = :after", values: { ":after": id } };

const cardSchema = z
  .object({
    broadcast_id: z.string(),
    conversation_id: text,
    message_ts: text,
    digest: text,
    final: z.boolean().catch(false),
    revision: z.number().int().default(0),
  })
  .transform(
    (item): Card => ({
      broadcastId: item.broadcast_id,
      conversationId: item.conversation_id,
      messageTs: item.message_ts,
      digest: item.digest,
      final: item.final,
      revision: item.revision,
    }),
  );

async function readCard(ops: OpsTable, broadcastId: string): Promise<Card | null> {
  const card = cardSchema.safeParse(await readOps(ops, cardKey(ops, broadcastId)));
  return card.success ? card.data : null;
}

async function saveCard(ops: OpsTable, card: Card): Promise<void> {
  const key = cardKey(ops, card.broadcastId);
  const write_id = ops.ids.next("write");
  const item = {
    ...key,
    broadcast_id: card.broadcastId,
    conversation_id: card.conversationId,
    message_ts: card.messageTs,
    digest: card.digest,
    final: card.final,
    revision: card.revision + 1,
    write_id,
  };
  const saved = await putOps(ops, item, whileRevision(card.revision));
  if (saved || (await readOps(ops, key))?.write_id === write_id) return;
  throw new OpsError("conflict", "Somebody else saved this card in between.");
}

const whileRevision = (revision: number) =>
  revision === 0
    ? { condition: "attribute_not_exists(revision)" }
    : { condition: "revision = :revision", values: { ":revision": revision } };
