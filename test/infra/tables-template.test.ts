import { expect, it } from "vitest";
import { made, outputsFor } from "../support/template-choices.ts";
import { readTemplate, resourcesOf } from "../support/templates.ts";

const template = readTemplate("tables.yaml");
const tables = resourcesOf(template, "AWS::DynamoDB::Table");
const withExisting = { CreateExistingTables: "true" };

it("makes the ops table alone, so that existing tables are never touched unasked", () => {
  expect(made(template)).toEqual(["DynamoDB::Table OpsTable"]);
  expect(outputsFor(template)).toEqual(["OpsTableName", "OpsTableStreamArn"]);
});

it("makes the existing system's three tables when asked, and says their names", () => {
  expect(made(template, withExisting)).toHaveLength(4);
  expect(outputsFor(template, withExisting)).toEqual(
    expect.arrayContaining(["DestinationsTableName", "PresetsTableName", "SessionsTableName"]),
  );
});

it.each(tables)("keeps %s when its stack goes, with a way back to each second", (_id, table) => {
  expect(table.DeletionPolicy).toBe("Retain");
  expect(table.UpdateReplacePolicy).toBe("Retain");
  expect(table.Properties).toMatchObject({
    BillingMode: "PAY_PER_REQUEST",
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    StreamSpecification: {
      StreamViewType: expect.stringMatching(/^(KEYS_ONLY|NEW_AND_OLD_IMAGES)$/),
    },
  });
});

it("keys the ops table as the adapters do, and sweeps away what has expired", () => {
  expect(template.Resources.OpsTable?.Properties).toMatchObject({
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    TimeToLiveSpecification: { AttributeName: "expires_at", Enabled: true },
  });
});

it.each([
  ["DestinationsTable", "destination_id"],
  ["PresetsTable", "preset_id"],
  ["SessionsTable", "session_id"],
])("keys %s by %s alone, as the existing system does", (table, key) => {
  expect(template.Resources[table]?.Properties).toMatchObject({
    AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" }],
    KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
  });
});
