import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test, vi } from "vitest";
import { aLocalAws, type LocalAwsHarness } from "../../../support/aws-harness.ts";
import { aFunction, type Call, functionsOf } from "../../../support/called.ts";

const TableName = "patchbay-ops";
const keyOf = (sk: string) => ({ pk: { S: "a" }, sk: { S: sk } });
const itemOf = (sk: string, n = "1") => ({ ...keyOf(sk), n: { N: n } });

const put = ({ clients }: LocalAwsHarness, sk: string, n?: string) =>
  clients.dynamoDb.send(new PutItemCommand({ TableName, Item: itemOf(sk, n) }));

/** A world with one function that hears of the table; `more` is what else is registered of it. */
async function aStage(answer?: Parameters<typeof aFunction>[0], more: object = {}) {
  const local = await aLocalAws();
  const called = await aFunction(answer);
  const functions = functionsOf(local.url);
  const wanted = { name: "work", url: called.url, streams: [TableName], ...more };
  expect(await functions.register(wanted)).toBe(200);
  return {
    ...{ local, functions, calls: called.calls },
    records: () => called.calls.flatMap(({ Records = [] }) => Records),
    [Symbol.asyncDispose]: () => local[Symbol.asyncDispose](),
  };
}

const numbersOf = ({ Records = [] }: Call) =>
  Records.map(({ dynamodb }) => +dynamodb.SequenceNumber);
/** What a function says of a batch in which these failed. */
const failing = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const idAt = ({ Records = [] }: Call, index: number) =>
  Records[index]?.dynamodb.SequenceNumber ?? "";

test("what is written arrives in order, with the item before and after", async () => {
  await using stage = await aStage();
  const { dynamoDb } = stage.local.clients;
  await put(stage.local, "1");
  const Key = keyOf("1");
  await dynamoDb.send(
    new UpdateItemCommand({
      ...{ TableName, Key, UpdateExpression: "SET #n = :two" },
      ExpressionAttributeNames: { "#n": "n" },
      ExpressionAttributeValues: { ":two": { N: "2" } },
    }),
  );
  await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
  const requests = ["2", "3"].map((sk) => ({ PutRequest: { Item: itemOf(sk) } }));
  await dynamoDb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  await vi.waitFor(() => expect(stage.records()).toHaveLength(5));
  expect(stage.records()).toMatchObject([
    { eventName: "INSERT", dynamodb: { Keys: Key, NewImage: itemOf("1") } },
    { eventName: "MODIFY", dynamodb: { OldImage: itemOf("1"), NewImage: itemOf("1", "2") } },
    { eventName: "REMOVE", dynamodb: { Keys: Key, OldImage: itemOf("1", "2") } },
    { eventName: "INSERT", dynamodb: { Keys: keyOf("2") } },
    { eventName: "INSERT", dynamodb: { Keys: keyOf("3") } },
  ]);
  const numbers = stage.calls.flatMap(numbersOf);
  expect(numbers).toEqual(numbers.toSorted((left, right) => left - right));
  expect(stage.records()[2]?.dynamodb).not.toHaveProperty("NewImage");
  expect(stage.records()[0]).toMatchObject({
    eventSource: "aws:dynamodb",
    eventSourceARN: expect.stringContaining(`:table/${TableName}/stream/`),
    dynamodb: { SequenceNumber: expect.stringMatching(/^\d{21}$/) },
  });
});

test("writes at once arrive one after the other, each with what the one before had left", async () => {
  await using stage = await aStage();
  await Promise.all(["1", "2", "3", "4"].map((n) => put(stage.local, "same", n)));
  await vi.waitFor(() => expect(stage.records()).toHaveLength(4));
  const images = stage.records().map((record) => Object(record).dynamodb);
  expect(images.slice(1).map(({ OldImage }) => OldImage)).toEqual(
    images.slice(0, -1).map(({ NewImage }) => NewImage),
  );
});

test("what changes nothing, or is refused, arrives nowhere", async () => {
  await using stage = await aStage();
  await put(stage.local, "1");
  await put(stage.local, "1");
  const refused = new PutItemCommand({
    ...{ TableName, Item: itemOf("1", "9") },
    ConditionExpression: "attribute_not_exists(pk)",
  });
  await expect(stage.local.clients.dynamoDb.send(refused)).rejects.toThrow();
  await stage.local.clients.dynamoDb.send(new DeleteItemCommand({ TableName, Key: keyOf("9") }));
  await put(stage.local, "2");
  await vi.waitFor(() => expect(stage.records()).toHaveLength(2));
  expect(stage.records().map((record) => Object(record).eventName)).toEqual(["INSERT", "INSERT"]);
});

test("a filter lets through what it asks for", async () => {
  const filters = [
    { eventName: ["INSERT"], dynamodb: { NewImage: { n: { N: ["2"] } } } },
    { eventName: ["MODIFY"] },
  ];
  await using stage = await aStage(undefined, { streams: [{ table: TableName, filters }] });
  await put(stage.local, "1", "1");
  await put(stage.local, "2", "2");
  await put(stage.local, "1", "3");
  await vi.waitFor(() => expect(stage.records()).toHaveLength(2));
  expect(stage.records()).toMatchObject([
    { eventName: "INSERT", dynamodb: { Keys: keyOf("2") } },
    { eventName: "MODIFY", dynamodb: { Keys: keyOf("1") } },
  ]);
});

test("what failed, and all that came after it, comes again; what came before does not", async () => {
  await using stage = await aStage((call, count) =>
    count === 1 ? failing(idAt(call, 2), idAt(call, 1)) : failing(),
  );
  await Promise.all(["1", "2", "3"].map((sk) => put(stage.local, sk)));
  await vi.waitFor(() => expect(stage.calls).toHaveLength(2));
  const [first = {}, second = {}] = stage.calls;
  expect(numbersOf(first)).toHaveLength(3);
  expect(numbersOf(second)).toEqual(numbersOf(first).slice(1));
  await put(stage.local, "4");
  await vi.waitFor(() => expect(stage.calls).toHaveLength(3));
  expect(numbersOf(stage.calls[2] ?? {})).toHaveLength(1);
});

test("at most ten arrive at once", async () => {
  await using stage = await aStage();
  const names = Array.from({ length: 12 }, (_, index) => String(index));
  await Promise.all(names.map((sk) => put(stage.local, sk)));
  await vi.waitFor(() => expect(stage.records()).toHaveLength(12));
  for (const call of stage.calls) expect(numbersOf(call).length).toBeLessThanOrEqual(10);
});

test.each([
  ["fails", null],
  ["names a record that is not there", failing("7")],
  ["answers what nobody understands", { batchItemFailures: "all" }],
])("a batch whose function %s comes so often and then is a dead letter", async (_, answer) => {
  await using stage = await aStage(() => answer, { attempts: 2 });
  await put(stage.local, "1");
  const [id] = await vi.waitFor(async () => {
    const { deadLetters } = await stage.functions.list();
    expect(deadLetters).toHaveLength(1);
    expect(deadLetters).toMatchObject([{ function: "work", from: TableName }]);
    return deadLetters[0]?.ids ?? [];
  }, 3000);
  expect(stage.calls.map(({ Records = [] }) => Records[0]?.dynamodb.SequenceNumber)).toEqual([
    id,
    id,
  ]);
  await put(stage.local, "2");
  await vi.waitFor(() => expect(stage.calls).toHaveLength(3));
  expect(stage.records().at(-1)).toMatchObject({ dynamodb: { Keys: keyOf("2") } });
});

test("a function that was forgotten hears no more", async () => {
  await using stage = await aStage();
  await put(stage.local, "1");
  await vi.waitFor(() => expect(stage.calls).toHaveLength(1));
  await stage.functions.forgetAll();
  const other = await aFunction();
  await stage.functions.register({ name: "other", url: other.url, streams: [TableName] });
  await put(stage.local, "2");
  await vi.waitFor(() => expect(other.calls).toHaveLength(1));
  expect(stage.calls).toHaveLength(1);
  expect(await stage.functions.list()).toMatchObject({ functions: [{ name: "other" }] });
});
