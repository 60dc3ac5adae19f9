import type { MemoForm } from "../domain/memo-form.ts";
import { unreadableNote } from "../domain/unreadable.ts";
import type { Notes } from "./ports.ts";
import { putNote } from "./put-note.ts";

/** What a job remembers from one tick to the next. */
export type Memo<T> = {
  value: T;
  /**
   * Remembers something else. False when another process has written in between: that stands, and the next tick decides
   * again.
   */
  write(next: T): Promise<boolean>;
};

/** Throws `not-configured` for words that cannot be read: they are never written over. */
export const readMemo = async <T>(notes: Notes, key: string, form: MemoForm<T>): Promise<Memo<T>> =>
  memoOf({ notes, key, words: await notes.read(key) }, form);

/** The same for words that have been read already; null for none. */
export function memoOf<T>(
  { notes, key, words }: { notes: Notes; key: string; words: string | null },
  form: MemoForm<T>,
): Memo<T> {
  const value = words === null ? form.empty : form.from(words);
  if (value === null) throw unreadableNote(key);
  let stored = words;
  return {
    value,
    async write(next) {
      const wanted = JSON.stringify(next);
      if (wanted === (stored ?? JSON.stringify(form.empty))) return true;
      const written = await putNote({ notes }, { key, words: wanted, previous: stored });
      if (written) stored = wanted;
      return written;
    },
  };
}
