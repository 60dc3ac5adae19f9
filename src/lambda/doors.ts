import { handle } from "hono/aws-lambda";
import { lazyAwsPorts } from "../aws/lazy-aws.ts";
import { createLambdaReceiver, type LambdaReceiver } from "../bot/lambda-receiver.ts";
import { type Config, functionSlack, slackIdentity } from "../config.ts";
import { openSite } from "./site.ts";

/** What is to be done and said is in the tables, whose streams wake `work`; so these doors need no right to do it. */
const leftToWork = { acts: false };

/** Slack's door, kept for the life of the container: the people it has met, and its connections. */
export async function openSlackDoor(config: Config): Promise<LambdaReceiver> {
  const { log, newApp } = await openSite(config, lazyAwsPorts);
  const { deliver } = newApp(leftToWork);
  return createLambdaReceiver({ ...functionSlack(config), ...slackIdentity(config), deliver, log });
}

/** The door of the HTTP API. */
export async function openApiDoor(config: Config) {
  const { newApp } = await openSite(config, lazyAwsPorts);
  return handle(newApp(leftToWork).api);
}
