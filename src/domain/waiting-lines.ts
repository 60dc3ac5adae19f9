import * as z from "zod";
import type { AuditEntry } from "./audit.ts";

/**
 * A line of the audit waits in the note whose change it tells of, so that one write makes both durable; a note that is to
 * be removed stays until the audit has its lines.
 */
const lineSchema = z.object({
  id: z.string().min(1),
  at: z.iso.datetime().transform((words) => new Date(words)),
  by: z.object({ id: z.string(), name: z.string() }),
  what: z.string(),
  destinationId: z.string().nullable(),
  object: z.string(),
  why: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  intentId: z.string().nullable(),
});

const noteSchema = z.looseObject({
  version: z.literal(1),
  audit: z.array(lineSchema).default([]),
  removed: z.literal(true).optional(),
});

function parse(words: string | null): z.infer<typeof noteSchema> | null {
  try {
    return noteSchema.parse(JSON.parse(words ?? "null"));
  } catch {
    return null;
  }
}

/** What a note is to say (null to remove it), and what it says. */
type Rewrite = { words: string | null; previous: string | null };

/** The words to store for a change and its line; lines that wait already go on waiting. */
export function withLine({ words, previous }: Rewrite, line: AuditEntry): string {
  const content: object = JSON.parse(words ?? previous ?? "{}");
  const audit = [...waitingLines(previous), line];
  return JSON.stringify({ ...content, ...(words === null && { removed: true }), audit });
}

/** The lines that the audit may not have yet, oldest first. */
export const waitingLines = (words: string | null): readonly AuditEntry[] =>
  parse(words)?.audit ?? [];

/** True for a note that counts no more and only waits for the audit. */
export const isRemoved = (words: string): boolean => parse(words)?.removed === true;

/** The words of a note without its lines; null for one that is to be removed. */
export function withoutLines(words: string): string | null {
  const { audit: _, removed, ...content }: Record<string, unknown> = JSON.parse(words);
  return removed === true ? null : JSON.stringify(content);
}
