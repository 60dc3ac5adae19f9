import { z } from "zod";
import { OpsError } from "../errors.ts";
import type { Notes } from "../manager/ports.ts";
import { type OpsTable, putOps, queryOps, readOps, understood } from "./ops-table.ts";

/**
 * Short words under keys, in one partition. A note that is removed leaves an item without words: its `write_id` tells a
 * writer whose answer was lost that the removal was its own.
 */
export function dynamoNotes(ops: OpsTable): Notes {
  const pk = `site#${ops.site}#notes`;
  const read = async (key: string) => wordsOf(ops, await readOps(ops, { pk, sk: key }));
  return {
    read,
    list: async (prefix) => {
      const items = await queryOps(ops, { pk, ...beginningWith(prefix) });
      return items.flatMap((item) => {
        const words = wordsOf(ops, item);
        return words === null ? [] : [{ key: String(item.sk), words }];
      });
    },
    write: async (key, words, previous) => {
      const where = { pk, sk: key };
      const write_id = ops.ids.next("write");
      const item = { ...where, words: words ?? undefined, write_id };
      if (await putOps(ops, item, whileStill(previous))) return;
      if ((await readOps(ops, where))?.write_id === write_id) return;
      throw new OpsError("conflict", "Somebody else changed this in between.");
    },
  };
}

const itemSchema = z.object({ words: z.string().nullable().default(null) });

const wordsOf = (ops: OpsTable, item: unknown): string | null =>
  understood(ops, itemSchema, item)?.words ?? null;

/** DynamoDB refuses an empty string as a value of a key. */
const beginningWith = (prefix: string) =>
  prefix === "" ? {} : { where: "begins_with(sk, :prefix)", values: { ":prefix": prefix } };

const whileStill = (previous: string | null) =>
  previous === null
    ? { condition: "attribute_not_exists(words)" }
    : { condition: "words = :previous", values: { ":previous": previous } };
