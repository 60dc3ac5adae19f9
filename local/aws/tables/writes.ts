import type { Json } from "../answers.ts";
import { isJson } from "../input.ts";

/** An item that a request writes: its keys, or the whole of it, which holds them. */
export type Write = { table: string; keys: Json } | { table: string; item: Json };

/** What a request would write; empty for one that writes nothing, or that nobody can read. */
export function writesOf(operation: string, input: Json): Write[] {
  const table = String(input.TableName);
  switch (operation) {
    case "PutItem":
      return itemOf(table, input.Item);
    case "UpdateItem":
    case "DeleteItem":
      return keysOf(table, input.Key);
    case "BatchWriteItem":
      return isJson(input.RequestItems) ? Object.entries(input.RequestItems).flatMap(batchOf) : [];
    default:
      return [];
  }
}

const itemOf = (table: string, item: unknown): Write[] => (isJson(item) ? [{ table, item }] : []);
const keysOf = (table: string, keys: unknown): Write[] => (isJson(keys) ? [{ table, keys }] : []);

const batchOf = ([table, requests]: [string, unknown]): Write[] =>
  (Array.isArray(requests) ? requests : []).flatMap((request) => {
    if (!isJson(request)) return [];
    const { PutRequest, DeleteRequest } = request;
    return [
      ...(isJson(PutRequest) ? itemOf(table, PutRequest.Item) : []),
      ...(isJson(DeleteRequest) ? keysOf(table, DeleteRequest.Key) : []),
    ];
  });
