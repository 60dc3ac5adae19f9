import { describe, expect, it, onTestFinished, vi } from "vitest";
import { awsOptions, settledSettings } from "../src/aws-options.ts";
import { parseConfig } from "../src/config.ts";
import { clientOptions, serve } from "./support/aws-stage.ts";
import { memoryClock } from "./support/memory/clock.ts";
import { memoryLog } from "./support/memory/process.ts";

const settings = {
  opsTable: "show-ops",
  destinationsTable: "show-destinations",
  sessionsTable: "show-sessions",
  schedulerRoleArn: "arn:aws:iam::123456789012:role/stack",
  schedulerGroup: "show-prod",
  schedulerDeadLetterArn: "arn:aws:sqs:us-west-2:123456789012:stack-dead",
  eventsQueueUrl: "https://sqs.us-west-2.amazonaws.com/123456789012/stack-events",
};

const own = {
  OPS_TABLE: "own-ops",
  DESTINATIONS_TABLE: "own-destinations",
  SESSIONS_TABLE: "own-sessions",
  PATCHBAY_SCHEDULER_ROLE_ARN: "arn:aws:iam::123456789012:role/own",
  PATCHBAY_SCHEDULER_GROUP: "own-group",
  PATCHBAY_SCHEDULER_DEAD_LETTER_ARN: "arn:aws:sqs:us-west-2:123456789012:own-dead",
  PATCHBAY_EVENTS_QUEUE_URL: "https://sqs.us-west-2.amazonaws.com/123456789012/own-events",
};

describe("awsOptions", () => {
  it("takes the stacks' resources", () => {
    expect(awsOptions(parseConfig({}), settings)).toMatchObject({
      tables: { ops: "show-ops", destinations: "show-destinations", sessions: "show-sessions" },
      scheduler: {
        group: "show-prod",
        roleArn: settings.schedulerRoleArn,
        deadLetterArn: settings.schedulerDeadLetterArn,
      },
      eventsQueueUrl: settings.eventsQueueUrl,
    });
  });

  it("lets the environment win", () => {
    expect(awsOptions(parseConfig(own), settings)).toMatchObject({
      tables: { ops: "own-ops", destinations: "own-destinations", sessions: "own-sessions" },
      scheduler: {
        group: "own-group",
        roleArn: own.PATCHBAY_SCHEDULER_ROLE_ARN,
        deadLetterArn: own.PATCHBAY_SCHEDULER_DEAD_LETTER_ARN,
      },
      eventsQueueUrl: own.PATCHBAY_EVENTS_QUEUE_URL,
    });
  });

  it("has defaults for what neither says", () => {
    expect(awsOptions(parseConfig({}), {})).toMatchObject({
      tables: {
        ops: "patchbay-ops",
        destinations: "lunora-destinations",
        sessions: "lunora-streaming-sessions",
      },
      scheduler: { group: "default", roleArn: undefined },
      eventsQueueUrl: undefined,
    });
  });
});

/** CloudFormation that does not accept our credentials for so many requests, and then knows one stack. */
async function aCloudFormation(refusals: number) {
  const state = { asked: 0 };
  const server = await serve(async () => {
    state.asked += 1;
    if (state.asked <= refusals) return xml(refusal, 403);
    return xml(stack, 200);
  });
  onTestFinished(server.close);
  return { aws: clientOptions(server.url), state };
}

const refusal = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>";
const outputs =
  "<Outputs><member><OutputKey>OpsTableName</OutputKey><OutputValue>o</OutputValue></member></Outputs>";
const stack = `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>${outputs}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
const xml = (body: string, status: number) =>
  new Response(body, { status, headers: { "content-type": "text/xml" } });

// The SDK is loaded when it is needed.
const patient = { timeout: 4_000 };

describe("settledSettings", () => {
  it("waits while CloudFormation is out of reach", async () => {
    const { aws, state } = await aCloudFormation(2);
    const clock = memoryClock();
    const log = memoryLog();
    const config = parseConfig({ PATCHBAY_STACKS: "show" });
    const settling = settledSettings(config, { aws, clock, log });
    for (const asked of [1, 2]) {
      await vi.waitFor(() => expect(clock.sleepers()).toBe(1), patient);
      expect(state.asked).toBe(asked);
      await clock.advance(5_000);
    }
    expect(await settling).toEqual({ opsTable: "o" });
    const fields = {
      stacks: "show",
      message: expect.stringContaining("AWS does not accept patchbay's credentials"),
    };
    const line = { level: "warn", event: "stacks-out-of-reach", fields };
    expect(log.lines).toEqual([line, line]);
  });

  it("waits no longer than it is wanted", async () => {
    const { aws } = await aCloudFormation(99);
    const ending = new AbortController();
    const clock = memoryClock();
    const config = parseConfig({ PATCHBAY_STACKS: "show" });
    const own = { aws, clock, log: memoryLog(), ending: ending.signal };
    const settling = settledSettings(config, own);
    await vi.waitFor(() => expect(clock.sleepers()).toBe(1), patient);
    ending.abort();
    expect(await settling).toEqual({});
  });

  it.each([
    ["no stack is configured", {}],
    ["the environment says it all", { ...own, PATCHBAY_STACKS: "show" }],
  ])("asks nobody when %s", async (_when, environment) => {
    const { aws, state } = await aCloudFormation(0);
    const ports = { aws, clock: memoryClock(), log: memoryLog() };
    expect(await settledSettings(parseConfig(environment), ports)).toEqual({});
    expect(state.asked).toBe(0);
  });
});
