import { describe, expect, it } from "vitest";
import * as functions from "../../src/lambda.ts";

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
});
