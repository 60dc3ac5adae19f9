import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it, onTestFinished } from "vitest";
import { planWords } from "../../../infra/migrate/words.ts";
import { openAwsStage } from "../../support/aws-stage.ts";
import { dRow, hlsRow } from "../../support/legacy-rows.ts";
import { aMigration, type Migration, type Row } from "../../support/migration.ts";

const id = dRow.destination_id;
const { medialive_channel_id: _, medialive_channel_arn: __, ...bare } = dRow as Row;

/** Twitch's row, migrated when its channel was `old`; `fresh` is one that the next deployment has made. */
async function aSite(row: Row = bare) {
  const stage = await openAwsStage();
  onTestFinished(stage.close);
  const migration = await aMigration(stage, { destinations: [row] });
  onTestFinished(() => migration[Symbol.dispose]());
  const [old, fresh] = Object.values(stage.world.data.channels);
  if (old === undefined || fresh === undefined) throw new Error("The local world has channels.");
  const before = await migration.all();
  await migration.migrate({ channelIds: { twitch: old.id } });
  const { destinations, presets } = migration.tables;
  const later = { channelIds: { twitch: fresh.id } };
  return {
    ...{ migration, old, fresh, before, later },
    remove: () => {
      old.state = "DELETED";
    },
    words: async () =>
      planWords(await migration.plan(later), { destinations, presets, region: "us-west-2" }).join(
        "\n",
      ),
  };
}

/** Somebody else is a moment ahead of the migration's first write. */
function beforeFirstWrite(migration: Migration, act: () => Promise<unknown>): void {
  let isDone = false;
  migration.around(async (operation, send) => {
    if (operation === "UpdateItem" && !isDone) {
      isDone = true;
      await act();
    }
    return send();
  });
}

const set = ({ clients, tables }: Migration, name: string, value: unknown) =>
  clients.dynamoDb.send(
    new UpdateCommand({
      TableName: tables.destinations,
      Key: { destination_id: id },
      UpdateExpression: "SET #name = :value",
      ExpressionAttributeNames: { "#name": name },
      ExpressionAttributeValues: { ":value": value },
    }),
  );

const channelOf = async ({ row }: Migration) => (await row(id))?.medialive_channel_id;

describe("channels that were removed and deployed again", () => {
  it("says which is gone, puts the new one in its place, and takes that back as well", async () => {
    const { migration, old, fresh, before, later, remove, words } = await aSite();
    remove();
    expect(await words()).toContain(`: channel ${old.id} is gone; ${fresh.id} instead`);
    const report = await migration.migrate(later);
    expect(report.destinations.changed).toHaveLength(1);
    expect(await migration.row(id)).toMatchObject({
      medialive_channel_id: fresh.id,
      medialive_channel_arn: expect.stringMatching(new RegExp(`:channel:${fresh.id}$`)),
      channel_status: expect.anything(),
    });
    expect((await migration.migrate(later)).destinations.changed).toEqual([]);
    await migration.undo();
    expect(await migration.all()).toEqual(before);
    expect(await migration.records()).toEqual([]);
  });

  it("leaves a channel that is still there", async () => {
    const { migration, old, later } = await aSite();
    expect((await migration.migrate(later)).destinations.changed).toEqual([]);
    expect(await channelOf(migration)).toBe(old.id);
  });

  it("leaves a channel that somebody else has written into the row", async () => {
    const { migration, later } = await aSite({ ...bare, medialive_channel_id: "1234567" });
    expect((await migration.migrate(later)).destinations.changed).toEqual([]);
    expect(await channelOf(migration)).toBe("1234567");
  });

  it.each(["medialive_channel_id", "medialive_channel_arn"])(
    "leaves a row in which somebody has changed %s since",
    async (name) => {
      const { migration, later, remove } = await aSite();
      remove();
      await set(migration, name, "1234567");
      expect((await migration.migrate(later)).destinations.changed).toEqual([]);
      expect((await migration.row(id))?.[name]).toBe("1234567");
    },
  );

  it("leaves a row whose platform has no other channel", async () => {
    const { migration, old, fresh, remove } = await aSite();
    remove();
    const { destinations } = await migration.migrate({ channelIds: { youtube: fresh.id } });
    expect(destinations.changed).toEqual([]);
    expect(await channelOf(migration)).toBe(old.id);
  });

  it("keeps what somebody writes in between", async () => {
    const { migration, later, remove } = await aSite();
    remove();
    beforeFirstWrite(migration, () => set(migration, "medialive_channel_id", "1234567"));
    expect((await migration.migrate(later)).destinations.changed).toEqual([]);
    expect(await channelOf(migration)).toBe("1234567");
    expect((await migration.undo()).destinations).toMatchObject([{ kept: [expect.anything()] }]);
  });

  it("goes on with the rest when somebody writes another attribute in between", async () => {
    const { migration, fresh, later, remove } = await aSite();
    remove();
    await migration.clients.dynamoDb.send(
      new UpdateCommand({
        TableName: migration.tables.destinations,
        Key: { destination_id: id },
        UpdateExpression: "REMOVE channel_status",
      }),
    );
    beforeFirstWrite(migration, () => set(migration, "channel_status", "running"));
    await migration.migrate(later);
    expect(await migration.row(id)).toMatchObject({
      medialive_channel_id: fresh.id,
      channel_status: "running",
    });
  });

  it("tells in a dry run also where there is no table of ours", async () => {
    const { migration, later } = await aSite({ ...hlsRow, platform: "twitch" });
    const ops = { ...migration.options.ops, table: "no-ops" };
    expect((await migration.plan({ ...later, ops })).destinations.changes).toEqual([]);
  });

  it.each([
    ["before", false],
    ["after", true],
  ])("is undone exactly when it dies %s its write", async (_when, after) => {
    const { migration, before, later, remove } = await aSite();
    remove();
    migration.around(async (operation, send) => {
      if (operation !== "UpdateItem") return send();
      if (after) await send();
      throw new Error("killed");
    });
    await expect(migration.migrate(later)).rejects.toThrow();
    migration.around((_operation, send) => send());
    await migration.undo();
    expect(await migration.all()).toEqual(before);
  });

  it("goes on after it has died before its write", async () => {
    const { migration, fresh, before, later, remove } = await aSite();
    remove();
    migration.around((operation, send) =>
      operation === "UpdateItem" ? Promise.reject(new Error("killed")) : send(),
    );
    await expect(migration.migrate(later)).rejects.toThrow();
    migration.around((_operation, send) => send());
    await migration.migrate(later);
    expect(await channelOf(migration)).toBe(fresh.id);
    await migration.undo();
    expect(await migration.all()).toEqual(before);
  });
});
