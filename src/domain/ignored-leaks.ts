import * as z from "zod";
import { isDate } from "./wall-time.ts";

/** Until which date of the site's calendar something is not told of ("1003" → "2026-12-22"); its words are lower case. */
export type IgnoredLeaks = Readonly<Record<string, string>>;

const schema = z.object({
  version: z.literal(1),
  until: z.record(z.string().min(1), z.string().refine(isDate)),
});

/** The list from its stored words; null for words that are damaged or from a newer version. */
export function ignoredLeaksFrom(words: string | null): IgnoredLeaks | null {
  if (words === null) return {};
  try {
    return schema.parse(JSON.parse(words)).until;
  } catch {
    return null;
  }
}

/** How the list is stored, without what is over by `today`. */
export const toStoredIgnoredLeaks = (ignored: IgnoredLeaks, today: string): string =>
  JSON.stringify({
    version: 1,
    until: Object.fromEntries(Object.entries(ignored).filter(([, until]) => until > today)),
  });

/** True on every day before the date. */
export const isIgnored = (ignored: IgnoredLeaks, what: string, today: string): boolean =>
  Object.hasOwn(ignored, what.toLowerCase()) && (ignored[what.toLowerCase()] ?? "") > today;
