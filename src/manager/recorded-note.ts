import { waitingLines, withLine, withoutLines } from "../domain/waiting-lines.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import { type NoteChange, putNote } from "./put-note.ts";
import { entryOf, type Line } from "./record.ts";

type Needs = Pick<Ports, "notes" | "audit" | "clock" | "ids" | "log">;

/**
 * Writes a note and the line of the audit that tells of it: one write makes both durable, and the line is then put into the
 * audit, now or when it is next looked for. False when somebody else wrote in between.
 */
export async function putRecorded(
  ports: Needs,
  { key, words, previous, line }: NoteChange & { line: Line },
): Promise<boolean> {
  const stored = withLine({ words, previous }, entryOf(line, ports));
  if (!(await putNote(ports, { key, words: stored, previous }))) return false;
  await recordWaiting(ports, { key, words: stored });
  return true;
}

/** Puts the lines that wait in a note into the audit, each once, and takes them out of the note; failing that, they wait on. */
export async function recordWaiting(
  { notes, audit, log }: Pick<Ports, "notes" | "audit" | "log">,
  { key, words }: { key: string; words: string },
): Promise<void> {
  const lines = waitingLines(words);
  if (lines.length === 0) return;
  try {
    for (const line of lines) await audit.add(line);
    await notes.write(key, withoutLines(words), words);
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    log.warn("audit-waits", { note: key, code: error.code });
  }
}
