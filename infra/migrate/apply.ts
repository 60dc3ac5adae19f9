import { isDeepStrictEqual } from "node:util";
import type { OpsTable } from "../../src/aws/ops-table.ts";
import { isOpsError, OpsError } from "../../src/errors.ts";
import {
  type Change,
  type Item,
  isEmpty,
  type Known,
  needOf,
  type Skipped,
  type TablePlan,
} from "./plan.ts";
import { type Addition, removeRecord, writeRecord } from "./records.ts";
import { addAttributes, insertRow, isUnwritable, readRow, type Table } from "./rows.ts";

/** What was done to one table. */
export type TableReport = {
  read: number;
  changed: readonly Change[];
  skipped: readonly Skipped[];
};

/** One change, and what the migration has added to its row before. */
type Todo = { change: Change; before: Addition | undefined };

type Need = Pick<Change, "added" | "replaced">;

const nothing: Need = { added: {}, replaced: {} };

/** Makes one change, and answers what it has really added. */
type Act = (ops: OpsTable, table: Table, todo: Todo) => Promise<Item>;

type Job = { table: Table; plan: TablePlan; records: ReadonlyMap<string, Addition>; act: Act };
type Hearing = { ops: OpsTable; say(line: string): void; ending?: AbortSignal | undefined };

/**
 * Makes every change of a table, each by itself. Throws at the first that fails, and before the next when somebody has had
 * enough, and says how far it came.
 */
export async function applyAll(
  { ops, say, ending }: Hearing,
  { table, plan, records, act }: Job,
): Promise<TableReport> {
  const { read, changes } = plan;
  const changed: Change[] = [];
  const skipped = [...plan.skipped];
  for (const [index, change] of changes.entries()) {
    if (ending?.aborted) throw stopped(`${index} of ${changes.length} rows`, table);
    const todo = { change, before: records.get(change.id) };
    try {
      const added = await act(ops, table, todo);
      if (!isEmpty(added)) changed.push({ ...change, added });
    } catch (error) {
      if (!isUnwritable(error)) throw halfWay(error, `${index} of ${changes.length} rows`, table);
      await putBack(ops, table, todo);
      skipped.push({ ...change, why: "DynamoDB takes no more of it, it is too large" });
    }
    if ((index + 1) % 25 === 0) say(`${table.name}: ${index + 1} of ${changes.length} rows …`);
  }
  return { read, changed, skipped };
}

const mostTries = 5;

/** Adds to a row what it lacks, and a channel for one that is gone; what somebody writes in between is there, and the rest is added all the same. */
export const amend =
  (known: Known): Act =>
  async (ops, table, todo) => {
    const { change, before } = todo;
    let need: Need = change;
    for (let tries = 0; tries < mostTries; tries += 1) {
      await writeRecord(ops, table.name, together(change.id, before, need));
      const left = await tryToAdd(table, { ...change, ...need }, known);
      if (left === null) return need.added;
      need = left;
      if (isEmpty(need.added)) {
        await putBack(ops, table, todo);
        return need.added;
      }
    }
    throw new OpsError("conflict", `${change.name} (${change.id}) is being changed all the time.`);
  };

/** Both of what was there and what comes, so that it can be taken back whether the row is written after this or not. */
function together(id: string, before: Addition | undefined, { added, replaced }: Need): Addition {
  const earlier = { ...before?.earlier, ...replaced };
  const all = { id, added: { ...before?.added, ...added } };
  return isEmpty(earlier) ? all : { ...all, earlier };
}

/** Null once everything is there; otherwise what the row needs by now, which is nothing for one that is gone. */
async function tryToAdd(table: Table, change: Change, known: Known): Promise<Need | null> {
  if (await addAttributes(table, change)) return null;
  const row = await readRow(table, change.id);
  if (row === undefined) return nothing;
  return hasAll(row, change.added) ? null : (needOf(row, known) ?? nothing);
}

/** Inserts a preset that is not there. */
export const insert: Act = async (ops, table, { change, before }) => {
  const { id, added } = change;
  await writeRecord(ops, table.name, { id, added });
  if (await insertRow(table, added)) return added;
  if (isDeepStrictEqual(await readRow(table, id), added)) return added;
  await putBack(ops, table, { change, before });
  return {};
};

/** A request that was repeated because its answer was lost finds what it has written itself. */
const hasAll = (row: Item, added: Item) =>
  Object.entries(added).every(([name, value]) => isDeepStrictEqual(row[name], value));

/** The record as it was, where nothing had to be added in the end. */
const putBack = (ops: OpsTable, table: Table, { change, before }: Todo): Promise<void> =>
  before === undefined
    ? removeRecord(ops, table.name, change.id)
    : writeRecord(ops, table.name, before);

/** Nobody has failed: a person has stopped it between two rows. */
export const stopped = (done: string, { name }: Table): OpsError =>
  new OpsError("conflict", `Stopped after ${done} of ${name}.`, {
    hint: "What is done stays done; run it again to go on.",
  });

/** What stopped the migration, and that nothing is lost by it. */
export function halfWay(error: unknown, done: string, { name }: Table): unknown {
  if (!isOpsError(error)) return error;
  const { code, message, hint, context, cause } = error;
  return new OpsError(code, `After ${done} of ${name}: ${message}`, {
    hint: [hint, "What is done stays done; run it again to go on."].filter(Boolean).join(" "),
    context,
    cause,
  });
}
