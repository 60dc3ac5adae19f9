import * as z from "zod";

/** The kinds of usage report, by the time that one is about. */
export const reportKinds = ["day", "week", "month"] as const;

export type ReportKind = (typeof reportKinds)[number];

/** What people set while patchbay runs. */
export type Settings = {
  /** Dollars a calendar month of the site's zone; null for no budget. */
  budgetUsd: number | null;
  /** When true, social destinations are stopped after a last call once the budget is spent; the primary never is. */
  hardCap: boolean;
  /** Which usage reports come by themselves; one of a day only comes when something was on. */
  reports: readonly ReportKind[];
};

export const defaultSettings: Settings = {
  budgetUsd: null,
  hardCap: false,
  reports: reportKinds,
};

const schema = z.object({
  version: z.literal(1),
  budgetUsd: z.number().positive().finite().nullable(),
  hardCap: z.boolean(),
  reports: z.array(z.enum(reportKinds)).default([...defaultSettings.reports]),
});

/** Settings from their stored words; null for words that are damaged or from a newer version. */
export function settingsFrom(words: string | null): Settings | null {
  if (words === null) return defaultSettings;
  try {
    const { version: _, ...settings } = schema.parse(JSON.parse(words));
    return settings;
  } catch {
    return null;
  }
}

/** How settings are stored. */
export const toStoredSettings = (settings: Settings): string =>
  JSON.stringify({ version: 1, ...settings });

/** What the report of a kind is called. */
export const reportName: Record<ReportKind, string> = {
  day: "daily",
  week: "weekly",
  month: "monthly",
};

/** "daily, monthly", or "none". */
export const reportWords = (reports: Settings["reports"]): string =>
  reports.length === 0 ? "none" : reports.map((kind) => reportName[kind]).join(", ");
