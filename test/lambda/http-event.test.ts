import { describe, expect, it } from "vitest";
import { readHttpEvent } from "../../src/lambda/http-event.ts";

const words = "text=Zoë+東京";
const http = { method: "POST", path: "/slack/events" };
const headers = { "X-Slack-Signature": "v0=1" };
const base64 = Buffer.from(words).toString("base64");

describe("an HTTP event", () => {
  it.each([
    [
      "a Function URL",
      { version: "2.0", requestContext: { http }, headers, body: base64, isBase64Encoded: true },
    ],
    [
      "an HTTP API",
      { version: "2.0", requestContext: { http }, headers, body: words, isBase64Encoded: false },
    ],
    ["a REST API", { httpMethod: "POST", headers, body: words, isBase64Encoded: false }],
  ])("of %s is read with its body as bytes", (_, event) => {
    expect(readHttpEvent(event)).toEqual({ method: "POST", headers, body: Buffer.from(words) });
  });

  it("may have neither headers nor body", () => {
    const bare = { httpMethod: "GET", headers: null, body: null };
    expect(readHttpEvent(bare)).toEqual({ method: "GET", headers: {}, body: Buffer.alloc(0) });
  });

  it.each([
    ["an event of AWS", { source: "aws.medialive", "detail-type": "MediaLive Channel Alert" }],
    ["a batch", { Records: [] }],
    ["nothing", null],
    ["words", "POST"],
    ["a list", [{ httpMethod: "POST" }]],
    ["a body that is none", { httpMethod: "POST", body: { a: 1 } }],
  ])("is not what %s is", (_, event) => {
    expect(readHttpEvent(event)).toBeNull();
  });
});
