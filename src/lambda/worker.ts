import * as z from "zod";
import type { App } from "../app.ts";
import { awsPorts } from "../aws/aws.ts";
import { once } from "../aws/lazily.ts";
import { createLambdaReceiver } from "../bot/lambda-receiver.ts";
import type { Verified } from "../bot/verify-slack.ts";
import { type Config, functionSlack, slackIdentity } from "../config.ts";
import { isOpsError, OpsError } from "../errors.ts";
import { readHandedOver } from "./handed-over.ts";
import { type Invocation, inTime, timeBudget } from "./invocation.ts";
import { readBatch } from "./records.ts";
import { leftToWork, openSite, type Site } from "./site.ts";

/** What Lambda is told of a batch: those records, and all after the first of them, come again. */
export type BatchAnswer = { batchItemFailures: { itemIdentifier: string }[] };

/** The two functions that act on AWS. */
export type Worker = {
  /** What the minute does. Throws when AWS could not be looked at, so that Lambda counts an error. */
  tick(invocation: Invocation): Promise<void>;
  /** Acts on a batch of a table's stream, an event of AWS, or a request of Slack; what is none of these is logged. */
  work(event: unknown, invocation: Invocation): Promise<BatchAnswer | undefined>;
};

/** An event of EventBridge is only a hint: it comes late, doubled or not at all (facts of the AWS user guides). */
const hint = z.object({ source: z.enum(["aws.medialive", "aws.mediaconnect"]) });

export async function openWorker(config: Config): Promise<Worker> {
  const site = await openSite(config, awsPorts);
  const slack = functionSlack(config);
  const receiver = once(() => openSlack(site, config));
  /** What fails, or takes too long, is called once more: then the person is told that nobody knows how far it came. */
  const respond = async (request: Verified, invocation: Invocation): Promise<undefined> => {
    const receive = await receiver();
    await inTime(invocation, site.clock, receive(request, invocation.awsRequestId));
  };
  return {
    tick: (invocation) => live(site, invocation, (app) => app.tick()),
    async work(event, invocation) {
      const request = readHandedOver(event, slack.botToken);
      if (request !== null) return respond(request, invocation);
      const batch = readBatch(event);
      if (batch === null) return void (await onEvent(site, event, invocation));
      const { unreadable } = batch;
      if (unreadable.length > 0) site.log.error("records-unreadable", { count: unreadable.length });
      const passed = !batch.isNews || (await isPassed(site, invocation));
      const failed = passed ? unreadable : batch.all;
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    },
  };
}

/** Kept for the life of the container: the people it has met, and its connections. */
async function openSlack({ log, newApp }: Site, config: Config) {
  const { deliver } = newApp(leftToWork);
  const identity = slackIdentity(config);
  return createLambdaReceiver({ ...functionSlack(config), identity, deliver, log });
}

/** The jobs judge by what a pass has noted, so that a hint is followed by what the minute does. */
async function onEvent(site: Site, event: unknown, invocation: Invocation): Promise<void> {
  if (hint.safeParse(event).success) await live(site, invocation, (app) => app.tick());
  else site.log.warn("event-unreadable");
}

async function isPassed(site: Site, invocation: Invocation): Promise<boolean> {
  try {
    await live(site, invocation, () => Promise.resolve());
    return true;
  } catch (error) {
    site.log.error("work-failed", told(error));
    return false;
  }
}

/** What the log may say of a failure: our own sentence; of others only the name, their words may carry a secret. */
export function told(error: unknown): { name: string; message?: string } {
  const name = error instanceof Error ? error.name : "unknown";
  return isOpsError(error) ? { name, message: error.message } : { name };
}

/**
 * An invocation is a short life of the whole product: it opens, does its work, goes on until nothing is on its way and
 * everything is said, or until its time is over, and closes. What is left is for the next one, as after a crash.
 */
async function live(site: Site, invocation: Invocation, act: (app: App) => Promise<void>) {
  const app = site.newApp({ acts: true });
  const budget = timeBudget(invocation, site.clock);
  try {
    await app.open();
    await act(app);
    await app.settled(budget.ending);
  } finally {
    budget.over();
    await app.close();
  }
  if (app.lastPassAt() === null)
    throw new OpsError("aws-unavailable", "No look at AWS has succeeded; the log says why.");
}
