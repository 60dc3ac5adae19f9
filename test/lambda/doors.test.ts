import { describe, expect, it, onTestFinished, vi } from "vitest";
import { tokens } from "../../local/slack/people.ts";
import * as functions from "../../src/lambda.ts";
import { aLocalAws } from "../support/aws-harness.ts";
import { aFunction, functionsOf } from "../support/called.ts";
import { commandBody, eventsOf } from "../support/functions.ts";

const http = { method: "POST", path: "/slack/events" };

/** The environment for one test. */
function withEnvironment(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const signing = { SLACK_SIGNING_SECRET: tokens.signing };
const signed = (body: string, type?: string) => eventsOf(body, Date.now(), type).functionUrl;

describe("what calls the Slack function", () => {
  it.each([
    ["an event of AWS", { source: "aws.medialive", "detail-type": "MediaLive Channel Alert" }],
    ["a batch of a stream", { Records: [] }],
    ["nothing", undefined],
    ["words", "hello"],
  ])("is answered with 400 when it is %s", async (_, event) => {
    expect(await functions.slack(event)).toEqual({ statusCode: 400, body: "" });
  });

  it("is answered with 404 when it is no post", async () => {
    const event = { requestContext: { http: { ...http, method: "GET" } } };
    expect(await functions.slack(event)).toEqual({ statusCode: 404, body: "" });
  });

  it("is answered with 500, and not with an error, while nothing is configured", async () => {
    const event = { requestContext: { http }, headers: null, body: "payload={bad" };
    expect(await functions.slack(event)).toEqual({ statusCode: 500, body: "" });
  });

  it("is refused by the secret alone, whatever else is not configured", async () => {
    withEnvironment(signing);
    const event = signed(commandBody("help"));
    const forged = { ...event, body: `A${event.body.slice(1)}` };
    expect(await functions.slack(forged)).toEqual({ statusCode: 401, body: "" });
  });

  it("is answered with Slack's challenge when the address is checked", async () => {
    withEnvironment(signing);
    const check = JSON.stringify({ type: "url_verification", challenge: "abc" });
    const answer = await functions.slack(signed(check, "application/json"));
    expect(answer).toEqual({ statusCode: 200, body: '{"challenge":"abc"}' });
  });

  it("is acknowledged once it is left to work, and with 500 while it cannot be", async () => {
    const work = await aFunction();
    await using local = await aLocalAws();
    const credentials = { AWS_ACCESS_KEY_ID: "slack-function", AWS_SECRET_ACCESS_KEY: "local" };
    const place = { AWS_REGION: "us-west-2", AWS_ENDPOINT_URL: local.url };
    withEnvironment({ ...signing, ...credentials, ...place, SLACK_BOT_TOKEN: tokens.bot });
    const event = signed(commandBody("start twitch"));
    expect(await functions.slack(event)).toEqual({ statusCode: 500, body: "" });
    withEnvironment({ PATCHBAY_WORK_FUNCTION: "work" });
    expect(await functions.slack(event)).toEqual({ statusCode: 500, body: "" });

    await functionsOf(local.url).register({ name: "work", url: work.url });
    expect(await functions.slack(event)).toEqual({ statusCode: 200, body: "" });
    await vi.waitFor(() => expect(work.calls).toHaveLength(1));
    expect(work.calls[0]).toMatchObject({ source: "patchbay.slack" });
    expect(JSON.stringify(work.calls)).not.toContain("twitch");
    expect(local.aws.asked()).toEqual([
      { by: "slack-function", service: "lambda", operation: "Invoke" },
    ]);
  });
});

describe("a fault of our own", () => {
  it("is a 500, which rings the alarm, and never a throw", async () => {
    withEnvironment({ ...signing, SLACK_BOT_TOKEN: tokens.bot, PATCHBAY_WORK_FUNCTION: "work" });
    withEnvironment({
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
      AWS_REGION: "us-west-2",
    });
    withEnvironment({ AWS_ENDPOINT_URL_LAMBDA: "nonsense" });
    vi.resetModules();
    const { slack } = await import("../../src/lambda.ts");
    const event = signed(commandBody("help"));
    expect(await slack(event)).toEqual({ statusCode: 500, body: "" });
  });
});

describe("what calls the API's function", () => {
  it("is answered with 500 and nothing more while the configuration is wrong", async () => {
    withEnvironment({ PORT: "none" });
    const event = { version: "2.0", requestContext: { http: { method: "GET", path: "/healthz" } } };
    expect(await functions.api(event)).toEqual({ statusCode: 500, body: "" });
  });
});
