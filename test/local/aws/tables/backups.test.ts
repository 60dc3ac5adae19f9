import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  ListBackupsCommand,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import {
  aLocalAws,
  type LocalAwsHarness,
  refusalOf,
  testNow,
} from "../../../support/aws-harness.ts";

const TableName = "lunora-sources";

async function aHome() {
  const home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
  onTestFinished(() => rm(home, { recursive: true }));
  return home;
}

async function putSources(local: LocalAwsHarness, ...ids: string[]) {
  for (const id of ids) {
    const Item = { source_id: { S: id }, name: { S: `Source ${id}` }, tries: { N: "3" } };
    await local.clients.dynamoDb.send(new PutItemCommand({ TableName, Item }));
  }
}

async function backUp({ clients }: LocalAwsHarness, BackupName = "before") {
  const command = new CreateBackupCommand({ TableName, BackupName });
  return (await clients.dynamoDb.send(command)).BackupDetails;
}

const itemsOf = async ({ clients }: LocalAwsHarness, table = TableName) => {
  const { Items = [] } = await clients.dynamoDb.send(new ScanCommand({ TableName: table }));
  return Items.toSorted((a, b) => String(a.source_id?.S).localeCompare(String(b.source_id?.S)));
};

test("a backup is on its way at first, and then a copy with the figures of its table", async () => {
  await using local = await aLocalAws();
  await putSources(local, "a", "b");
  const made = await backUp(local);
  expect(made).toMatchObject({
    BackupName: "before",
    BackupStatus: "CREATING",
    BackupType: "USER",
    BackupCreationDateTime: new Date(testNow),
    BackupArn: expect.stringMatching(
      /^arn:aws:dynamodb:us-west-2:\d{12}:table\/lunora-sources\/backup\/\d{14}-[0-9a-f]{8}$/,
    ),
  });
  const describe = new DescribeBackupCommand({ BackupArn: made?.BackupArn });
  const { BackupDescription } = await local.clients.dynamoDb.send(describe);
  expect(BackupDescription?.BackupDetails?.BackupStatus).toBe("AVAILABLE");
  expect(BackupDescription?.SourceTableDetails).toMatchObject({
    TableName,
    ItemCount: 2,
    KeySchema: [{ AttributeName: "source_id", KeyType: "HASH" }],
  });
});

test("a backup gives every item back, also when the table and the process have gone", async () => {
  const home = await aHome();
  let BackupArn: string | undefined;
  let before: unknown[];
  {
    await using local = await aLocalAws({ home });
    await putSources(local, "a", "b");
    before = await itemsOf(local);
    BackupArn = (await backUp(local))?.BackupArn;
    const Key = { source_id: { S: "a" } };
    await local.clients.dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
    await local.clients.dynamoDb.send(new DeleteTableCommand({ TableName }));
  }
  await using local = await aLocalAws({ home });
  const restore = (TargetTableName: string) =>
    local.clients.dynamoDb.send(new RestoreTableFromBackupCommand({ TargetTableName, BackupArn }));
  await restore("restored");
  expect(before).toHaveLength(2);
  expect(await itemsOf(local, "restored")).toEqual(before);
  expect(await refusalOf(restore("restored"))).toMatchObject({
    name: "TableAlreadyExistsException",
  });
});

test("backups are listed by table, and gone once they are deleted", async () => {
  await using local = await aLocalAws();
  const { dynamoDb } = local.clients;
  const first = await backUp(local, "first");
  await backUp(local, "second");
  const names = async (table?: string) => {
    const { BackupSummaries = [] } = await dynamoDb.send(
      new ListBackupsCommand({ TableName: table }),
    );
    return BackupSummaries.map(({ BackupName, BackupStatus }) => `${BackupName} ${BackupStatus}`);
  };
  expect(await names()).toEqual(["first AVAILABLE", "second AVAILABLE"]);
  expect(await names("lunora-presets")).toEqual([]);
  const remove = () => dynamoDb.send(new DeleteBackupCommand({ BackupArn: first?.BackupArn }));
  expect((await remove()).BackupDescription?.BackupDetails?.BackupStatus).toBe("DELETED");
  expect(await names(TableName)).toEqual(["second AVAILABLE"]);
  expect(await refusalOf(remove())).toMatchObject({ name: "BackupNotFoundException" });
});

test("a table is found among more than one page of tables", async () => {
  await using local = await aLocalAws();
  const names = Array.from({ length: 101 }, (_, index) => `a-table-${index}`);
  await Promise.all(
    names.map((name) =>
      local.clients.dynamoDb.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        }),
      ),
    ),
  );
  expect(await backUp(local)).toMatchObject({ BackupName: "before" });
});

test("what DynamoDB refuses is refused", async () => {
  await using local = await aLocalAws();
  const { dynamoDb } = local.clients;
  const create = (table: string, BackupName: string) =>
    refusalOf(dynamoDb.send(new CreateBackupCommand({ TableName: table, BackupName })));
  expect(await create("nothing", "before")).toMatchObject({
    name: "TableNotFoundException",
    message: "Table not found: nothing",
    status: 400,
  });
  expect(await create(TableName, "no spaces")).toMatchObject({ name: "ValidationException" });
  expect(await refusalOf(dynamoDb.send(new ListBackupsCommand({ Limit: 1 })))).toMatchObject({
    message: "Limit is not part of the local AWS yet",
  });
});

test("faults meet these operations as they meet the others", async () => {
  await using local = await aLocalAws();
  const lost = { service: "dynamodb", operation: "CreateBackup", times: 1 } as const;
  local.aws.faults.add({ ...lost, kind: "throttle" });
  await expect(backUp(local)).rejects.toMatchObject({ name: "ThrottlingException" });
  expect((await backUp(local))?.BackupName).toBe("before");
});
