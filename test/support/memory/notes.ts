import { OpsError } from "../../../src/errors.ts";
import type { Notes } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemoryNotes = Notes & { put(key: string, words: string): void };

/** Short words under keys. */
export function memoryNotes(outside: Outside): MemoryNotes {
  const kept = new Map<string, string>();
  return {
    read: (key) => outside.pass("notes.read", () => kept.get(key) ?? null),
    list: (prefix) =>
      outside.pass("notes.list", () =>
        [...kept]
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, words]) => ({ key, words }))
          .toSorted((left, right) => (left.key < right.key ? -1 : 1)),
      ),
    write: (key, words, previous) =>
      outside.pass("notes.write", () => {
        if ((kept.get(key) ?? null) !== previous)
          throw new OpsError("conflict", "Somebody else changed this in between.");
        if (words === null) kept.delete(key);
        else kept.set(key, words);
      }),
    put: (key, words) => void kept.set(key, words),
  };
}
