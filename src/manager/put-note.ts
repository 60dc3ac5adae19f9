import { isOpsError, OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

/** A note as it should be, and what it said when it was read; null for one that is not there. */
export type NoteChange = { key: string; words: string | null; previous: string | null };

/**
 * False when somebody else wrote in between, which the port can tell from a repeated write of ours. A write whose answer was
 * lost is looked for before it is called failed.
 */
export async function putNote(
  { notes }: Pick<Ports, "notes">,
  { key, words, previous }: NoteChange,
): Promise<boolean> {
  try {
    await notes.write(key, words, previous);
    return true;
  } catch (error) {
    if (isOpsError(error, "conflict")) return false;
    if (error instanceof OpsError && (await notes.read(key)) === words) return true;
    throw error;
  }
}
