import type { Json } from "./answers.ts";
import { type AwsError, badRequest, unreadable } from "./errors.ts";

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

/** One page of `items`, as MediaLive and MediaConnect ask for it. */
export const toPage = <T>(items: readonly T[], query: URLSearchParams) =>
  pageOf(items, {
    size: query.get("maxResults"),
    token: query.get("nextToken"),
    most: Number.MAX_SAFE_INTEGER,
    refuse: badRequest,
  });

/** What was asked of a page, the most that a page may hold, and the service's own error for a bad question. */
export type PageQuery = {
  size: unknown;
  token: unknown;
  most: number;
  refuse: (problem: string) => AwsError;
};

/** One page of `items`, 100 unless told; the token is opaque to clients, as AWS's are. */
export function pageOf<T>(items: readonly T[], { size, token, most, refuse }: PageQuery) {
  const wanted = Number(size ?? 100);
  const start = toStart(token, items.length);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most) {
    throw refuse(`MaxResults must be a whole number from 1 to ${most}`);
  }
  if (start === null) throw refuse("Invalid nextToken");
  const end = start + wanted;
  const nextToken = end < items.length ? Buffer.from(`from ${end}`).toString("base64") : undefined;
  return { items: items.slice(start, end), nextToken };
}

function toStart(token: unknown, length: number): number | null {
  if (token === null || token === undefined) return 0;
  const match = /^from (\d+)$/.exec(Buffer.from(String(token), "base64").toString());
  const start = Number(match?.[1] ?? Number.NaN);
  return start < length ? start : null;
}
