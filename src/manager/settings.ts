import type { Actor } from "../domain/destination.ts";
import { usdWords } from "../domain/money.ts";
import {
  type ReportKind,
  reportKinds,
  reportWords,
  type Settings,
  toStoredSettings,
} from "../domain/settings.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import type { Line } from "./record.ts";
import { putRecorded } from "./recorded-note.ts";
import { parseSettings, readSettings, settingsKey } from "./stored.ts";

/** Settings as they were and as they are. */
type Changed = { before: Settings; after: Settings };

/**
 * What people set while patchbay runs; each change is compared and set, and stands in the audit. Throws `not-configured`
 * for settings that are damaged or from a newer version: they are never overwritten.
 */
export type SettingsStore = {
  read(): Promise<Settings>;
  change(change: Partial<Omit<Settings, "reports">>, by: Actor): Promise<Changed>;
  /** Says whether the reports of a kind come by themselves, and leaves the other kinds as they are. */
  setReport(kind: ReportKind, comes: boolean, by: Actor): Promise<Changed>;
};

type Needs = Pick<Ports, "notes" | "audit" | "clock" | "ids" | "log">;

const writeAttempts = 5;

export const createSettings = (ports: Needs): SettingsStore => ({
  read: () => readSettings(ports),
  async change(change, by) {
    return rewrite(ports, {
      apply: (before) => ({ ...before, ...change }),
      line: (changed) => ({ ...lineOf("budget set", changed, budgetWords), by }),
    });
  },
  async setReport(kind, comes, by) {
    return rewrite(ports, {
      apply: ({ reports, ...others }) => ({
        ...others,
        reports: reportKinds.filter((each) => (each === kind ? comes : reports.includes(each))),
      }),
      line: (changed) => ({
        ...lineOf("reports set", changed, ({ reports }) => reportWords(reports)),
        by,
      }),
    });
  },
});

type Rewrite = { apply(before: Settings): Settings; line(changed: Changed): Line };

/** Reads, changes and writes; another writer in between means reading again. */
async function rewrite(ports: Needs, { apply, line }: Rewrite): Promise<Changed> {
  for (let attempt = 0; attempt < writeAttempts; attempt++) {
    const previous = await ports.notes.read(settingsKey);
    const before = parseSettings(previous);
    const after = apply(before);
    const changed = { before, after };
    const words = toStoredSettings(after);
    const put = { key: settingsKey, words, previous, line: line(changed) };
    if (await putRecorded(ports, put)) return changed;
  }
  throw new OpsError("conflict", "Too many people are changing the settings at once.", {
    hint: "Try again.",
  });
}

const lineOf = (
  what: string,
  { before, after }: Changed,
  inWords: (settings: Settings) => string,
) => ({ what, object: "the site", before: inWords(before), after: inWords(after) });

/** "$400.00 a month, hard cap off". */
const budgetWords = ({ budgetUsd, hardCap }: Settings): string =>
  `${budgetUsd === null ? "none" : `${usdWords(budgetUsd)} a month`}, hard cap ${hardCap ? "on" : "off"}`;
