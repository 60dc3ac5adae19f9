import type { TableReport } from "./apply.ts";
import type { MigrationPlan, MigrationReport } from "./migrate.ts";
import type { Change, Skipped, TablePlan } from "./plan.ts";
import type { Undone, UndoReport } from "./undo.ts";

/** Names of the two tables. */
export type TableNames = { destinations: string; presets: string };

type Where = TableNames & { region: string };

/** What would be added to which row, one line each. */
export function planWords(plan: MigrationPlan, { region, ...names }: Where): string[] {
  return [
    plan.destinations.read === 0
      ? `${names.destinations}: there are no rows in it; is ${region} its region?`
      : tableWords(plan.destinations, names.destinations),
    ...plan.destinations.changes.map((change) => `  ${titleOf(change)}: ${valuesOf(change)}`),
    ...plan.destinations.skipped.map(skippedWords),
    tableWords(plan.presets, names.presets),
    ...plan.presets.changes.map((change) => `  ${titleOf(change)}: the whole preset`),
  ];
}

export const isNothing = ({ destinations, presets }: MigrationPlan): boolean =>
  destinations.changes.length + presets.changes.length === 0;

const tableWords = ({ read, complete, changes }: TablePlan, name: string): string =>
  `${name}: ${rows(read)}, ${complete} complete; ${changes.length} to add to.`;

/** What has been done, and what has not. */
export function reportWords(report: MigrationReport, names: TableNames): string[] {
  const { backups, destinations, presets } = report;
  return [
    ...backups.map((backup) => `Backup: ${backup}`),
    `${names.destinations}: added to ${destinations.changed.length} of ${rows(destinations.read)}.`,
    ...destinations.skipped.map(skippedWords),
    `${names.presets}: ${presets.changed.length} presets added to ${presets.read}.`,
    ...presets.skipped.map(skippedWords),
  ];
}

/** How many rows were changed in both tables. */
export const changedIn = ({ destinations, presets }: MigrationReport): number =>
  [destinations, presets].reduce((sum, { changed }: TableReport) => sum + changed.length, 0);

/** What is taken back, and what stays because somebody has changed it since. */
export function undoWords(report: UndoReport, names: TableNames): string[] {
  return [
    ...undoneWords(report.destinations, names.destinations),
    ...undoneWords(report.presets, names.presets),
  ];
}

function undoneWords(undone: readonly Undone[], table: string): string[] {
  const taken = undone.filter(({ removed }) => removed.length > 0);
  const kept = undone.filter(({ kept }) => kept.length > 0);
  return [
    `${table}: ${taken.length} of ${rows(undone.length)} that the migration had added to.`,
    ...kept.map(({ id, kept }) => `  ${id} keeps ${kept.join(", ")}: changed since.`),
  ];
}

const rows = (count: number): string => `${count} ${count === 1 ? "row" : "rows"}`;

const skippedWords = ({ why, ...row }: Skipped): string => `  ${titleOf(row)} is left out: ${why}.`;

/** ARNs hold the account's id, and follow from the channel's. */
const valuesOf = ({ added, replaced }: Change): string =>
  Object.entries(added)
    .filter(([name]) => name !== "medialive_channel_arn")
    .map(([name, value]) =>
      Object.hasOwn(replaced, name)
        ? `channel ${replaced[name]} is gone; ${value} instead`
        : `${name} ${value === null ? "NULL" : String(value)}`,
    )
    .join(", ");

/** Names are free text, and this is a terminal. */
const titleOf = ({ id, name }: { id: string; name: string }): string =>
  (name === id ? id : `${name} (${id})`).replace(/\p{C}/gu, " ").slice(0, 120);
