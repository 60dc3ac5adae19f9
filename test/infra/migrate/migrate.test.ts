import { ListBackupsCommand, RestoreTableFromBackupCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultPresets } from "../../../infra/migrate/presets.ts";
import { type AwsStage, openAwsStage } from "../../support/aws-stage.ts";
import {
  b2Row,
  customRow,
  damagedRow,
  dRow,
  hlsRow,
  newPreset,
  oldestRow,
  oldPreset,
} from "../../support/legacy-rows.ts";
import { aMigration, type Migration, migratedAt, waitingClock } from "../../support/migration.ts";

let stage: AwsStage;
beforeAll(async () => {
  stage = await openAwsStage();
});
afterAll(() => stage.close());

const legacy = { destinations: [hlsRow, customRow, dRow, b2Row, oldestRow] };
const presets = [oldPreset, newPreset];

/** The dedicated channels of the local world, as the stack's outputs name them. */
const channelIds = (): Record<string, string> =>
  Object.fromEntries(
    Object.values(stage.world.data.channels).map(({ id, platform }) => [platform, id]),
  );

const backupsOf = async ({ clients, tables }: Migration) => {
  const { BackupSummaries = [] } = await clients.dynamoDb.send(new ListBackupsCommand({}));
  const ours = Object.values(tables);
  return BackupSummaries.filter(({ TableName = "" }) => ours.includes(TableName));
};

describe("a migration", () => {
  it("adds to rows of every version what they lack, and keeps the rest to the letter", async () => {
    using migration = await aMigration(stage, legacy);
    const report = await migration.migrate({ channelIds: channelIds() });
    expect(report.destinations).toMatchObject({ read: 5, skipped: [] });
    expect(report.destinations.changed).toHaveLength(5);
    for (const before of legacy.destinations)
      expect(await migration.row(before.destination_id)).toMatchObject(before);
    expect(await migration.row(hlsRow.destination_id)).toEqual({
      ...hlsRow,
      medialive_channel_id: channelIds().primary,
      medialive_channel_arn: expect.stringMatching(/^arn:aws:medialive:us-west-2:\d{12}:channel:/),
      channel_status: "idle",
      last_channel_sync: null,
    });
    expect(await migration.row(oldestRow.destination_id)).toMatchObject({
      preset_id: "preset_linkedin_720p_professional",
      created_at: "2025-08-01T10:00:00.000Z",
      updated_at: migratedAt,
    });
  });

  it("adds the presets that are missing, and leaves both shapes to the letter", async () => {
    using migration = await aMigration(stage, { presets });
    const report = await migration.migrate();
    const after = await migration.presets();
    expect(report.presets.changed).toHaveLength(6);
    expect(after).toHaveLength(8);
    expect(after).toContainEqual(oldPreset);
    expect(after).toContainEqual(newPreset);
  });

  it("changes nothing the second time, and makes no further backup", async () => {
    using migration = await aMigration(stage, { ...legacy, presets });
    const first = await migration.migrate({ channelIds: channelIds() });
    const before = await migration.all();
    const second = await migration.migrate({ channelIds: channelIds(), clock: waitingClock() });
    expect(first.backups).toHaveLength(2);
    expect(second).toMatchObject({
      backups: [],
      destinations: { read: 5, changed: [] },
      presets: { read: 8, changed: [] },
    });
    expect(await migration.all()).toEqual(before);
    expect(await backupsOf(migration)).toHaveLength(2);
  });

  it("backs each table up before it changes it, under the name of old", async () => {
    using migration = await aMigration(stage, legacy);
    const at = new Date(migratedAt).getTime();
    const { backups } = await migration.migrate();
    const { destinations } = migration.tables;
    expect(backups[0]).toBe(`${destinations}-migration-backup-${at}`);
    const [made] = (await backupsOf(migration)).filter(
      ({ TableName }) => TableName === destinations,
    );
    const restore = { TargetTableName: `${destinations}-restored`, BackupArn: made?.BackupArn };
    await migration.clients.dynamoDb.send(new RestoreTableFromBackupCommand(restore));
    const scan = new ScanCommand({ TableName: restore.TargetTableName });
    const { Items = [] } = await migration.clients.dynamoDb.send(scan);
    expect(Items).toHaveLength(5);
    expect(Items).toContainEqual(hlsRow);
  });

  it("names a damaged row and a row that is full, and changes the others", async () => {
    const full = { ...dRow, destination_id: "dest_full", notes: "x".repeat(409_300) };
    using migration = await aMigration(stage, { destinations: [damagedRow, full, hlsRow] });
    const { destinations } = await migration.migrate();
    expect(destinations.changed.map(({ id }) => id)).toEqual([hlsRow.destination_id]);
    expect(destinations.skipped.map(({ id, why }) => [id, why])).toEqual([
      ["dest_damaged", "it names no platform"],
      ["dest_full", "DynamoDB takes no more of it, it is too large"],
    ]);
    expect(await migration.row("dest_full")).toEqual(full);
  });

  it("reads tables of many pages", async () => {
    const rows = Array.from({ length: 4 }, (_, index) => ({
      ...dRow,
      destination_id: `dest_${index}`,
      notes: "x".repeat(300_000),
    }));
    using migration = await aMigration(stage, { destinations: rows });
    expect((await migration.plan()).destinations.changes).toHaveLength(4);
  });

  it("keeps what somebody writes in between, and adds the rest", async () => {
    using migration = await aMigration(stage, { destinations: [hlsRow] });
    let written = false;
    migration.around(async (operation, send) => {
      if (operation === "UpdateItem" && !written) {
        written = true;
        await sync(migration, hlsRow.destination_id);
      }
      return send();
    });
    const { destinations } = await migration.migrate({ channelIds: channelIds() });
    expect(Object.keys(destinations.changed[0]?.added ?? {})).toEqual([
      "medialive_channel_id",
      "medialive_channel_arn",
    ]);
    expect(await migration.row(hlsRow.destination_id)).toMatchObject(synced);
  });

  it("forgets a row that is deleted in between", async () => {
    using migration = await aMigration(stage, { destinations: [hlsRow] });
    migration.around(async (operation, send) => {
      if (operation === "UpdateItem") await remove(migration, hlsRow.destination_id);
      return send();
    });
    expect((await migration.migrate()).destinations.changed).toEqual([]);
    expect(await migration.destinations()).toEqual([]);
    expect((await migration.undo()).destinations).toEqual([]);
  });

  it("sees its own write when only the answer was lost", async () => {
    const missing = defaultPresets.slice(1);
    using migration = await aMigration(stage, { destinations: [hlsRow], presets: missing });
    const before = await migration.all();
    for (const operation of ["UpdateItem", "PutItem"])
      stage.aws.faults.add({ service: "dynamodb", operation, kind: "lost-response", times: 1 });
    const report = await migration.migrate();
    expect(report.destinations.changed).toHaveLength(1);
    expect(report.presets.changed).toHaveLength(1);
    await migration.undo();
    expect(await migration.all()).toEqual(before);
  });
});

describe("a migration that cannot be", () => {
  it("stops before anything is changed when a backup fails", async () => {
    using migration = await aMigration(stage, legacy);
    const before = await migration.all();
    migration.around((operation, send) =>
      operation === "CreateBackup" ? Promise.reject(accessDenied()) : send(),
    );
    await expect(migration.migrate()).rejects.toMatchObject({
      code: "aws-refused",
      message: expect.stringMatching(/^Could not back up the table table-\d+: /),
      hint: "Its IAM policy must allow dynamodb:CreateBackup.",
    });
    expect(await migration.all()).toEqual(before);
    expect(await migration.records()).toEqual([]);
  });

  it("stops when a backup does not become available", async () => {
    using migration = await aMigration(stage, legacy);
    const clock = waitingClock();
    const creating = { BackupDescription: { BackupDetails: { BackupStatus: "CREATING" } } };
    migration.around(async (operation, send) =>
      operation === "DescribeBackup" ? { output: creating, response: {} } : send(),
    );
    await expect(migration.migrate({ clock })).rejects.toMatchObject({ code: "timed-out" });
    expect(clock.waitedMs()).toBeGreaterThanOrEqual(900_000);
    expect(await migration.destinations()).not.toContainEqual(expect.objectContaining(synced));
    expect(await migration.records()).toEqual([]);
  });

  it.each([
    {
      table: "destinations",
      name: "no-such-table",
      message: /^There is no table named no-such-table/,
    },
    { table: "presets", name: "no-such-table", message: /^There is no table named no-such-table/ },
    { table: "destinations", name: "presets", message: /has rows without destination_id\.$/ },
  ])("says that a table is wrong when $table is $name", async ({ table, name, message }) => {
    using migration = await aMigration(stage, { presets: [oldPreset] });
    const wrong = name === "presets" ? migration.tables.presets : name;
    const tables = { ...migration.tables, [table]: wrong };
    await expect(migration.migrate({ tables })).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/DESTINATIONS_TABLE and PRESETS_TABLE .*--region us-west-2/),
    });
    expect(await migration.presets()).toEqual([oldPreset]);
  });

  it("needs a table of ours before it makes a backup", async () => {
    using migration = await aMigration(stage, legacy);
    const ops = { ...migration.options.ops, table: "no-ops" };
    await expect(migration.migrate({ ops })).rejects.toMatchObject({
      message: "There is no table named no-ops in this account and region.",
      hint: expect.stringContaining("npm run infra -- deploy --only tables"),
    });
    expect(await backupsOf(migration)).toEqual([]);
  });

  it("refuses a channel that is not there", async () => {
    using migration = await aMigration(stage, legacy);
    await expect(migration.plan({ channelIds: { twitch: "404404" } })).rejects.toMatchObject({
      code: "not-configured",
      message: "There is no channel 404404, which should be twitch's.",
    });
  });

  it("says how far it came, and the next one goes on", async () => {
    using migration = await aMigration(stage, legacy);
    let updates = 0;
    migration.around((operation, send) => {
      if (operation === "UpdateItem") updates += 1;
      return operation === "UpdateItem" && updates === 3 ? Promise.reject(throttled()) : send();
    });
    await expect(migration.migrate()).rejects.toMatchObject({
      code: "aws-throttled",
      message: expect.stringMatching(/^After 2 of 5 rows of table-\d+: Could not write the table/),
      hint: expect.stringContaining("run it again to go on"),
    });
    expect((await migration.migrate()).destinations.changed).toHaveLength(3);
    expect((await migration.plan()).destinations.complete).toBe(5);
  });
});

const named = (name: string, status: number) =>
  Object.assign(new Error("in AWS's own words"), { name, $metadata: { httpStatusCode: status } });
const accessDenied = () => named("AccessDeniedException", 400);
const throttled = () => named("ThrottlingException", 400);

const synced = { channel_status: "running", last_channel_sync: "2026-11-22T19:00:01.000Z" };

const sync = ({ clients, tables }: Migration, id: string) =>
  clients.dynamoDb.send(
    new UpdateCommand({
      TableName: tables.destinations,
      Key: { destination_id: id },
      UpdateExpression: "SET channel_status = :status, last_channel_sync = :at",
      ExpressionAttributeValues: {
        ":status": synced.channel_status,
        ":at": synced.last_channel_sync,
      },
    }),
  );

const remove = ({ clients, tables }: Migration, destination_id: string) =>
  clients.dynamoDb.send(
    new DeleteCommand({ TableName: tables.destinations, Key: { destination_id } }),
  );
