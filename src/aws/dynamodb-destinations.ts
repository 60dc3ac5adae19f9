import { type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Destination, DestinationChange } from "../domain/destination.ts";
import { OpsError } from "../errors.ts";
import type { Destinations, Ids } from "../manager/ports.ts";
import { attributesFrom } from "./destination-attributes.ts";
import { destinationFrom } from "./destination-row.ts";
import { askTable, readItem, updateItem } from "./tables.ts";

export type DestinationsTable = {
  client: DynamoDBDocumentClient;
  table: string;
  ids: Ids;
  /** Told at each reading of the table which rows cannot be understood: they are left out. */
  onUnreadable: (rows: readonly unknown[]) => void;
};

/** The existing destinations table: tolerant reads, and writes of our own attributes under the row's version. */
export function dynamoDestinations(options: DestinationsTable): Destinations {
  return {
    list: () => listDestinations(options),
    find: (id) => findDestination(options, id),
    update: (read, change) => updateDestination(options, read, change),
  };
}

async function listDestinations(options: DestinationsTable): Promise<Destination[]> {
  const { client, table, onUnreadable } = options;
  const call = { doing: `read the table ${table}`, operation: "dynamodb:Scan" };
  return askTable(table, call, async () => {
    const destinations: Destination[] = [];
    const unreadable: unknown[] = [];
    const input = { TableName: table, ConsistentRead: true };
    for await (const page of paginateScan({ client }, input)) {
      for (const row of page.Items ?? []) {
        const destination = destinationFrom(row);
        if (destination === null) unreadable.push(row);
        else destinations.push(destination);
      }
    }
    onUnreadable(unreadable);
    return destinations;
  });
}

async function findDestination(options: DestinationsTable, id: string): Promise<Destination> {
  const found = destinationFrom(await readRow(options, id));
  if (found === null) throw noDestination(id);
  return found;
}

async function updateDestination(
  options: DestinationsTable,
  read: Destination,
  change: DestinationChange,
): Promise<Destination> {
  const { client, table, ids } = options;
  const write_id = ids.next("write");
  const version = read.version + 1;
  const written = await updateItem(client, {
    table,
    key: { destination_id: read.id },
    attributes: { ...attributesFrom(read, change), version, write_id },
    ...whileVersion(read.version),
  });
  const row = destinationFrom(written?.Attributes);
  return row ?? (await afterRefusal(options, read.id, write_id));
}

/** A row that we have never written has no version, or something that is none. */
function whileVersion(version: number) {
  const exists = "attribute_exists(destination_id)";
  return version > 0
    ? { condition: `${exists} AND #version = :read`, values: { ":read": version } }
    : {
        condition: `${exists} AND (attribute_not_exists(#version) OR NOT attribute_type(#version, :number) OR #version <= :read)`,
        values: { ":number": "N", ":read": 0 },
      };
}

/** A repeated request finds its own first write when only the answer was lost: that is no conflict. */
async function afterRefusal(
  options: DestinationsTable,
  id: string,
  writeId: string,
): Promise<Destination> {
  const row = await readRow(options, id);
  const destination = destinationFrom(row);
  if (destination === null) throw noDestination(id);
  if (row?.write_id === writeId) return destination;
  throw new OpsError("conflict", "Somebody else changed this destination in between.", {
    context: { destinationId: id },
  });
}

/** DynamoDB keys are 1 to 2048 bytes long, so that nothing else can be found. */
const readRow = ({ client, table }: DestinationsTable, id: string) =>
  id === "" || id.length > 500
    ? Promise.resolve(undefined)
    : readItem(client, table, { destination_id: id });

const noDestination = (id: string) =>
  new OpsError("not-found", "There is no such destination.", {
    context: { destinationId: id.slice(0, 100) },
  });
