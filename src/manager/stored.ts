import { type Settings, settingsFrom } from "../domain/settings.ts";
import type { Show } from "../domain/show.ts";
import { showFrom } from "../domain/stored-show.ts";
import { unreadableNote } from "../domain/unreadable.ts";
import { isRemoved } from "../domain/waiting-lines.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

type Needs = Pick<Ports, "notes">;

const knownSinceKey = "known-since";

/** When patchbay began to look after the site; the first who asks writes it down. Throws `not-configured` for a damaged time. */
export async function readKnownSince({
  notes,
  clock,
}: Pick<Ports, "notes" | "clock">): Promise<Date> {
  const words = await notes.read(knownSinceKey);
  if (words !== null) return knownSinceIn(words);
  const now = clock.now();
  try {
    await notes.write(knownSinceKey, now.toISOString(), null);
    return now;
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    const theirs = await notes.read(knownSinceKey);
    return theirs === null ? now : knownSinceIn(theirs);
  }
}

function knownSinceIn(words: string): Date {
  const at = new Date(words);
  if (Number.isNaN(at.getTime())) throw unreadableNote(knownSinceKey);
  return at;
}

/** The note that holds the settings. */
export const settingsKey = "settings";

/** Throws `not-configured` for settings that are damaged or from a newer version: they are never taken for none. */
export const readSettings = async ({ notes }: Needs): Promise<Settings> =>
  parseSettings(await notes.read(settingsKey));

/** The same for words that have been read. */
export function parseSettings(words: string | null): Settings {
  const settings = settingsFrom(words);
  if (settings !== null) return settings;
  throw unreadableNote(settingsKey);
}

/** What the keys of planned shows begin with. */
export const showPrefix = "show#";

/** The shows that can be read, and the ids of those that are damaged or from a newer version. */
export type ShowList = { shows: readonly Show[]; unreadable: readonly string[] };

/** The shows that are stored; those that cannot be read are left as they are. */
export async function readShowList({ notes }: Needs): Promise<ShowList> {
  const stored = await notes.list(showPrefix);
  const present = stored.filter(({ words }) => !isRemoved(words));
  const read = present.map(({ key, words }) => ({
    id: key.slice(showPrefix.length),
    show: showFrom(words),
  }));
  return {
    shows: read.flatMap(({ show }) => show ?? []),
    unreadable: read.flatMap(({ id, show }) => (show === null ? [id] : [])),
  };
}

/** The shows that can be read. */
export const readShows = async (ports: Needs): Promise<readonly Show[]> =>
  (await readShowList(ports)).shows;
