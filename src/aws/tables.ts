import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { OpsError } from "../errors.ts";
import { ask, type Call } from "./errors.ts";
import type { Attributes } from "./row-values.ts";

export type Key = Record<string, string>;

/** A DynamoDB call; a table that does not exist is a mistake in the configuration, not a missing row. */
export const askTable = <T>(table: string, call: Call, send: () => Promise<T>): Promise<T> =>
  ask(call, async () => {
    try {
      return await send();
    } catch (error) {
      throw isNamed(error, "ResourceNotFoundException") ? noTable(table) : error;
    }
  });

const noTable = (table: string) =>
  new OpsError("not-configured", `There is no table named ${table} in this account and region.`);

const isNamed = (error: unknown, name: string): boolean =>
  error instanceof Error && error.name === name;

/** A write under a condition: its answer, or null when the condition did not hold. */
export const unlessRefused = async <T>(write: () => Promise<T>): Promise<T | null> => {
  try {
    return await write();
  } catch (error) {
    if (isNamed(error, "ConditionalCheckFailedException")) return null;
    throw error;
  }
};

/** One item as it is now, or undefined. */
export async function readItem(client: DynamoDBDocumentClient, table: string, key: Key) {
  const call = { doing: `read the table ${table}`, operation: "dynamodb:GetItem" };
  const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  const answer = await askTable(table, call, () => client.send(command));
  return answer.Item;
}

export type Update = {
  table: string;
  key: Key;
  attributes: Attributes;
  condition: string;
  /** Values of the condition's `:names`; its attribute names are written as they are. */
  values?: Attributes;
};

/** Writes single attributes of an item (null removes one): the new item, or null when the condition did not hold. */
export async function updateItem(client: DynamoDBDocumentClient, update: Update) {
  const { table, key, attributes, condition } = update;
  const names = Object.keys(attributes);
  const set = names.filter((name) => isPresent(attributes[name]));
  const removed = names.filter((name) => !isPresent(attributes[name]));
  const sets = set.map((name) => `#${name} = :set_${name}`);
  const removes = removed.map((name) => `#${name}`);
  const values = {
    ...update.values,
    ...Object.fromEntries(set.map((name) => [`:set_${name}`, attributes[name]])),
  };
  const command = new UpdateCommand({
    TableName: table,
    Key: key,
    UpdateExpression: `${clause("SET", sets)} ${clause("REMOVE", removes)}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    // DynamoDB refuses an empty map of values.
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
    ReturnValues: "ALL_NEW",
  });
  const call = { doing: `write the table ${table}`, operation: "dynamodb:UpdateItem" };
  return askTable(table, call, () => unlessRefused(() => client.send(command)));
}

const isPresent = (value: unknown): boolean => value !== null && value !== undefined;

const clause = (verb: string, parts: string[]): string =>
  parts.length === 0 ? "" : `${verb} ${parts.join(", ")}`;
