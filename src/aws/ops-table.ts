import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { z } from "zod";
import type { Ids } from "../manager/ports.ts";
import { readItems } from "./batches.ts";
import type { Attributes } from "./row-values.ts";
import { askTable, readItem, unlessRefused, updateItem } from "./tables.ts";

/** Our own table, with partition key `pk` and sort key `sk`; everything in it carries its site. */
export type OpsTable = {
  client: DynamoDBDocumentClient;
  table: string;
  site: string;
  ids: Ids;
  /** Told of each item that is damaged or from a newer version: it is left out, and never written over. */
  onUnreadable: (item: unknown) => void;
};

export type OpsKey = { pk: string; sk: string };

/** When a write may happen; attribute names in it are written as they are. */
export type Condition = { condition?: string; values?: Attributes };

type Item = Record<string, unknown>;

export const siteKey = ({ site }: OpsTable, sk: string): OpsKey => ({ pk: `site#${site}`, sk });

export const readOps = ({ client, table }: OpsTable, key: OpsKey) => readItem(client, table, key);

/** The items of these keys, in no order; a key without an item has none. */
export const readManyOps = ({ client, table }: OpsTable, keys: readonly OpsKey[]) =>
  readItems(client, table, keys);

/** An item as its schema reads it; null for none, and for one that cannot be read, which is reported. */
export function understood<Out>(ops: OpsTable, schema: z.ZodType<Out>, item: unknown): Out | null {
  if (item === undefined) return null;
  const read = schema.safeParse(item);
  if (!read.success) ops.onUnreadable(item);
  return read.success ? read.data : null;
}

/** Puts a whole item: false when the condition did not hold. */
export async function putOps(
  { client, table, site }: OpsTable,
  item: OpsKey & Attributes,
  { condition, values }: Condition = {},
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

/** Changes an item that exists and fulfils the condition: false when there is none. */
export async function amendOps(
  { client, table }: OpsTable,
  key: OpsKey,
  { attributes, ...when }: { attributes: Attributes } & Condition,
): Promise<boolean> {
  const condition = when.condition ?? "attribute_exists(pk)";
  const update = { table, key, attributes, ...when, condition };
  return (await updateItem(client, update)) !== null;
}

/** Removes an item that fulfils the condition. */
export async function removeOps(
  { client, table }: OpsTable,
  key: OpsKey,
  { condition, values }: Condition,
): Promise<void> {
  const command = new DeleteCommand({
    TableName: table,
    Key: key,
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
  });
  const call = { doing: `write the table ${table}`, operation: "dynamodb:DeleteItem" };
  await askTable(table, call, () => unlessRefused(() => client.send(command)));
}

/** Which items of a partition: all, or those whose sort key (`sk`) fulfils a condition. */
export type Range = {
  pk: string;
  where?: string;
  values?: Attributes;
  /** The last ones first. */
  backwards?: boolean;
  /** How many at most. */
  limit?: number;
};

/** The items of a partition, in the order of their sort keys. */
export async function queryOps({ client, table }: OpsTable, range: Range): Promise<Item[]> {
  const call = { doing: `read the table ${table}`, operation: "dynamodb:Query" };
  const { limit = Number.POSITIVE_INFINITY } = range;
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      ...inputFrom(range),
      TableName: table,
      ExclusiveStartKey: start,
      ...(range.limit === undefined ? {} : { Limit: limit - items.length }),
    });
    const answer = await askTable(table, call, () => client.send(command));
    items.push(...(answer.Items ?? []));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined && items.length < limit);
  return items;
}

const inputFrom = ({
  pk,
  where,
  values,
  backwards,
}: Range): Omit<QueryCommandInput, "TableName"> => ({
  KeyConditionExpression: where === undefined ? "pk = :pk" : `pk = :pk AND ${where}`,
  ExpressionAttributeValues: { ":pk": pk, ...values },
  ScanIndexForward: backwards !== true,
  ConsistentRead: true,
});
