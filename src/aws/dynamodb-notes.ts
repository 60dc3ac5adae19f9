import { addDays } from "date-fns/addDays";
import { getUnixTime } from "date-fns/getUnixTime";
import * as z from "zod";
import { OpsError } from "../errors.ts";
import type { Clock, Notes } from "../manager/ports.ts";
import { type OpsTable, putOps, queryOps, readOps, understood } from "./ops-table.ts";

/**
 * Short words under keys, in one partition. A note that is removed leaves an item without words for a while: its `write_id`
 * tells a writer whose answer was lost that the removal was its own. DynamoDB sweeps it away later, and nothing rests on
 * when; a note that is written anew has no `expires_at`.
 */
export function dynamoNotes(ops: OpsTable, clock: Clock): Notes {
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
      const left =
        words === null ? { expires_at: getUnixTime(addDays(clock.now(), keptDays)) } : { words };
      const item = { ...where, ...left, write_id };
      if (await putOps(ops, item, whileStill(previous))) return;
      if ((await readOps(ops, where))?.write_id === write_id) return;
      throw new OpsError("conflict", "Somebody else changed this in between.");
    },
  };
}

/** How long what a removal leaves is kept: longer than anybody waits for an answer. */
const keptDays = 2;

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
