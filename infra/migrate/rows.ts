import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  paginateScan,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { askTable, readItem, unlessRefused } from "../../src/aws/tables.ts";
import { isOpsError, OpsError } from "../../src/errors.ts";
import { withHint } from "./hint.ts";
import type { Item } from "./plan.ts";

/** One of the existing tables, with the name of its only key. */
export type Table = { client: DynamoDBDocumentClient; name: string; key: string };

const whichTable =
  "DESTINATIONS_TABLE and PRESETS_TABLE name the tables, and --region says where, for example --region us-west-2.";

/** Every row as it is now. Throws `not-configured` for a table that is not there, or is another one. */
export async function readRows({ client, name, key }: Table): Promise<Item[]> {
  const call = { doing: `read the table ${name}`, operation: "dynamodb:Scan" };
  const rows = await askTable(name, call, async () => {
    const all: Item[] = [];
    const input = { TableName: name, ConsistentRead: true };
    for await (const page of paginateScan({ client }, input)) all.push(...(page.Items ?? []));
    return all;
  }).catch(withHint(whichTable));
  if (rows.every((row) => typeof row[key] === "string")) return rows;
  throw new OpsError("not-configured", `The table ${name} has rows without ${key}.`, {
    hint: whichTable,
  });
}

export const readRow = (table: Table, id: string): Promise<Item | undefined> =>
  readItem(table.client, table.name, { [table.key]: id });

/** Attributes that a row gets, and of those that it has already the values that they replace. */
type Writing = { id: string; added: Item; replaced: Item };

/**
 * Adds attributes to a row that has none of them, or still what they replace: false when somebody has written one of them
 * by now, or the row is gone.
 */
export async function addAttributes(
  table: Table,
  { id, added, replaced }: Writing,
): Promise<boolean> {
  const names = Object.keys(added);
  const conditions = names.map((name) =>
    Object.hasOwn(replaced, name)
      ? `${hash(name)} = ${old(name)}`
      : `attribute_not_exists(${hash(name)})`,
  );
  const { ExpressionAttributeNames, ExpressionAttributeValues } = namesAndValues(added);
  const before = Object.entries(replaced).map(([name, value]) => [old(name), value]);
  return change(table, id, {
    UpdateExpression: `SET ${names.map((name) => `${hash(name)} = ${colon(name)}`).join(", ")}`,
    ConditionExpression: [`attribute_exists(${table.key})`, ...conditions].join(" AND "),
    ExpressionAttributeNames,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ...Object.fromEntries(before) },
  });
}

/** Removes attributes that still have these values: false when one has changed, or the row is gone. */
export async function removeAttributes(table: Table, id: string, added: Item): Promise<boolean> {
  return change(table, id, {
    UpdateExpression: `REMOVE ${Object.keys(added).map(hash).join(", ")}`,
    ConditionExpression: allEqual(added),
    ...namesAndValues(added),
  });
}

/** Inserts a whole item: false when there is one with its id. */
export async function insertRow(table: Table, item: Item): Promise<boolean> {
  const command = new PutCommand({
    TableName: table.name,
    Item: item,
    ConditionExpression: `attribute_not_exists(${table.key})`,
  });
  return write(table, "dynamodb:PutItem", () => table.client.send(command));
}

/**
 * Deletes an item that still has these values: false when it has not, or is gone. Maps are for the caller to compare;
 * whoever changes one writes a new `updated_at` with it (legacy contract, E12).
 */
export async function deleteRow(table: Table, id: string, item: Item): Promise<boolean> {
  const command = new DeleteCommand({
    TableName: table.name,
    Key: { [table.key]: id },
    ConditionExpression: allEqual(scalarsOf(item)),
    ...namesAndValues(scalarsOf(item)),
  });
  return write(table, "dynamodb:DeleteItem", () => table.client.send(command));
}

type Expression = {
  UpdateExpression: string;
  ConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
};

function change(table: Table, id: string, expression: Expression): Promise<boolean> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: { [table.key]: id },
    ...expression,
  });
  return write(table, "dynamodb:UpdateItem", () => table.client.send(command));
}

async function write({ name }: Table, operation: string, send: () => Promise<unknown>) {
  const call = { doing: `write the table ${name}`, operation };
  return (await askTable(name, call, () => unlessRefused(send))) !== null;
}

const seen = z.object({ name: z.string() });

/** True when DynamoDB does not take an item as it would be: one of more than 400 KB (DynamoDB quotas). */
export const isUnwritable = (error: unknown): boolean =>
  isOpsError(error) && seen.safeParse(error.cause).data?.name === "ValidationException";

const hash = (name: string) => `#${name}`;
const colon = (name: string) => `:${name}`;
const old = (name: string) => `:old_${name}`;

const scalarsOf = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => typeof value !== "object"));

const allEqual = (item: Item) =>
  Object.keys(item)
    .map((name) => `${hash(name)} = ${colon(name)}`)
    .join(" AND ");

const namesAndValues = (item: Item) => ({
  ExpressionAttributeNames: Object.fromEntries(Object.keys(item).map((name) => [hash(name), name])),
  ExpressionAttributeValues: Object.fromEntries(
    Object.entries(item).map(([name, value]) => [colon(name), value]),
  ),
});
