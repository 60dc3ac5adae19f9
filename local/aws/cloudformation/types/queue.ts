import type { Json } from "../../answers.ts";
import { type Queue, standardHiddenMs } from "../../sqs/queues.ts";
import { urlOf } from "../../sqs/requests.ts";
import { alreadyExists, arnOf, invalidRequest, nameOr } from "./names.ts";
import type { Context, Resource, ResourceType } from "./resource-type.ts";

const type = "AWS::SQS::Queue";

/** Real queues of the local SQS; of its settings only the visibility timeout has an effect here. */
export const queue: ResourceType = {
  type,
  create: (context, properties) => {
    const name = nameOr(context, properties.QueueName, 80);
    if (properties.FifoQueue === true)
      throw invalidRequest("FIFO queues are not part of the local AWS");
    if (context.site.queues.get(name) !== undefined) throw alreadyExists(type, name);
    return toResource(context, context.site.queues.create(name, hiddenMsOf(properties)));
  },
  update: (context, { physicalId, attributes }, properties) => {
    const found = context.site.queues.get(String(attributes.QueueName));
    if (found === undefined) throw invalidRequest(`The queue ${physicalId} does not exist.`);
    found.hiddenMs = hiddenMsOf(properties);
    return { physicalId, attributes };
  },
  remove: ({ site }, { attributes }) => site.queues.remove(String(attributes.QueueName)),
  restore: ({ site }, { attributes, properties }) => {
    const name = String(attributes.QueueName);
    if (site.queues.get(name) === undefined) site.queues.create(name, hiddenMsOf(properties));
  },
};

function hiddenMsOf({ VisibilityTimeout }: Json): number {
  if (VisibilityTimeout === undefined) return standardHiddenMs;
  const seconds = Number(VisibilityTimeout);
  if (seconds >= 0 && seconds <= 43_200) return seconds * 1000;
  throw invalidRequest("Invalid value for the parameter VisibilityTimeout.");
}

/** The address is where this local AWS is reached, because clients go to the host in it. */
function toResource({ site, origin }: Context, queue: Queue): Resource {
  const QueueUrl = urlOf(origin, queue);
  const attributes = { QueueName: queue.name, QueueUrl, Arn: arnOf(site, "sqs", queue.name) };
  return { physicalId: QueueUrl, attributes };
}
