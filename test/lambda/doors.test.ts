import { describe, expect, it, onTestFinished } from "vitest";
import { tokens } from "../../local/slack/people.ts";
import * as functions from "../../src/lambda.ts";
import { commandBody, eventsOf } from "../support/functions.ts";

const http = { method: "POST", path: "/slack/events" };

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
    process.env.SLACK_SIGNING_SECRET = tokens.signing;
    onTestFinished(() => {
      delete process.env.SLACK_SIGNING_SECRET;
    });
    const { functionUrl } = eventsOf(commandBody("help"), Date.now());
    const forged = { ...functionUrl, body: `A${functionUrl.body.slice(1)}` };
    expect(await functions.slack(forged)).toEqual({ statusCode: 401, body: "" });
  });
});

describe("what calls the API's function", () => {
  it("is answered with 500 and nothing more while the configuration is wrong", async () => {
    process.env.PORT = "none";
    onTestFinished(() => {
      delete process.env.PORT;
    });
    const event = { version: "2.0", requestContext: { http: { method: "GET", path: "/healthz" } } };
    expect(await functions.api(event)).toEqual({ statusCode: 500, body: "" });
  });
});
