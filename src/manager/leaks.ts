import type { Actor } from "../domain/destination.ts";
import {
  type IgnoredLeaks,
  ignoredLeaksFrom,
  toStoredIgnoredLeaks,
} from "../domain/ignored-leaks.ts";
import { wallDate } from "../domain/wall-time.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import { putNote } from "./put-note.ts";
import { record } from "./record.ts";

/** What the daily sweep is not to tell of for a while. */
export type Leaks = {
  /** `what` as the sweep names it, `until` a date of the site's calendar. */
  ignore(change: { what: string; until: string; by: Actor }): Promise<void>;
};

type Needs = Pick<Ports, "notes" | "audit" | "clock" | "ids" | "log">;

const key = "leaks.ignored";
const writeAttempts = 5;

/** What is ignored; a list that cannot be read ignores nothing. */
export const readIgnoredLeaks = async ({ notes }: Pick<Ports, "notes">): Promise<IgnoredLeaks> =>
  ignoredLeaksFrom(await notes.read(key)) ?? {};

/** Each change is compared and set, and stands in the audit; a damaged list is not overwritten. */
export const createLeaks = (ports: Needs, zone: string): Leaks => ({
  async ignore({ what, until, by }) {
    for (let attempt = 0; attempt < writeAttempts; attempt++) {
      const previous = await ports.notes.read(key);
      const before = ignoredLeaksFrom(previous);
      if (before === null) throw unreadable();
      const today = wallDate(ports.clock.now(), zone);
      const words = toStoredIgnoredLeaks({ ...before, [what]: until }, today);
      if (!(await putNote(ports, { key, words, previous }))) continue;
      await record(ports, { what: "leak ignored", object: what, by, after: until });
      return;
    }
    throw new OpsError("conflict", "Too many people are changing that list at once.", {
      hint: "Try again.",
    });
  },
});

const unreadable = (): OpsError =>
  new OpsError(
    "conflict",
    "The list of what is ignored is damaged or from a newer patchbay, so I leave it alone.",
    { hint: "Run the newer patchbay, or have an admin remove the note `leaks.ignored`." },
  );
