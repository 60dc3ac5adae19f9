import { DeleteCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultPresets } from "../../../infra/migrate/presets.ts";
import { type AwsStage, openAwsStage } from "../../support/aws-stage.ts";
import {
  b2Row,
  customRow,
  dRow,
  hlsRow,
  newPreset,
  oldestRow,
  oldPreset,
} from "../../support/legacy-rows.ts";
import { aMigration, type Migration, type Row } from "../../support/migration.ts";

let stage: AwsStage;
beforeAll(async () => {
  stage = await openAwsStage();
});
afterAll(() => stage.close());

const destinations = [hlsRow, customRow, dRow, b2Row, oldestRow];
/** Four defaults are there, one of them as somebody has tuned it. */
const presets = [oldPreset, newPreset, ...defaultPresets.slice(4)];

const setStatus = ({ clients, tables }: Migration, destination_id: string) =>
  clients.dynamoDb.send(
    new UpdateCommand({
      TableName: tables.destinations,
      Key: { destination_id },
      UpdateExpression: "SET channel_status = :status",
      ExpressionAttributeValues: { ":status": "running" },
    }),
  );

describe("undo", () => {
  it("restores both tables to the letter, and finds nothing the second time", async () => {
    using migration = await aMigration(stage, { destinations, presets });
    const before = await migration.all();
    await migration.migrate();
    const { destinations: undone } = await migration.undo();
    expect(undone).toHaveLength(5);
    expect(await migration.all()).toEqual(before);
    expect(await migration.records()).toEqual([]);
    expect(await migration.undo()).toEqual({ destinations: [], presets: [] });
  });

  it("keeps and names what somebody has changed since", async () => {
    const presets = defaultPresets.slice(2);
    using migration = await aMigration(stage, { destinations: [hlsRow], presets });
    await migration.migrate();
    await setStatus(migration, hlsRow.destination_id);
    const tuned = { ...defaultPresets[0], name: "Tuned" };
    await migration.put("presets", tuned);
    const report = await migration.undo();
    expect(report.destinations).toEqual([
      {
        id: hlsRow.destination_id,
        removed: ["last_channel_sync"],
        kept: ["channel_status"],
      },
    ]);
    expect(await migration.row(hlsRow.destination_id)).toEqual({
      ...hlsRow,
      channel_status: "running",
    });
    expect(report.presets.filter(({ kept }) => kept.length > 0)).toEqual([
      { id: tuned.preset_id, removed: [], kept: ["name", "created_at", "updated_at"] },
    ]);
    expect(await migration.presets()).toHaveLength(presets.length + 1);
    expect(await migration.presets()).toContainEqual(tuned);
  });

  it("keeps what somebody changes while it runs", async () => {
    using migration = await aMigration(stage, { destinations: [hlsRow] });
    await migration.migrate();
    let written = false;
    migration.around(async (operation, send) => {
      if (operation === "UpdateItem" && !written) {
        written = true;
        await setStatus(migration, hlsRow.destination_id);
      }
      return send();
    });
    const { destinations: undone } = await migration.undo();
    expect(undone[0]).toMatchObject({ kept: ["channel_status"] });
    expect(await migration.row(hlsRow.destination_id)).toMatchObject({ channel_status: "running" });
  });

  it("only tells in a dry run", async () => {
    const some = { destinations: [hlsRow, dRow], presets: defaultPresets.slice(1) };
    using migration = await aMigration(stage, some);
    await migration.migrate();
    const before = [await migration.all(), await migration.records()];
    const told = await migration.undo({ dryRun: true });
    expect([await migration.all(), await migration.records()]).toEqual(before);
    expect(await migration.undo()).toEqual(told);
  });

  it("makes nothing of rows that are gone, and nothing of rows made anew", async () => {
    using migration = await aMigration(stage, { destinations: [hlsRow, customRow] });
    await migration.migrate();
    const { clients, tables } = migration;
    const TableName = tables.destinations;
    const Key = { destination_id: hlsRow.destination_id };
    await clients.dynamoDb.send(new DeleteCommand({ TableName, Key }));
    await clients.dynamoDb.send(new PutCommand({ TableName, Item: customRow }));
    const { destinations: undone } = await migration.undo();
    expect(undone.flatMap(({ removed, kept }) => [...removed, ...kept])).toEqual([]);
    expect(await migration.destinations()).toEqual([customRow]);
  });
});

const ours = ["medialive_channel_id", "medialive_channel_arn", "channel_status"];
const others = ["last_channel_sync", "preset_id", "created_at", "updated_at", "timestamp"];
const anyValue = fc.oneof(
  fc.constantFrom(null, "idle", "", "2025-08-01T10:00:00Z", "preset_gone", true, 7),
  fc.array(fc.constantFrom("a", 1, null), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("x", 2, null), {
    noNullPrototype: true,
  }),
);
const anyRow = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...ours, ...others, "status", "extra"), anyValue, {
      noNullPrototype: true,
    }),
    fc.constantFrom<unknown>("hls", "youtube", "twitch", "restream", "no such", null, 3),
  )
  .map(([row, platform]): Row => ({ ...row, platform }));

/** Rows with ids of their own, and the request to DynamoDB at which the process dies, before or after its effect. */
const anyEvening = fc.record({
  rows: fc
    .array(anyRow, { minLength: 1, maxLength: 3 })
    .map((rows) => rows.map((row, index) => ({ ...row, destination_id: `dest_${index}` }))),
  diesAt: fc.nat(30),
  after: fc.boolean(),
});

describe("a migration of any rows, killed anywhere", () => {
  it("goes on, changes nothing that was there, changes nothing twice, and is undone exactly", async () => {
    await fc.assert(
      fc.asyncProperty(anyEvening, async ({ rows, diesAt, after }) => {
        using migration = await aMigration(stage, { destinations: rows, presets });
        const before = await migration.all();
        await killed(migration, { diesAt, after }, () => migration.migrate());
        await migration.migrate();
        for (const row of rows)
          expect(await migration.row(row.destination_id)).toEqual(expect.objectContaining(row));
        const between = await migration.all();
        const again = await migration.migrate();
        expect([...again.destinations.changed, ...again.presets.changed]).toEqual([]);
        expect(await migration.all()).toEqual(between);
        await killed(migration, { diesAt, after }, () => migration.undo());
        await migration.undo();
        expect(await migration.all()).toEqual(before);
        expect(await migration.records()).toEqual([]);
      }),
      { numRuns: 12, interruptAfterTimeLimit: 8_000 },
    );
  }, 60_000);
});

type Death = { diesAt: number; after: boolean };

/** Lets a process die at a request; what it did until then stays. */
async function killed(migration: Migration, { diesAt, after }: Death, run: () => Promise<unknown>) {
  let requests = 0;
  migration.around(async (_operation, send) => {
    requests += 1;
    if (requests < diesAt + 1) return send();
    if (after && requests === diesAt + 1) await send();
    throw new Error("killed");
  });
  await run().catch(() => undefined);
  migration.around((_operation, send) => send());
}
