import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aLocalAws, type LocalAwsHarness, refusalOf } from "../../support/aws-harness.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "patchbay-test-"));
});
afterEach(() => rm(home, { recursive: true }));

const destinationsOf = async ({ clients }: LocalAwsHarness) => {
  const scan = new ScanCommand({ TableName: "lunora-destinations" });
  const { Items = [] } = await clients.dynamoDb.send(scan);
  return Items.sort((a, b) => String(a.created_at?.S).localeCompare(String(b.created_at?.S)));
};

test("a new home has the tables of the existing system and ours", async () => {
  await using local = await aLocalAws();
  const { TableNames } = await local.clients.dynamoDb.send(new ListTablesCommand({}));
  expect(TableNames).toEqual([
    "lunora-destinations",
    "lunora-presets",
    "lunora-sources",
    "lunora-streaming-sessions",
    "patchbay-ops",
  ]);
});

test("a new destinations table has rows in the existing shape, with keys of each platform", async () => {
  await using local = await aLocalAws();
  const rows = await destinationsOf(local);
  expect(rows.map((row) => [row.name?.S, row.platform?.S, row.enabled?.BOOL])).toEqual([
    ["Primary", "hls", true],
    ["YouTube", "youtube", true],
    ["Twitch", "twitch", true],
    ["LinkedIn", "linkedin", true],
    ["Custom relay", "custom", true],
    ["Old Vimeo", "custom", false],
  ]);
  for (const row of rows) expect(row.destination_id?.S).toMatch(/^dest_\d{13}_[a-z0-9]{9}$/);
  expect(rows[0]).toMatchObject({ rtmp_url: { NULL: true }, stream_key_param: { NULL: true } });
  expect(rows[5]).toMatchObject({ stream_key_param: { NULL: true } });

  const keys = [/^([a-z0-9]{4}-){4}[a-z0-9]{4}$/, /^live_\d{9}_[a-z0-9]{30}$/, /^[a-z0-9]{24}$/];
  for (const [index, key] of keys.entries()) {
    const Name = rows[index + 1]?.stream_key_param?.S;
    const command = new GetParameterCommand({ Name, WithDecryption: true });
    expect((await local.clients.ssm.send(command)).Parameter?.Value).toMatch(key);
  }
});

test("keeps items over a restart and never seeds twice", async () => {
  const Key = { pk: { S: "card" }, sk: { S: "1" } };
  let seeded: unknown[];
  {
    await using first = await aLocalAws({ home });
    const Item = { ...Key, text: { S: "kept" } };
    await first.clients.dynamoDb.send(new PutItemCommand({ TableName: "patchbay-ops", Item }));
    seeded = await destinationsOf(first);
  }
  await using second = await aLocalAws({ home });
  const get = new GetItemCommand({ TableName: "patchbay-ops", Key });
  expect((await second.clients.dynamoDb.send(get)).Item).toMatchObject({ text: { S: "kept" } });
  expect(await destinationsOf(second)).toEqual(seeded);
});

test("keeps conditions and orders a query by its sort key", async () => {
  await using local = await aLocalAws();
  const { dynamoDb } = local.clients;
  const TableName = "patchbay-ops";
  for (const sk of ["2", "1", "3"]) {
    const Item = { pk: { S: "a" }, sk: { S: sk } };
    await dynamoDb.send(new PutItemCommand({ TableName, Item }));
  }
  const update = new UpdateItemCommand({
    TableName,
    Key: { pk: { S: "a" }, sk: { S: "4" } },
    UpdateExpression: "SET #n = :one",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeNames: { "#n": "n" },
    ExpressionAttributeValues: { ":one": { N: "1" } },
  });
  expect(await refusalOf(dynamoDb.send(update))).toMatchObject({
    name: "ConditionalCheckFailedException",
    status: 400,
  });
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: "a" } },
    ScanIndexForward: false,
    Limit: 2,
  });
  const { Items } = await dynamoDb.send(query);
  expect(Items?.map((item) => item.sk?.S)).toEqual(["3", "2"]);
});

test("refuses transactions by name", async () => {
  await using local = await aLocalAws();
  const call = local.clients.dynamoDb.send(new TransactWriteItemsCommand({ TransactItems: [] }));
  expect(await refusalOf(call)).toMatchObject({
    message: "dynamodb TransactWriteItems is not part of the local AWS yet",
  });
});

test("a damaged database is one clear sentence", async () => {
  await (await aLocalAws({ home }))[Symbol.asyncDispose]();
  await writeFile(join(home, "dynamodb", "CURRENT"), "garbage");
  await expect(aLocalAws({ home })).rejects.toThrow(
    `The saved data in ${join(home, "dynamodb")} is damaged; move this folder away to start fresh.`,
  );
});

test("damaged rows are one clear sentence too", async () => {
  // The second start moves the rows from the log into a table file.
  for (const _ of [1, 2]) await (await aLocalAws({ home }))[Symbol.asyncDispose]();
  const folder = join(home, "dynamodb");
  const [file = ""] = (await readdir(folder)).filter((each) => each.endsWith(".ldb"));
  await writeFile(join(folder, file), "garbage");
  await expect(aLocalAws({ home })).rejects.toThrow(`The saved data in ${folder} is damaged`);
});

test("a home in use by another world is one clear sentence", async () => {
  await using first = await aLocalAws({ home });
  expect(first.url).toContain("127.0.0.1");
  await expect(aLocalAws({ home })).rejects.toThrow("is in use by another local world");
});
