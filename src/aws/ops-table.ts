import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Ids } from "../manager/ports.ts";
import type { Attributes } from "./row-values.ts";
import { askTable, readItem, unlessRefused, updateItem } from "./tables.ts";

/** Our own table, with partition key `pk` and sort key `sk`; everything in it carries its site. */
export type OpsTable = {
  client: DynamoDBDocumentClient;
  table: string;
  site: string;
  ids: Ids;
};

export type OpsKey = { pk: string; sk: string };

export const siteKey = ({ site }: OpsTable, sk: string): OpsKey => ({ pk: `site#${site}`, sk });

export const readOps = ({ client, table }: OpsTable, key: OpsKey) => readItem(client, table, key);

/** Puts a whole item: false when the condition did not hold. */
export async function putOps(
  { client, table, site }: OpsTable,
  item: OpsKey & Attributes,
  { condition, values }: { condition?: string; values?: Attributes } = {},
): Promise<boolean> {
  const command = new PutCommand({
    TableName: table,
    Item: { ...item, site },
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
  });
  const call = { doing: `write the table ${table}`, operation: "dynamodb:PutItem" };
  return (await askTable(table, call, () => unlessRefused(() => client.send(command)))) !== null;
}

/** Writes an item once: one that exists already is left as it is. */
export const putOnce = (ops: OpsTable, item: OpsKey & Attributes): Promise<boolean> =>
  putOps(ops, item, { condition: "attribute_not_exists(pk)" });

/** Changes an item that exists and fulfils the condition; does nothing to any other. */
export async function amendOps(
  { client, table }: OpsTable,
  key: OpsKey,
  change: { attributes: Attributes; condition?: string },
): Promise<void> {
  const condition = change.condition ?? "attribute_exists(pk)";
  await updateItem(client, { table, key, attributes: change.attributes, condition });
}

/** All items of a partition, in the order of their sort keys. */
export async function queryOps({ client, table }: OpsTable, pk: string) {
  const call = { doing: `read the table ${table}`, operation: "dynamodb:Query" };
  const items: Record<string, unknown>[] = [];
  let key: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      ConsistentRead: true,
      ExclusiveStartKey: key,
    });
    const answer = await askTable(table, call, () => client.send(command));
    items.push(...(answer.Items ?? []));
    key = answer.LastEvaluatedKey;
  } while (key !== undefined);
  return items;
}
