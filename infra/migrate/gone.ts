import type { OpsTable } from "../../src/aws/ops-table.ts";
import { isOpsError } from "../../src/errors.ts";
import { goneAmong } from "./channels.ts";
import type { MigrationOptions } from "./migrate.ts";
import { type Channel, channelOf, type Item, titleOf } from "./plan.ts";
import { type Addition, isOurs, readRecords } from "./records.ts";

type Finding = Pick<MigrationOptions, "clients" | "ops" | "tables"> & {
  rows: readonly Item[];
  channels: ReadonlyMap<string, Channel>;
};

/**
 * The channels' attributes that the migration itself has given to rows and that are gone by now, by the row's id: whoever
 * removes the channels and deploys them again gets others. A channel that still exists, or that somebody else has written
 * into a row, is left there; so is one whose platform has no other.
 */
export async function findGone(finding: Finding): Promise<ReadonlyMap<string, Item>> {
  const { clients, ops, tables, rows, channels } = finding;
  const elsewhere = rows.filter((row) => namesAnother(row, channelOf(row, { channels })));
  if (elsewhere.length === 0) return new Map();
  const records = await recordsOf(ops, tables.destinations);
  const ours = elsewhere.flatMap((row) => {
    const { id } = titleOf(row, "destination_id");
    const given = givenTo(row, records.get(id));
    return given === null ? [] : [{ id, given }];
  });
  const ids = ours.map(({ given }) => given.medialive_channel_id);
  const gone = await goneAmong(clients, ids);
  const dead = ours.filter(({ given }) => gone.has(given.medialive_channel_id));
  return new Map(dead.map(({ id, given }) => [id, given]));
}

function namesAnother({ medialive_channel_id: id }: Item, channel: Channel | null): boolean {
  return typeof id === "string" && id !== "" && channel !== null && channel.id !== id;
}

/** Both attributes of a row's channel, if the migration has written both of them and nobody else since. */
function givenTo(row: Item, record: Addition | undefined) {
  const { medialive_channel_id, medialive_channel_arn } = row;
  if (record === undefined || typeof medialive_channel_id !== "string") return null;
  const given = { medialive_channel_id, medialive_channel_arn };
  return Object.entries(given).every(([name, value]) => isOurs(record, name, value)) ? given : null;
}

/** Without a table of ours nothing was ever written by a migration. */
const recordsOf = (ops: OpsTable, table: string) =>
  readRecords(ops, table).catch((error: unknown) => {
    if (isOpsError(error, "not-configured")) return new Map<string, Addition>();
    throw error;
  });
