import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import type { Session } from "../domain/session.ts";
import type { Sessions } from "../manager/ports.ts";
import { readItems } from "./batches.ts";
import { monthOf, monthsBetween } from "./months.ts";
import { type OpsTable, putOnce, queryOps } from "./ops-table.ts";
import { amendmentFrom, itemFrom, sessionFrom } from "./session-items.ts";
import { askTable, readItem, unlessRefused, updateItem } from "./tables.ts";

/**
 * The existing sessions table. Its only key is the id, so that our sessions are listed by an index in the ops table, by
 * the month in which they were started; what other programs keep in the table is not ours to list.
 */
export function dynamoSessions(ops: OpsTable, table: string): Sessions {
  const { client } = ops;
  return {
    open: (session) => openSession(ops, table, session),
    amend: async (id, change) => {
      const attributes = amendmentFrom(change);
      if (Object.keys(attributes).length === 0) return;
      const condition = "attribute_exists(session_id)";
      await updateItem(client, { table, key: { session_id: id }, attributes, condition });
    },
    find: async (id) => sessionFrom(await readItem(client, table, { session_id: id })),
    list: (from, to) => listSessions(ops, table, { from, to }),
  };
}

const indexKey = ({ site }: OpsTable, month: string) => `site#${site}#sessions#${month}`;

/** The pointer is written first: one without a session is ignored, a session without a pointer would not be billed. */
async function openSession(ops: OpsTable, table: string, session: Session): Promise<void> {
  const { id, startedAt } = session;
  await putOnce(ops, { pk: indexKey(ops, monthOf(startedAt)), sk: id, session_id: id });
  const command = new PutCommand({
    TableName: table,
    Item: itemFrom(session),
    ConditionExpression: "attribute_not_exists(session_id)",
  });
  const call = { doing: `write the table ${table}`, operation: "dynamodb:PutItem" };
  await askTable(table, call, () => unlessRefused(() => ops.client.send(command)));
}

const pointerSchema = z.object({ session_id: z.string().min(1) });

/** No session lasts a month, so that one which still goes on at `from` was started in that month or the one before. */
async function listSessions(
  ops: OpsTable,
  table: string,
  { from, to }: { from: Date; to: Date },
): Promise<Session[]> {
  const months = monthsBetween(from, to);
  const pointers = await Promise.all(
    months.map((month) => queryOps(ops, { pk: indexKey(ops, month) })),
  );
  const ids = pointers
    .flat()
    .flatMap((item) => pointerSchema.safeParse(item).data?.session_id ?? []);
  const keys = [...new Set(ids)].map((session_id) => ({ session_id }));
  const items = await readItems(ops.client, table, keys);
  return items
    .flatMap((item) => sessionFrom(item) ?? [])
    .filter(({ startedAt, endedAt }) => startedAt < to && (endedAt ?? to) > from)
    .toSorted((left, right) => left.startedAt.getTime() - right.startedAt.getTime());
}
