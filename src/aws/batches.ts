import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { OpsError } from "../errors.ts";
import { askTable, type Key } from "./tables.ts";

/** The most keys that one BatchGetItem takes (DynamoDB API, BatchGetItem). */
const mostKeys = 100;
const mostFruitlessRounds = 5;

/** The items of these keys as they are now, in no order; a key without an item has none. */
export async function readItems(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Key[],
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let from = 0; from < keys.length; from += mostKeys)
    items.push(...(await readChunk(client, table, keys.slice(from, from + mostKeys))));
  return items;
}

/** What DynamoDB leaves unprocessed (16 MB a call, or throttling) is asked for again while it answers anything at all. */
async function readChunk(
  client: DynamoDBDocumentClient,
  table: string,
  keys: Key[],
): Promise<Record<string, unknown>[]> {
  const call = { doing: `read the table ${table}`, operation: "dynamodb:BatchGetItem" };
  const items: Record<string, unknown>[] = [];
  let left: Record<string, unknown>[] = keys;
  let fruitless = 0;
  while (left.length > 0) {
    const RequestItems = { [table]: { Keys: left, ConsistentRead: true } };
    const command = new BatchGetCommand({ RequestItems });
    const answer = await askTable(table, call, () => client.send(command));
    const read = answer.Responses?.[table] ?? [];
    items.push(...read);
    left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    fruitless = read.length === 0 ? fruitless + 1 : 0;
    if (fruitless === mostFruitlessRounds)
      throw new OpsError("aws-throttled", `Could not ${call.doing}: AWS asks for fewer requests.`);
  }
  return items;
}
