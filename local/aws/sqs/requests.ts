import { AwsError } from "../errors.ts";
import type { Site } from "../service.ts";
import type { Queue } from "./queues.ts";

const account = "000000000000";

export const arnOf = (region: string, name: string) => `arn:aws:sqs:${region}:${account}:${name}`;

export const urlOf = (origin: string, { name }: Queue) => `${origin}/${account}/${name}`;

/** A queue by its name, URL or ARN; whichever it is, the name comes last. */
export function findQueue(site: Site, address: unknown): Queue {
  const name = typeof address === "string" ? (address.split(/[/:]/).at(-1) ?? "") : "";
  const queue = site.queues.get(name);
  if (queue !== undefined) return queue;
  const message = "The specified queue does not exist.";
  throw new AwsError("QueueDoesNotExist", 400, { message });
}

/** A whole number from 0 to `most`. */
export function toSeconds(member: string, value: unknown, most: number): number {
  return toWhole(member, value, { least: 0, most });
}

export function toWhole(member: string, value: unknown, range: { least: number; most: number }) {
  const { least, most } = range;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw invalid(`${member} must be a whole number from ${least} to ${most}`);
}

export const invalid = (message: string) =>
  new AwsError("InvalidParameterValue", 400, { message: `Value is invalid. Reason: ${message}.` });
