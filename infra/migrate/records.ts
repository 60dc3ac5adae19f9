import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type OpsTable, putOps, queryOps, removeOps, understood } from "../../src/aws/ops-table.ts";
import { withHint } from "./hint.ts";
import type { Item } from "./plan.ts";

/** What the migration has added to a row, or is about to: written down first, so that nothing is added unrecorded. */
export type Addition = {
  id: string;
  added: Item;
  /** What it had added before in the place of some of it: until the row is written, that is what stands there. */
  earlier?: Item | undefined;
};

const deployFirst =
  "What is added is written down there; npm run infra -- deploy --only tables makes it.";

const schema = z
  .object({
    sk: z.string(),
    added: z.record(z.string(), z.unknown()),
    earlier: z.record(z.string(), z.unknown()).optional(),
  })
  .transform(({ sk, ...rest }): Addition => ({ id: sk, ...rest }));

const partition = (table: string) => `migration#${table}`;

/** Every record of a table, by the id of its row. Throws `not-configured` without a table of ours. */
export async function readRecords(ops: OpsTable, table: string): Promise<Map<string, Addition>> {
  const items = await queryOps(ops, { pk: partition(table) }).catch(withHint(deployFirst));
  const records = items.flatMap((item) => understood(ops, schema, item) ?? []);
  return new Map(records.map((record) => [record.id, record]));
}

/** Writes down what a row has from the migration by now. */
export async function writeRecord(ops: OpsTable, table: string, addition: Addition): Promise<void> {
  const { id, ...written } = addition;
  await putOps(ops, { pk: partition(table), sk: id, ...written });
}

/** Whether an attribute of a row is still as the migration has written it. */
export const isOurs = ({ added, earlier = {} }: Addition, name: string, value: unknown): boolean =>
  [added, earlier].some(
    (written) => Object.hasOwn(written, name) && isDeepStrictEqual(written[name], value),
  );

/** Forgets a row. */
export const removeRecord = (ops: OpsTable, table: string, id: string): Promise<void> =>
  removeOps(ops, { pk: partition(table), sk: id }, {});
