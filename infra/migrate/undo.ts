import { isDeepStrictEqual } from "node:util";
import { OpsError } from "../../src/errors.ts";
import { halfWay, stopped } from "./apply.ts";
import { type MigrationOptions, tablesOf } from "./migrate.ts";
import type { Item } from "./plan.ts";
import { type Addition, isOurs, readRecords, removeRecord } from "./records.ts";
import { deleteRow, readRow, removeAttributes, type Table } from "./rows.ts";

/** A row with what was taken back of it, and what was not because somebody has changed it since. */
export type Undone = { id: string; removed: readonly string[]; kept: readonly string[] };

export type UndoReport = { destinations: readonly Undone[]; presets: readonly Undone[] };

type UndoOptions = { dryRun: boolean };

/**
 * Takes back what the migration has added and nobody has changed since: attributes of destinations, and whole presets. A
 * dry run only tells. Whatever stops it half way, a person too, the next one goes on; a
 * second one finds nothing.
 */
export async function undoMigration(
  options: MigrationOptions,
  { dryRun }: UndoOptions = { dryRun: false },
): Promise<UndoReport> {
  const { destinations, presets } = tablesOf(options);
  const undo = (table: Table, ways: Ways) =>
    undoTable(table, ways, { ops: options.ops, ending: options.ending, dryRun });
  return {
    destinations: await undo(destinations, { judge: byAttribute, take: removeAttributes }),
    presets: await undo(presets, { judge: asWhole, take: deleteRow }),
  };
}

type Undoing = UndoOptions & Pick<MigrationOptions, "ops" | "ending">;

async function undoTable(table: Table, ways: Ways, { ops, ending, dryRun }: Undoing) {
  const records = await readRecords(ops, table.name);
  const undone: Undone[] = [];
  for (const record of records.values()) {
    const done = `${undone.length} of ${records.size} rows`;
    if (ending?.aborted) throw dryRun ? stoppedLooking() : stopped(done, table);
    try {
      undone.push(await undoRow(table, record, dryRun ? { ...ways, take: pretend } : ways));
      if (!dryRun) await removeRecord(ops, table.name, record.id);
    } catch (error) {
      throw halfWay(error, done, table);
    }
  }
  return undone;
}

const stoppedLooking = () => new OpsError("conflict", "Stopped; nothing has been changed.");

type Verdict = { ours: Item; kept: readonly string[] };

type Ways = {
  /** What of a row is still as it was added. */
  judge(row: Item, record: Addition): Verdict;
  /** Takes it away if it still is: false when it is not. */
  take(table: Table, id: string, ours: Item): Promise<boolean>;
};

const pretend: Ways["take"] = () => Promise.resolve(true);

const mostTries = 5;

async function undoRow(table: Table, record: Addition, ways: Ways): Promise<Undone> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { id } = record;
    const row = await readRow(table, id);
    const { ours, kept } = row === undefined ? gone : ways.judge(row, record);
    const removed = Object.keys(ours);
    if (removed.length === 0 || (await ways.take(table, id, ours))) return { id, removed, kept };
  }
  throw new OpsError("conflict", `${record.id} is being changed all the time.`);
}

const gone: Verdict = { ours: {}, kept: [] };

/** What is not there any more has been taken back already. */
function byAttribute(row: Item, record: Addition): Verdict {
  const there = Object.keys(record.added).filter((name) => Object.hasOwn(row, name));
  const same = there.filter((name) => isOurs(record, name, row[name]));
  return {
    ours: Object.fromEntries(same.map((name) => [name, row[name]])),
    kept: there.filter((name) => !same.includes(name)),
  };
}

/** A preset that somebody has changed in any way is theirs. */
function asWhole(row: Item, { added }: Addition): Verdict {
  if (isDeepStrictEqual(row, added)) return { ours: added, kept: [] };
  const names = new Set([...Object.keys(row), ...Object.keys(added)]);
  const kept = [...names].filter((name) => !isDeepStrictEqual(row[name], added[name]));
  return { ours: {}, kept };
}
