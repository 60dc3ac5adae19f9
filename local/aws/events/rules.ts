import { isJson, parseBody } from "../input.ts";
import type { Site } from "../service.ts";
import type { Queue } from "../sqs/queues.ts";
import { matches } from "./pattern.ts";

/** The queues to which the rules of stacks send an event; other targets get nothing here. */
export function queuesFor(
  { made, queues }: Pick<Site, "made" | "queues">,
  event: unknown,
): Queue[] {
  return made
    .list("AWS::Events::Rule")
    .filter(({ properties }) => properties.State !== "DISABLED")
    .filter(({ properties }) => matches(toPattern(properties.EventPattern), event))
    .flatMap(({ properties }) => (Array.isArray(properties.Targets) ? properties.Targets : []))
    .flatMap((target) => queues.get(queueNameOf(target)) ?? []);
}

const queueNameOf = (target: unknown) =>
  (isJson(target) ? String(target.Arn) : "").split(":").at(-1) ?? "";

/** A pattern is given as an object or as JSON in a text. */
const toPattern = (pattern: unknown) =>
  typeof pattern === "string" ? parseBody(pattern) : pattern;
