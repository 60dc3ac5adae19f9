import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Session } from "../domain/session.ts";
import type { Sessions } from "../manager/ports.ts";
import { readItems } from "./batches.ts";
import { monthLater, monthOf, monthsBetween } from "./months.ts";
import { type OpsTable, putOnce, queryOps, removeOps, understood } from "./ops-table.ts";
import { amendmentFrom, itemFrom, sessionSchema } from "./session-items.ts";
import { askTable, readItem, unlessRefused, updateItem } from "./tables.ts";

/**
 * The existing sessions table. Its only key is the id, so that our sessions are listed by an index in the ops table: of
 * those that go on, and by each month that a session has lived in; what other programs keep in the table is not ours.
 */
export function dynamoSessions(ops: OpsTable, table: string): Sessions {
  const { client } = ops;
  const find = async (id: string) =>
    understood(ops, sessionSchema, await readItem(client, table, { session_id: id }));
  return {
    find,
    open: (session) => openSession(ops, table, session),
    amend: async (id, change) => {
      const attributes = amendmentFrom(change);
      if (Object.keys(attributes).length === 0) return;
      if (change.endedAt) await pointFromMonths(ops, await find(id), change.endedAt);
      const condition = "attribute_exists(session_id)";
      await updateItem(client, { table, key: { session_id: id }, attributes, condition });
      if (change.endedAt) await removeOps(ops, pointer(ops, "open", id), exists);
    },
    list: (from, to) => listSessions(ops, table, { from, to }),
  };
}

const exists = { condition: "attribute_exists(pk)" };

const indexKey = ({ site }: OpsTable, index: string) => `site#${site}#sessions#${index}`;

const pointer = (ops: OpsTable, index: string, id: string) => ({
  pk: indexKey(ops, index),
  sk: id,
});

const point = (ops: OpsTable, index: string, id: string) =>
  putOnce(ops, { ...pointer(ops, index, id), session_id: id });

/** The pointers are written first: one without a session is ignored, a session without a pointer would not be billed. */
async function openSession(ops: OpsTable, table: string, session: Session): Promise<void> {
  const { id, startedAt, endedAt } = session;
  await point(ops, monthOf(startedAt), id);
  if (endedAt === null) await point(ops, "open", id);
  else await pointFromMonths(ops, session, endedAt);
  const command = new PutCommand({
    TableName: table,
    Item: itemFrom(session),
    ConditionExpression: "attribute_not_exists(session_id)",
  });
  const call = { doing: `write the table ${table}`, operation: "dynamodb:PutItem" };
  await askTable(table, call, () => unlessRefused(() => ops.client.send(command)));
}

/** One that has ended is found in every month after its first as well, up to the one of its end. */
async function pointFromMonths(ops: OpsTable, session: Session | null, endedAt: Date) {
  if (session === null) return;
  const last = monthOf(endedAt);
  for (let count = 1; monthLater(session.startedAt, count) <= last; count += 1)
    await point(ops, monthLater(session.startedAt, count), session.id);
}

const pointerSchema = z.object({ session_id: z.string().min(1) });

async function listSessions(
  ops: OpsTable,
  table: string,
  { from, to }: { from: Date; to: Date },
): Promise<Session[]> {
  const indexes = ["open", ...monthsBetween(from, to)];
  const pointers = await Promise.all(
    indexes.map((index) => queryOps(ops, { pk: indexKey(ops, index) })),
  );
  const ids = pointers
    .flat()
    .flatMap((item) => pointerSchema.safeParse(item).data?.session_id ?? []);
  const keys = [...new Set(ids)].map((session_id) => ({ session_id }));
  const items = await readItems(ops.client, table, keys);
  return items
    .flatMap((item) => understood(ops, sessionSchema, item) ?? [])
    .filter(({ startedAt, endedAt }) => startedAt < to && (endedAt ?? to) > from)
    .toSorted((left, right) => left.startedAt.getTime() - right.startedAt.getTime());
}
