import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Keeps one JSON file equal to a value in memory. */
export type Saver = {
  /** Writes now; resolves when it is on disk. */
  save(): Promise<void>;
  /** Writes within 100 ms, however often it is asked until then. */
  saveSoon(): void;
  /** Writes what is still waiting. */
  close(): Promise<void>;
};

/** Writes to a file beside it and renames, so that a crash leaves the old content or the new, never half of it. */
export function createSaver(path: string, snapshot: () => unknown): Saver {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    last = last.catch(() => undefined).then(() => write(path, snapshot()));
    return last;
  };

  return {
    save,
    saveSoon: () => {
      // A write that fails here is made up for by the next one, and close() reports the last.
      timer ??= setTimeout(() => void save().catch(() => undefined), 100);
    },
    close: () => (timer === undefined ? last : save()),
  };
}

/** Only the owner may read it: stream keys may be inside. */
async function write(path: string, value: unknown) {
  const draft = `${path}.new`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, JSON.stringify(value), { mode: 0o600 });
  await rename(draft, path);
}

/** Reads a saved file; null when there is none. `parse` answers null for what it does not recognise. */
export async function loadSaved<T>(
  path: string,
  parse: (value: unknown) => T | null,
): Promise<T | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (text === null) return null;
  const value = parse(parseJson(text));
  if (value === null) {
    throw new Error(`The saved data in ${path} is damaged; move this file away to start fresh.`);
  }
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOENT";
