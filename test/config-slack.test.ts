import { describe, expect, it } from "vitest";
import {
  functionSlack,
  hasRealSlack,
  parseConfig,
  signingSecretOf,
  slackConfig,
  slackIdentity,
} from "../src/config.ts";

describe("the Slack app", () => {
  const whole = {
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_APP_TOKEN: "xapp-1",
    SLACK_CONVERSATION_ID: "C0123456789",
  };
  const SLACK_SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  const transportOf = (environment: Record<string, string>) => {
    const slack = slackConfig(parseConfig(environment));
    const given = slack.mode === "socket" ? slack.appToken : slack.signingSecret;
    return [slack.mode, given.reveal()];
  };

  it("is complete with two tokens and a conversation", () => {
    const slack = slackConfig(parseConfig(whole));
    expect(slack.conversationId).toBe("C0123456789");
    expect(slack.botToken.reveal()).toBe("xoxb-1");
    expect(transportOf(whole)).toEqual(["socket", "xapp-1"]);
    expect(slack.apiUrl).toBeUndefined();
  });

  it("is complete with a signing secret in place of the app token, and then comes by HTTP", () => {
    const { SLACK_APP_TOKEN: _, ...rest } = whole;
    expect(transportOf({ ...rest, SLACK_SIGNING_SECRET })).toEqual(["http", SLACK_SIGNING_SECRET]);
  });

  it("comes by Socket Mode when both are there", () => {
    expect(transportOf({ ...whole, SLACK_SIGNING_SECRET })).toEqual(["socket", "xapp-1"]);
  });

  it("may be another one than Slack itself", () => {
    const SLACK_API_URL = "http://127.0.0.1:4400/api/";
    expect(slackConfig(parseConfig({ ...whole, SLACK_API_URL })).apiUrl).toBe(SLACK_API_URL);
  });

  it.each([
    [{ ...whole, SLACK_BOT_TOKEN: "" }, "Slack needs SLACK_BOT_TOKEN."],
    [{ SLACK_APP_TOKEN: "xapp-1" }, "Slack needs SLACK_BOT_TOKEN and SLACK_CONVERSATION_ID."],
    [{ SLACK_SIGNING_SECRET }, "Slack needs SLACK_BOT_TOKEN and SLACK_CONVERSATION_ID."],
    [
      {},
      "Slack needs SLACK_BOT_TOKEN, SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET for HTTP) and SLACK_CONVERSATION_ID.",
    ],
  ])("is told everything that is missing: $1", (environment, message) => {
    expect(() => slackConfig(parseConfig(environment))).toThrow(
      expect.objectContaining({ code: "not-configured", message }),
    );
  });

  it.each([
    ["SLACK_BOT_TOKEN", "xoxb-1"],
    ["SLACK_APP_TOKEN", "xapp-1"],
    ["SLACK_SIGNING_SECRET", SLACK_SIGNING_SECRET],
  ])("is meant by %s alone", (name, value) => {
    expect(hasRealSlack(parseConfig({ [name]: value }))).toBe(true);
  });
});

describe("the Slack app of a function", () => {
  const app = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_CONVERSATION_ID: "C0123456789" };
  const ids = { SLACK_BOT_ID: "B0123", SLACK_BOT_USER_ID: "U0123", SLACK_TEAM_ID: "T0123" };
  const SLACK_SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  it("connects to nothing, and needs neither app token nor signing secret", () => {
    expect(functionSlack(parseConfig(app))).toMatchObject({
      mode: "function",
      conversationId: "C0123456789",
    });
    expect(() => functionSlack(parseConfig({}))).toThrow(
      "Slack needs SLACK_BOT_TOKEN and SLACK_CONVERSATION_ID.",
    );
  });

  it("knows who it is from the environment", () => {
    const identity = slackIdentity(parseConfig(ids));
    expect(identity).toEqual({ botId: "B0123", userId: "U0123", teamId: "T0123" });
    expect(() => slackIdentity(parseConfig({ SLACK_TEAM_ID: "T0123" }))).toThrow(
      "Slack needs SLACK_BOT_ID and SLACK_BOT_USER_ID.",
    );
  });

  it("knows what Slack signs with where Slack calls it", () => {
    const secret = signingSecretOf(parseConfig({ SLACK_SIGNING_SECRET }));
    expect(secret.reveal()).toBe(SLACK_SIGNING_SECRET);
    expect(() => signingSecretOf(parseConfig({}))).toThrow("Slack needs SLACK_SIGNING_SECRET.");
  });
});
