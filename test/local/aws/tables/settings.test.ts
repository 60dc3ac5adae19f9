import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import {
  aLocalAws,
  type LocalAwsHarness,
  refusalOf,
  testNow,
} from "../../../support/aws-harness.ts";

const TableName = "patchbay-ops";

const expiryOf = async ({ clients }: LocalAwsHarness) =>
  (await clients.dynamoDb.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;

const expire = ({ clients }: LocalAwsHarness, AttributeName: string, Enabled: boolean) =>
  clients.dynamoDb.send(
    new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: { AttributeName, Enabled },
    }),
  );

const recoveryOf = async ({ clients }: LocalAwsHarness, name = TableName) =>
  (await clients.dynamoDb.send(new DescribeContinuousBackupsCommand({ TableName: name })))
    .ContinuousBackupsDescription?.PointInTimeRecoveryDescription;

const recover = ({ clients }: LocalAwsHarness, PointInTimeRecoveryEnabled: boolean) =>
  clients.dynamoDb.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
    }),
  );

test("a time to live is remembered over a restart, and refused twice", async () => {
  const home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
  onTestFinished(() => rm(home, { recursive: true }));
  {
    await using local = await aLocalAws({ home });
    expect(await expiryOf(local)).toEqual({ TimeToLiveStatus: "DISABLED" });
    await expire(local, "expires_at", true);
  }
  await using local = await aLocalAws({ home });
  expect(await expiryOf(local)).toEqual({
    TimeToLiveStatus: "ENABLED",
    AttributeName: "expires_at",
  });
  expect(await refusalOf(expire(local, "expires_at", true))).toMatchObject({
    name: "ValidationException",
    message: "TimeToLive is already enabled",
  });
  expect(await refusalOf(expire(local, "other", false))).toMatchObject({
    message: "TimeToLive is active on a different AttributeName: expires_at",
  });
  await expire(local, "expires_at", false);
  expect(await refusalOf(expire(local, "expires_at", false))).toMatchObject({
    message: "TimeToLive is already disabled",
  });
});

test("recovery to a point in time is remembered since it was switched on", async () => {
  await using local = await aLocalAws();
  expect(await recoveryOf(local)).toEqual({ PointInTimeRecoveryStatus: "DISABLED" });
  await recover(local, true);
  expect(await recoveryOf(local)).toMatchObject({
    PointInTimeRecoveryStatus: "ENABLED",
    EarliestRestorableDateTime: new Date(testNow),
  });
  await recover(local, false);
  expect(await recoveryOf(local)).toEqual({ PointInTimeRecoveryStatus: "DISABLED" });
  expect(await refusalOf(recoveryOf(local, "nothing"))).toMatchObject({
    name: "TableNotFoundException",
  });
});

test("a table made again begins without settings", async () => {
  await using local = await aLocalAws();
  const { dynamoDb } = local.clients;
  await recover(local, true);
  await expire(local, "expires_at", true);
  await dynamoDb.send(new DeleteTableCommand({ TableName }));
  expect(await refusalOf(expiryOf(local))).toMatchObject({ name: "ResourceNotFoundException" });
  await dynamoDb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    }),
  );
  expect(await expiryOf(local)).toEqual({ TimeToLiveStatus: "DISABLED" });
  expect(await recoveryOf(local)).toEqual({ PointInTimeRecoveryStatus: "DISABLED" });
});
