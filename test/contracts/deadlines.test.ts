import { afterAll, beforeAll } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { schedulerDeadlines } from "../../src/aws/scheduler.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { channelByPlatform } from "../support/builders.ts";
import { aWorld } from "../support/world.ts";
import { deadlinesContract } from "./deadlines.contract.ts";

deadlinesContract("in memory", () => {
  const { deadlines } = aWorld();
  return Promise.resolve({
    deadlines,
    channelId: channelByPlatform.twitch,
    all: () => deadlines.all(),
  });
});

let local: AwsStage;
let clients: ReturnType<typeof createAwsClients>;
beforeAll(async () => {
  local = await openAwsStage();
  clients = createAwsClients(local.options);
});
afterAll(async () => {
  clients.close();
  await local.close();
});

/** Each stage is a site of its own, so that it begins without deadlines. */
let sites = 0;
deadlinesContract("EventBridge Scheduler", () => {
  sites += 1;
  const site = `site-${sites}`;
  const prefix = `patchbay-${site}-`;
  const all = () =>
    local.aws.schedules
      .list()
      .filter(({ request }) => request.Name.startsWith(prefix))
      .map(({ request, nextAt }) => [
        request.Name.slice(prefix.length),
        new Date(nextAt ?? Number.NaN),
      ]);
  return Promise.resolve({
    deadlines: schedulerDeadlines(clients.scheduler, {
      site,
      group: "default",
      roleArn: "arn:aws:iam::123456789012:role/patchbay-scheduler",
      deadLetterArn: undefined,
    }),
    channelId: channelByPlatform.twitch,
    all: () => Object.fromEntries(all()),
  });
});
