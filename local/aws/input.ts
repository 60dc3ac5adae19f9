import type { Json } from "./answers.ts";
import { badRequest, unreadable } from "./errors.ts";

/** Parses a JSON body; none at all counts as an empty object. */
export function parseBody(text: string): Json {
  if (text === "") return {};
  try {
    return toJson(JSON.parse(text));
  } catch {
    throw unreadable("The request body is not a JSON object.");
  }
}

export function toJson(value: unknown): Json {
  if (!isJson(value)) throw unreadable("Expected an object.");
  return value;
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of strings; absent counts as empty. */
export function toTexts(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unreadable("Expected a list of strings.");
  return value.map((item) => {
    if (typeof item !== "string") throw unreadable("Expected a list of strings.");
    return item;
  });
}

/** One page of `items`; the token is opaque to clients, as AWS's are. */
export function toPage<T>(items: readonly T[], query: URLSearchParams) {
  const size = toSize(query.get("maxResults"));
  const start = toStart(query.get("nextToken"), items.length);
  const end = start + size;
  const nextToken = end < items.length ? Buffer.from(`from ${end}`).toString("base64") : undefined;
  return { items: items.slice(start, end), nextToken };
}

function toSize(maxResults: string | null): number {
  if (maxResults === null) return 100;
  const size = Number(maxResults);
  if (!Number.isInteger(size) || size < 1) throw badRequest("maxResults must be a positive number");
  return size;
}

function toStart(token: string | null, length: number): number {
  if (token === null) return 0;
  const match = /^from (\d+)$/.exec(Buffer.from(token, "base64").toString());
  const start = Number(match?.[1] ?? Number.NaN);
  if (!(start < length)) throw badRequest("Invalid nextToken");
  return start;
}
