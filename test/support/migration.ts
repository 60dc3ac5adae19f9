import { BatchWriteCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { type MigrationOptions, migrate, planMigration } from "../../infra/migrate/migrate.ts";
import { defaultPresets } from "../../infra/migrate/presets.ts";
import { undoMigration } from "../../infra/migrate/undo.ts";
import { createAwsClients } from "../../src/aws/clients.ts";
import type { Clock } from "../../src/manager/ports.ts";
import type { AwsStage } from "./aws-stage.ts";
import { anOpsTable } from "./ops-table.ts";

export type Row = Record<string, unknown>;

/** When the migrations of tests happen. */
export const migratedAt = "2026-11-22T19:00:00.000Z";

/** A clock that goes on only while somebody waits. */
export function waitingClock(): Clock & { waitedMs(): number } {
  let waited = 0;
  return {
    now: () => new Date(new Date(migratedAt).getTime() + waited),
    sleep: async (ms) => {
      waited += ms;
    },
    waitedMs: () => waited,
  };
}

/** Called around each request to DynamoDB; what it throws ends the migration there. */
export type Around = (operation: string, send: () => Promise<unknown>) => Promise<unknown>;

type Rows = { destinations?: readonly Row[]; presets?: readonly Row[] };

/**
 * Two tables of the existing system with these rows, and a migration of them through the real SDK. No preset is missing
 * unless `presets` says so.
 */
export async function aMigration(stage: AwsStage, rows: Rows) {
  const clients = createAwsClients(stage.options);
  let around: Around = (_operation, send) => send();
  clients.dynamoDb.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (input) => {
        const answer = (await around(commandName.replace("Command", ""), () => next(input))) as
          | Awaited<ReturnType<typeof next>>
          | undefined;
        if (answer === undefined) throw new Error("the answer was taken away");
        return answer;
      },
    { step: "initialize", name: "aroundRequests" },
  );
  const tables = {
    destinations: await stage.table("destination_id"),
    presets: await stage.table("preset_id"),
  };
  const said: string[] = [];
  const options: MigrationOptions = {
    clients,
    tables,
    ops: await anOpsTable(stage, clients),
    channelIds: {},
    clock: waitingClock(),
    say: (line) => void said.push(line),
  };
  const put = async (table: keyof typeof tables, ...items: readonly Row[]) => {
    if (items.length === 0) return;
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    const RequestItems = { [tables[table]]: requests };
    await clients.dynamoDb.send(new BatchWriteCommand({ RequestItems }));
  };
  const read = async (TableName: string): Promise<Row[]> => {
    const { Items = [] } = await clients.dynamoDb.send(new ScanCommand({ TableName }));
    return Items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  };
  await put("destinations", ...(rows.destinations ?? []));
  await put("presets", ...(rows.presets ?? defaultPresets));
  return {
    clients,
    tables,
    options,
    said,
    put,
    destinations: () => read(tables.destinations),
    presets: () => read(tables.presets),
    records: () => read(options.ops.table),
    /** Everything in both tables. */
    all: async () => [await read(tables.destinations), await read(tables.presets)],
    row: async (id: string) =>
      (await read(tables.destinations)).find(({ destination_id }) => destination_id === id),
    plan: (more: Partial<MigrationOptions> = {}) => planMigration({ ...options, ...more }),
    migrate: (more: Partial<MigrationOptions> = {}) => migrate({ ...options, ...more }),
    undo: (how?: { dryRun: boolean }, more: Partial<MigrationOptions> = {}) =>
      undoMigration({ ...options, ...more }, how),
    around: (next: Around) => {
      around = next;
    },
    [Symbol.dispose]: () => clients.close(),
  };
}

export type Migration = Awaited<ReturnType<typeof aMigration>>;
