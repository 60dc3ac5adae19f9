import { createHash } from "node:crypto";
import type { Json } from "../answers.ts";
import { AwsError } from "../errors.ts";
import { isJson, toTexts } from "../input.ts";
import type { JsonHandler } from "../rpc.ts";
import type { Message, MessageAttribute, Queue } from "./queues.ts";
import { findQueue, invalid, toSeconds, toWhole } from "./requests.ts";

/** SendMessage: the answer carries the MD5 of the body, which the SDK compares (SQS API reference). */
export const sendMessage: JsonHandler = (site, input) => {
  const queue = findQueue(site, input.QueueUrl);
  const delayMs = toSeconds("DelaySeconds", input.DelaySeconds ?? 0, 900) * 1000;
  const body = toBody(input.MessageBody);
  const attributes = toAttributes(input.MessageAttributes);
  const { id } = site.queues.send(queue, { body, attributes, delayMs });
  return { MD5OfMessageBody: md5(body), MessageId: id };
};

/** ReceiveMessage: up to 10 messages, waiting up to 20 s for the first. */
export const receiveMessage: JsonHandler = async (site, input, { gone }) => {
  const queue = findQueue(site, input.QueueUrl);
  const hidden = input.VisibilityTimeout ?? queue.hiddenMs / 1000;
  const messages = await site.queues.receive(queue, {
    most: toWhole("MaxNumberOfMessages", input.MaxNumberOfMessages ?? 1, { least: 1, most: 10 }),
    hiddenMs: toSeconds("VisibilityTimeout", hidden, 43_200) * 1000,
    waitMs: toSeconds("WaitTimeSeconds", input.WaitTimeSeconds ?? 0, 20) * 1000,
    gone,
  });
  return messages.length === 0 ? {} : { Messages: messages.map((each) => toReceived(each, input)) };
};

export const deleteMessage: JsonHandler = (site, input) => {
  remove(findQueue(site, input.QueueUrl), input.ReceiptHandle);
  return {};
};

/** DeleteMessageBatch: each entry for itself; a partial failure is still an HTTP 200 (SQS API reference). */
export const deleteMessageBatch: JsonHandler = (site, input) => {
  const queue = findQueue(site, input.QueueUrl);
  const entries = (Array.isArray(input.Entries) ? input.Entries : []).filter(isJson);
  requireBatch(entries);
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  for (const { Id, ReceiptHandle } of entries) {
    try {
      remove(queue, ReceiptHandle);
      Successful.push({ Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Failed, Successful };
};

function requireBatch(entries: Json[]) {
  const refuse = (code: string, message: string) => new AwsError(code, 400, { message });
  if (entries.length === 0) throw refuse("EmptyBatchRequest", "The batch has no entries.");
  if (entries.length > 10) throw refuse("TooManyEntriesInBatchRequest", "The most is 10 entries.");
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw refuse("BatchEntryIdsNotDistinct", "Two entries have the same Id.");
  }
}

/** A handle belongs to one receive; with that of an earlier one nothing is deleted, and nothing is refused. */
function remove(queue: Queue, handle: unknown) {
  const [id, receives] = Buffer.from(String(handle), "base64").toString().split(" ");
  if (typeof handle !== "string" || id === undefined || !/^\d+$/.test(receives ?? "")) {
    const message = "The input receipt handle is invalid.";
    throw new AwsError("ReceiptHandleIsInvalid", 400, { message });
  }
  const index = queue.messages.findIndex(
    (message) => message.id === id && message.receives === Number(receives),
  );
  if (index >= 0) queue.messages.splice(index, 1);
}

function toReceived(message: Message, input: Json): Json {
  const { id, body, receives, sentAt } = message;
  const system = { ApproximateReceiveCount: String(receives), SentTimestamp: String(sentAt) };
  const systemNames = [
    ...toTexts(input.MessageSystemAttributeNames),
    ...toTexts(input.AttributeNames),
  ];
  return {
    Attributes: pick(system, systemNames),
    Body: body,
    MD5OfBody: md5(body),
    MessageAttributes: pick(message.attributes, toTexts(input.MessageAttributeNames)),
    MessageId: id,
    ReceiptHandle: Buffer.from(`${id} ${receives}`).toString("base64"),
  };
}

/** Only what was asked for is shown; `All`, `.*` and `prefix.*` name several. */
function pick(all: Record<string, unknown>, names: string[]): Json | undefined {
  const asked = (name: string) =>
    names.some(
      (each) =>
        each === "All" ||
        each === name ||
        (each.endsWith(".*") && name.startsWith(each.slice(0, -2))),
    );
  const shown = Object.entries(all).filter(([name]) => asked(name));
  return shown.length === 0 ? undefined : Object.fromEntries(shown);
}

/** A message holds 1 byte to 1 MiB (SQS quotas). */
function toBody(body: unknown): string {
  if (typeof body === "string" && body !== "" && Buffer.byteLength(body) <= 1_048_576) return body;
  throw invalid("MessageBody must be a text of 1 byte to 1 MiB");
}

function toAttributes(value: unknown): Record<string, MessageAttribute> {
  if (!isJson(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, attribute]) => {
      const { DataType, StringValue } = isJson(attribute) ? attribute : {};
      if (typeof DataType === "string" && typeof StringValue === "string") {
        return [name, { DataType, StringValue }];
      }
      throw invalid(`message attribute ${name}: the local AWS takes DataType and StringValue`);
    }),
  );
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
