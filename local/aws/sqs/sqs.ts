import type { Json } from "../answers.ts";
import { AwsError } from "../errors.ts";
import { isJson } from "../input.ts";
import type { JsonHandler } from "../rpc.ts";
import type { Site } from "../service.ts";
import { deleteMessage, deleteMessageBatch, receiveMessage, sendMessage } from "./messages.ts";
import { type Queue, standardHiddenMs } from "./queues.ts";
import { arnOf, findQueue, invalid, toSeconds, urlOf } from "./requests.ts";

/** CreateQueue: the same name with the same attributes answers the existing queue (SQS API reference). */
const createQueue: JsonHandler = (site, input, { origin }) => {
  const name = toName(input.QueueName);
  const hiddenMs = toHiddenMs(input.Attributes);
  const existing = site.queues.get(name);
  if (existing !== undefined && existing.hiddenMs !== hiddenMs) {
    const message = `A queue already exists with the same name and a different VisibilityTimeout`;
    throw new AwsError("QueueNameExists", 400, { message });
  }
  const queue = existing ?? site.queues.create(name, hiddenMs);
  return { QueueUrl: urlOf(origin, queue) };
};

const getQueueUrl: JsonHandler = (site, input, { origin }) => ({
  QueueUrl: urlOf(origin, findQueue(site, String(input.QueueName))),
});

/** GetQueueAttributes: counts are numbers as text, like every attribute. */
const getQueueAttributes: JsonHandler = (site, input) => {
  const queue = findQueue(site, input.QueueUrl);
  const wanted = Array.isArray(input.AttributeNames) ? input.AttributeNames : [];
  const all = attributesOf(site, queue);
  const unknown = wanted.find((name) => name !== "All" && !(String(name) in all));
  if (unknown !== undefined) {
    throw new AwsError("InvalidAttributeName", 400, { message: `Unknown Attribute ${unknown}.` });
  }
  const shown = Object.entries(all).filter(
    ([name]) => wanted.includes("All") || wanted.includes(name),
  );
  return { Attributes: Object.fromEntries(shown) };
};

const purgeQueue: JsonHandler = (site, input) => {
  findQueue(site, input.QueueUrl).messages.splice(0);
  return {};
};

export const sqsOperations: Record<string, JsonHandler> = {
  CreateQueue: createQueue,
  GetQueueUrl: getQueueUrl,
  GetQueueAttributes: getQueueAttributes,
  SendMessage: sendMessage,
  ReceiveMessage: receiveMessage,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  PurgeQueue: purgeQueue,
};

function attributesOf(site: Site, queue: Queue): Record<string, string> {
  const now = site.world.now();
  const hidden = queue.messages.filter(({ visibleAt }) => visibleAt > now).length;
  return {
    ApproximateNumberOfMessages: String(queue.messages.length - hidden),
    ApproximateNumberOfMessagesDelayed: "0",
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    QueueArn: arnOf(site.region, queue.name),
    VisibilityTimeout: String(queue.hiddenMs / 1000),
  };
}

function toName(name: unknown): string {
  if (typeof name === "string" && /^[\w-]{1,80}$/.test(name)) return name;
  throw invalid("QueueName: 1 to 80 letters, digits, - and _; queues named .fifo are not here");
}

/** Only the visibility timeout can be set here; it arrives as text. */
function toHiddenMs(attributes: unknown): number {
  const { VisibilityTimeout, ...others }: Json = isJson(attributes) ? attributes : {};
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`${other} cannot be set on a queue of the local AWS`);
  if (VisibilityTimeout === undefined) return standardHiddenMs;
  return toSeconds("VisibilityTimeout", Number(VisibilityTimeout), 43_200) * 1000;
}
