import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { seedWorld } from "../../../../local/aws/seed.ts";
import { createQueues } from "../../../../local/aws/sqs/queues.ts";
import { createWorld } from "../../../../local/world.ts";
import {
  aLocalAws,
  type LocalAwsHarness,
  refusalOf,
  testNow,
} from "../../../support/aws-harness.ts";

const events = async ({ clients }: LocalAwsHarness, QueueName = "patchbay-events") => {
  const { QueueUrl } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName }));
  return QueueUrl ?? "";
};

/** Sends, receives and counts on one queue. */
async function aQueue(local: LocalAwsHarness) {
  const QueueUrl = await events(local);
  const { sqs } = local.clients;
  return {
    QueueUrl,
    send: (MessageBody: string, more: object = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (more: object = {}) => {
      const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more });
      return (await sqs.send(command)).Messages ?? [];
    },
    count: async () => {
      const AttributeNames = ["All" as const];
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames });
      return (await sqs.send(command)).Attributes;
    },
  };
}

test("both queues are there, under the address that was asked", async () => {
  await using local = await aLocalAws();
  expect(await events(local)).toBe(`${local.url}/000000000000/patchbay-events`);
  expect(await events(local, "patchbay-dead-letters")).toContain("/patchbay-dead-letters");
});

test("what is sent arrives whole, with the attributes that were asked for", async () => {
  await using local = await aLocalAws();
  const queue = await aQueue(local);
  const attribute = { DataType: "String", StringValue: "409" };
  await queue.send("Grüße", { MessageAttributes: { ERROR_CODE: attribute, OTHER: attribute } });
  const [message] = await queue.receive({
    MessageAttributeNames: ["ERROR_CODE"],
    MessageSystemAttributeNames: ["All"],
  });
  expect(message).toMatchObject({
    Body: "Grüße",
    MessageAttributes: { ERROR_CODE: attribute },
    Attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(testNow) },
  });
  expect(message?.MessageAttributes).not.toHaveProperty("OTHER");
});

test("a received message is hidden until its time is over, then comes again", async () => {
  let now = testNow;
  const world = createWorld(seedWorld(now), () => now);
  await using local = await aLocalAws({ world });
  const queue = await aQueue(local);
  await queue.send("once");
  const [first] = await queue.receive({ VisibilityTimeout: 60 });
  expect(await queue.receive()).toEqual([]);
  expect(await queue.count()).toMatchObject({
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "1",
  });
  now += 60_000;
  const [second] = await queue.receive();
  expect(second?.MessageId).toBe(first?.MessageId);
  const { QueueUrl } = queue;
  const old = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle });
  await local.clients.sqs.send(old);
  expect(await queue.count()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "1" });
  await local.clients.sqs.send(
    new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }),
  );
  expect(await queue.count()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "0" });
});

test("a long poll ends with the first message", async () => {
  await using local = await aLocalAws();
  const queue = await aQueue(local);
  const waiting = queue.receive({ WaitTimeSeconds: 20 });
  await queue.send("news");
  expect((await waiting).map(({ Body }) => Body)).toEqual(["news"]);
});

test("a long poll ends when nobody waits any more", async () => {
  const closing = new AbortController();
  const queues = createQueues(createWorld(seedWorld(testNow), () => testNow));
  const queue = queues.create("mine", 0);
  const wanted = { most: 1, hiddenMs: 0, waitMs: 20_000, gone: closing.signal };
  const waiting = queues.receive(queue, wanted);
  closing.abort();
  expect(await waiting).toEqual([]);
});

test("a batch deletes what it can and names the rest", async () => {
  await using local = await aLocalAws();
  const queue = await aQueue(local);
  await queue.send("a");
  const [message] = await queue.receive();
  const answer = await local.clients.sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl: queue.QueueUrl,
      Entries: [
        { Id: "1", ReceiptHandle: message?.ReceiptHandle },
        { Id: "2", ReceiptHandle: "nonsense" },
      ],
    }),
  );
  expect(answer.Successful).toEqual([{ Id: "1" }]);
  expect(answer.Failed).toMatchObject([{ Id: "2", Code: "ReceiptHandleIsInvalid" }]);
});

test("a queue is made once, and purged", async () => {
  await using local = await aLocalAws();
  const { sqs } = local.clients;
  const make = (VisibilityTimeout: string) =>
    sqs.send(new CreateQueueCommand({ QueueName: "mine", Attributes: { VisibilityTimeout } }));
  const { QueueUrl } = await make("5");
  expect((await make("5")).QueueUrl).toBe(QueueUrl);
  expect(await refusalOf(make("6"))).toMatchObject({ name: "QueueNameExists" });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "a" }));
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  const left = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(left.Messages).toBeUndefined();
});

test.each([
  [{ WaitTimeSeconds: 21 }, "WaitTimeSeconds"],
  [{ MaxNumberOfMessages: 11 }, "MaxNumberOfMessages"],
  [{ VisibilityTimeout: -1 }, "VisibilityTimeout"],
])("refuses to receive with %o", async (more, member) => {
  await using local = await aLocalAws();
  const queue = await aQueue(local);
  const refusal = await refusalOf(queue.receive(more));
  expect(refusal).toMatchObject({ name: "InvalidParameterValue", status: 400 });
  expect(refusal?.message).toContain(member);
});

test("refuses an unknown queue and an empty message", async () => {
  await using local = await aLocalAws();
  expect(await refusalOf(events(local, "other"))).toMatchObject({ name: "QueueDoesNotExist" });
  const queue = await aQueue(local);
  expect(await refusalOf(queue.send(""))).toMatchObject({ name: "InvalidParameterValue" });
});
