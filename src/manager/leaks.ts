import type { Actor } from "../domain/destination.ts";
import {
  type IgnoredLeaks,
  ignoredLeaksFrom,
  isIgnored,
  toStoredIgnoredLeaks,
} from "../domain/ignored-leaks.ts";
import { wallDate } from "../domain/wall-time.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import { putRecorded } from "./recorded-note.ts";

/** What the daily sweep is not to tell of for a while. */
export type Leaks = {
  /**
   * `what` as the sweep names it, `until` a date of the site's calendar, or null to tell of it again; answers with the date
   * that was there.
   */
  ignore(change: { what: string; until: string | null; by: Actor }): Promise<string | null>;
};

type Needs = Pick<Ports, "notes" | "audit" | "clock" | "ids" | "log">;

/** The note that holds the list. */
export const ignoredKey = "leaks.ignored";
const writeAttempts = 5;

/** What is ignored; null for a list that cannot be read. */
export const readIgnoredLeaks = async ({
  notes,
}: Pick<Ports, "notes">): Promise<IgnoredLeaks | null> =>
  ignoredLeaksFrom(await notes.read(ignoredKey));

/** Each change is compared and set, and stands in the audit; a damaged list is not overwritten. */
export const createLeaks = (ports: Needs, zone: string): Leaks => ({
  async ignore({ what, until, by }) {
    for (let attempt = 0; attempt < writeAttempts; attempt++) {
      const previous = await ports.notes.read(ignoredKey);
      const before = ignoredLeaksFrom(previous);
      if (before === null) throw unreadable();
      const today = wallDate(ports.clock.now(), zone);
      const was = dateIn(before, what, today);
      const words = toStoredIgnoredLeaks({ ...before, [what]: until ?? today }, today);
      const line = { ...lineFor(was, until), object: what, by };
      if (await putRecorded(ports, { key: ignoredKey, words, previous, line })) return was;
    }
    throw new OpsError("conflict", "Too many people are changing that list at once.", {
      hint: "Try again.",
    });
  },
});

const dateIn = (ignored: IgnoredLeaks, what: string, today: string): string | null =>
  isIgnored(ignored, what, today) ? (ignored[what] ?? null) : null;

const lineFor = (before: string | null, after: string | null) => ({
  what: after === null ? "leak told again" : "leak ignored",
  ...(before !== null && { before }),
  ...(after !== null && { after }),
});

const unreadable = (): OpsError =>
  new OpsError(
    "conflict",
    "The list of what is ignored is damaged or from a newer patchbay, so I leave it alone.",
    { hint: "Run the newer patchbay, or have an admin remove the note `leaks.ignored`." },
  );
