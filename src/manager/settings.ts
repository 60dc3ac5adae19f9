import type { Actor } from "../domain/destination.ts";
import { usdWords } from "../domain/money.ts";
import { type Settings, toStoredSettings } from "../domain/settings.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import { putNote } from "./put-note.ts";
import { record } from "./record.ts";
import { parseSettings, readSettings, settingsKey } from "./stored.ts";

/** What people set while patchbay runs; each change is compared and set, and stands in the audit. */
export type SettingsStore = {
  /** Throws `not-configured` for settings that are damaged or from a newer version. */
  read(): Promise<Settings>;
  /** Answers with the settings as they were and as they are; damaged ones are never overwritten. */
  change(change: Partial<Settings>, by: Actor): Promise<{ before: Settings; after: Settings }>;
};

type Needs = Pick<Ports, "notes" | "audit" | "clock" | "ids" | "log">;

const writeAttempts = 5;

export const createSettings = (ports: Needs): SettingsStore => ({
  read: () => readSettings(ports),
  async change(change, by) {
    for (let attempt = 0; attempt < writeAttempts; attempt++) {
      const previous = await ports.notes.read(settingsKey);
      const before = parseSettings(previous);
      const after = { ...before, ...change };
      const words = toStoredSettings(after);
      if (!(await putNote(ports, { key: settingsKey, words, previous }))) continue;
      await record(ports, {
        what: "budget set",
        object: "the site",
        by,
        before: inWords(before),
        after: inWords(after),
      });
      return { before, after };
    }
    throw new OpsError("conflict", "Too many people are changing the budget at once.", {
      hint: "Try again.",
    });
  },
});

/** "$400.00 a month, hard cap off". */
const inWords = ({ budgetUsd, hardCap }: Settings): string =>
  `${budgetUsd === null ? "none" : `${usdWords(budgetUsd)} a month`}, hard cap ${hardCap ? "on" : "off"}`;
