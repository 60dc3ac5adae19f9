import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsStage, openAwsStage } from "../../support/aws-stage.ts";
import { b2Row, customRow, dRow, hlsRow, oldestRow } from "../../support/legacy-rows.ts";
import { aMigration, type Migration, waitingClock } from "../../support/migration.ts";

let stage: AwsStage;
beforeAll(async () => {
  stage = await openAwsStage();
});
afterAll(() => stage.close());

const legacy = { destinations: [hlsRow, customRow, dRow, b2Row, oldestRow] };

/** Somebody has had enough while the second row is written. */
function stopAtSecond(migration: Migration) {
  const ending = new AbortController();
  let updates = 0;
  migration.around((operation, send) => {
    if (operation === "UpdateItem") updates += 1;
    if (updates === 2) ending.abort();
    return send();
  });
  return { ending: ending.signal, updates: () => updates };
}

describe("a migration that somebody stops", () => {
  it("waits for no backup, and changes nothing", async () => {
    using migration = await aMigration(stage, legacy);
    const before = await migration.all();
    const ending = new AbortController();
    const creating = { BackupDescription: { BackupDetails: { BackupStatus: "CREATING" } } };
    migration.around(async (operation, send) => {
      if (operation === "CreateBackup") ending.abort();
      return operation === "DescribeBackup" ? { output: creating, response: {} } : send();
    });
    const clock = waitingClock();
    const stopping = migration.migrate({ clock, ending: ending.signal });
    await expect(stopping).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^Stopped before table-\d+ was backed up; nothing has been/),
    });
    expect(clock.waitedMs()).toBeLessThan(10_000);
    expect(await migration.all()).toEqual(before);
  });

  it("begins no backup once it is stopped", async () => {
    using migration = await aMigration(stage, legacy);
    const ending = AbortSignal.abort();
    const asked: string[] = [];
    migration.around((operation, send) => {
      asked.push(operation);
      return send();
    });
    await expect(migration.migrate({ ending })).rejects.toMatchObject({ code: "conflict" });
    expect(asked).not.toContain("CreateBackup");
  });

  it("ends between two rows, and the next one goes on", async () => {
    using migration = await aMigration(stage, legacy);
    const { ending, updates } = stopAtSecond(migration);
    await expect(migration.migrate({ ending })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^Stopped after 2 of 5 rows of table-\d+\.$/),
      hint: "What is done stays done; run it again to go on.",
    });
    expect(updates()).toBe(2);
    expect((await migration.migrate()).destinations.changed).toHaveLength(3);
  });
});

describe("an undo that somebody stops", () => {
  it("ends between two rows, and the next one goes on", async () => {
    using migration = await aMigration(stage, legacy);
    const before = await migration.all();
    await migration.migrate();
    const { ending, updates } = stopAtSecond(migration);
    const more = { ending };
    await expect(migration.undo({ dryRun: false }, more)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^Stopped after 2 of 5 rows of table-\d+\.$/),
      hint: "What is done stays done; run it again to go on.",
    });
    expect(updates()).toBe(2);
    await expect(migration.undo({ dryRun: true }, more)).rejects.toMatchObject({
      message: "Stopped; nothing has been changed.",
    });
    expect((await migration.undo()).destinations).toHaveLength(3);
    expect(await migration.all()).toEqual(before);
  });
});
