import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  channelIds,
  hasRealAws,
  hasRealSlack,
  parseConfig,
  requireReal,
  variableNames,
} from "../src/config.ts";

const flowArn = "arn:aws:mediaconnect:us-west-2:123456789012:flow:1-test:srt-router";

describe("an empty environment", () => {
  it("gives the defaults", () => {
    expect(parseConfig({})).toEqual({
      PORT: 4300,
      PATCHBAY_HOST: "127.0.0.1",
      LOCAL_PORT: 4400,
      LOCAL_SRT_PORT: 9998,
      LOCAL_RTMP_PORT: 1935,
      LOCAL_STEP_MS: 2000,
      LOCAL_MEDIA: "auto",
      PATCHBAY_HOME: ".patchbay",
      PATCHBAY_SITE: "main",
      PATCHBAY_ZONE: "UTC",
      PATCHBAY_LOG: "info",
      PATCHBAY_STACKS: [],
      PATCHBAY_OPERATORS: [],
      PATCHBAY_ADMINS: [],
      PATCHBAY_DEFAULT_LEASE_MINUTES: 240,
      PATCHBAY_MAX_LEASE_MINUTES: 1440,
      PATCHBAY_KEEP_WARM_MINUTES: 10,
      PATCHBAY_GRACE_MINUTES: 10,
      PATCHBAY_DEADLINE_MARGIN_MINUTES: 5,
      PATCHBAY_STRANGERS: "adopt",
      PATCHBAY_POLL_MS: 2000,
      SOURCES_TABLE: "lunora-sources",
      PATCHBAY_BILL: "off",
      PARAMETER_STORE_PREFIX: "/lunora-player/streaming",
    });
  });

  it("is the same as one of empty values", () => {
    const empty = Object.fromEntries(variableNames.map((name) => [name, ""]));
    expect(parseConfig(empty)).toEqual(parseConfig({}));
  });

  it("is not disturbed by variables of other programs", () => {
    expect(parseConfig({ HOME: "/root", constructor: "x" })).toEqual(parseConfig({}));
  });

  it("names nothing real", () => {
    const config = parseConfig({});
    expect(hasRealAws(config)).toBe(false);
    expect(hasRealSlack(config)).toBe(false);
    expect(channelIds(config)).toEqual({});
  });
});

describe("an environment", () => {
  it("gives numbers, lists and secrets their form", () => {
    const config = parseConfig({
      PORT: "0",
      PATCHBAY_STACKS: " media , routing,, ",
      PATCHBAY_OPERATORS: "U0ANA000001,W0BEN000001",
      PATCHBAY_ZONE: "Europe/London",
      SLACK_BOT_TOKEN: "xoxb-test-token",
    });
    expect(config).toMatchObject({
      PORT: 0,
      PATCHBAY_STACKS: ["media", "routing"],
      PATCHBAY_OPERATORS: ["U0ANA000001", "W0BEN000001"],
      PATCHBAY_ZONE: "Europe/London",
    });
    expect(config.SLACK_BOT_TOKEN?.reveal()).toBe("xoxb-test-token");
    expect(JSON.stringify(config)).not.toContain("xoxb-test-token");
  });

  it.each([
    ["a stack", { PATCHBAY_STACKS: "media" }],
    ["a flow", { MEDIACONNECT_FLOW_ARN: flowArn }],
    ["a channel of a platform", { TWITCH_CHANNEL_ID: "1234567" }],
    ["the shared channel", { MEDIALIVE_CHANNEL_ID: "1234567" }],
  ])("names real AWS with %s", (_what, environment) => {
    expect(hasRealAws(parseConfig(environment))).toBe(true);
  });

  it("names the channels of the existing system by platform", () => {
    const config = parseConfig({ PRIMARY_CHANNEL_ID: "1", CUSTOM_CHANNEL_ID: "2" });
    expect(channelIds(config)).toEqual({ primary: "1", custom: "2" });
  });
});

const wholeNumber = (range: string) => `must be a whole number from ${range}`;
const port = wholeNumber("0 to 65535");
const lease = wholeNumber("1 to 2880 min");
const table = "must be a DynamoDB table name";
const channel = "must be a MediaLive channel id, for example 1234567";
const people = "must be Slack user ids separated by commas, for example U0123ABCD";

const problems: [name: string, bad: string[], problem: string][] = [
  ["PORT", ["x", "-1", "65536", "4300.5", "NaN", "1e3", "0x10", " "], port],
  [
    "PATCHBAY_HOST",
    ["a b", "http://0.0.0.0", "0.0.0.0/0"],
    "must be an address of this machine, for example 0.0.0.0",
  ],
  ["LOCAL_PORT", ["http"], port],
  ["LOCAL_SRT_PORT", ["99999"], port],
  ["LOCAL_RTMP_PORT", ["-0"], port],
  ["LOCAL_STEP_MS", ["-1", "600001", "Infinity"], wholeNumber("0 to 600000 ms")],
  ["LOCAL_MEDIA", ["on"], "must be auto or off"],
  ["PATCHBAY_HOME", ["a\nb"], "must be one line"],
  ["PATCHBAY_SITE", ["Main", "a b", "a".repeat(41)], "must be letters, digits and hyphens"],
  [
    "PATCHBAY_ZONE",
    ["Mars/Base", "GMT+25", "__proto__", " "],
    "must be an IANA zone, for example Europe/London",
  ],
  ["PATCHBAY_LOG", ["debug"], "must be one of info, warn, error"],
  ["PATCHBAY_STACKS", ["a\nb"], "must be one line"],
  ["PATCHBAY_OPERATORS", ["ana", "@ana", "U0ANA U0BEN", "C0123456789"], people],
  ["PATCHBAY_ADMINS", ["U0ANA,ben"], people],
  ["PATCHBAY_DEFAULT_LEASE_MINUTES", ["0", "-5", "NaN", "2881", "1.5", "4h"], lease],
  ["PATCHBAY_MAX_LEASE_MINUTES", ["0", "99999999999999"], lease],
  ["PATCHBAY_KEEP_WARM_MINUTES", ["-1", "241"], wholeNumber("0 to 240 min")],
  ["PATCHBAY_GRACE_MINUTES", ["0", "-1", "241", "10m", "NaN"], wholeNumber("1 to 240 min")],
  ["PATCHBAY_CHANNEL_QUOTA", ["0", "1001", "five", "5.5"], wholeNumber("1 to 1000")],
  ["PATCHBAY_DEADLINE_MARGIN_MINUTES", ["0", "1", "61", "1e1"], wholeNumber("2 to 60 min")],
  ["PATCHBAY_STRANGERS", ["ignore"], "must be adopt or stop"],
  ["PATCHBAY_POLL_MS", ["0", "99", "60001"], wholeNumber("100 to 60000 ms")],
  ["PATCHBAY_WORK_FUNCTION", ["a b", "work!", "a".repeat(65)], "must be the name of a function"],
  ["SLACK_BOT_TOKEN", ["xapp-1", "xoxb-", "xoxb-a b"], "must be one word that starts with xoxb-"],
  ["SLACK_BOT_TOKEN", ["xoxb-a\nb", "xoxb-a\n"], "must be one line"],
  ["SLACK_APP_TOKEN", ["xoxb-1", "token"], "must be one word that starts with xapp-"],
  [
    "SLACK_SIGNING_SECRET",
    ["too-short", "a".repeat(15), "8f742231b10e8888 abcd99yyyzzz85a", " "],
    "must be 16 letters and digits or more",
  ],
  ["SLACK_BOT_ID", ["U0123ABCD", "B1"], "must be an id of Slack, for example B0123ABCD"],
  ["SLACK_BOT_USER_ID", ["B0123ABCD", "u01234"], "must be an id of Slack, for example U0123ABCD"],
  ["SLACK_TEAM_ID", ["patchbay", "C0123ABCD"], "must be an id of Slack, for example T0123ABCD"],
  [
    "SLACK_CONVERSATION_ID",
    ["#live", "general", "U0123456789"],
    "must be a conversation id, for example C0123456789",
  ],
  [
    "SLACK_API_URL",
    ["https://slack.com", "file:///api/", "https:///api/", "slack.com/api/"],
    "must be an http address ending in /api/",
  ],
  ["AWS_REGION", ["us-west-2\n"], "must be one line"],
  ["AWS_PROFILE", ["a\rb"], "must be one line"],
  ["AWS_ENDPOINT_URL", ["localhost:4400", "file:///x", "http://"], "must be an http address"],
  ["MEDIALIVE_REGION", ["a\nb"], "must be one line"],
  [
    "MEDIACONNECT_FLOW_ARN",
    ["srt-router", "arn:aws:medialive:us-west-2:123456789012:channel:1"],
    "must be the ARN of a MediaConnect flow",
  ],
  ["MEDIALIVE_CHANNEL_ID", ["arn:aws:x"], channel],
  ["PRIMARY_CHANNEL_ID", ["primary"], channel],
  ["YOUTUBE_CHANNEL_ID", ["1 2"], channel],
  ["TWITCH_CHANNEL_ID", ["-1"], channel],
  ["LINKEDIN_CHANNEL_ID", ["12345678901"], channel],
  ["CUSTOM_CHANNEL_ID", ["1.0"], channel],
  ["DESTINATIONS_TABLE", ["a b"], table],
  ["PRESETS_TABLE", ["a"], table],
  ["SESSIONS_TABLE", ["a/b"], table],
  ["SOURCES_TABLE", ["*"], table],
  ["OPS_TABLE", ["a".repeat(256)], table],
  [
    "PATCHBAY_SCHEDULER_ROLE_ARN",
    ["patchbay", "arn:aws:iam::1:role/x", "arn:aws:sqs:us-west-2:123456789012:q"],
    "must be the ARN of a role",
  ],
  ["PATCHBAY_SCHEDULER_GROUP", ["a b", "a".repeat(65)], "must be the name of a schedule group"],
  ["PATCHBAY_SCHEDULER_DEAD_LETTER_ARN", ["queue"], "must be the ARN of an SQS queue"],
  ["PATCHBAY_EVENTS_QUEUE_URL", ["queue"], "must be the http address of an SQS queue"],
  ["PATCHBAY_BILL", ["yes"], "must be on or off"],
  ["PATCHBAY_PRICES", ["a\nb"], "must be one line"],
  ["PARAMETER_STORE_PREFIX", ["streaming"], "must start with /"],
];

describe("a bad value", () => {
  const cases = problems.flatMap(([name, bad, problem]) =>
    bad.map((value) => ({ name, value, problem })),
  );

  it.each(cases)("of $name is refused: $value", ({ name, value, problem }) => {
    expect(() => parseConfig({ [name]: value })).toThrow(
      expect.objectContaining({
        code: "not-configured",
        message: `The environment has a problem: ${name} ${problem}.`,
      }),
    );
  });

  it("is tried for every variable", () => {
    const tried = new Set(problems.map(([name]) => name));
    expect(variableNames.filter((name) => !tried.has(name))).toEqual([]);
  });

  it("is named together with all others, each once, and never shown", () => {
    const bad = Object.fromEntries(variableNames.map((name) => [name, "c4n4ry\r\n"]));
    const enums = ["LOCAL_MEDIA", "PATCHBAY_LOG", "PATCHBAY_STRANGERS", "PATCHBAY_BILL"];
    const named = variableNames.map((name) => {
      const problem = problems.find(([each]) => each === name)?.[2];
      return `${name} ${enums.includes(name) ? problem : "must be one line"}`;
    });
    const message = `The environment has problems: ${named.join("; ")}.`;
    expect(() => parseConfig(bad)).toThrow(expect.objectContaining({ message }));
  });
});

describe("a bot with no local world", () => {
  it("is told everything that is missing, of Slack and of AWS", () => {
    expect(() => requireReal(parseConfig({ SLACK_APP_TOKEN: "xapp-1" }))).toThrow(
      "Slack needs SLACK_BOT_TOKEN and SLACK_CONVERSATION_ID. AWS needs PATCHBAY_STACKS, or MEDIACONNECT_FLOW_ARN",
    );
  });

  it("needs no more than that", () => {
    const whole = {
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      SLACK_CONVERSATION_ID: "C0123456789",
      MEDIACONNECT_FLOW_ARN: flowArn,
    };
    expect(() => requireReal(parseConfig(whole))).not.toThrow();
  });
});

describe(".env.example", () => {
  const lines = readFileSync(join(import.meta.dirname, "../.env.example"), "utf8").split("\n");
  const settings = lines.flatMap((line, index) => (line.includes("=") ? [{ line, index }] : []));

  it("names exactly the variables that are read, empty and in the same order", () => {
    expect(settings.map(({ line }) => line)).toEqual(variableNames.map((name) => `${name}=`));
  });

  it("has one line of comment above each", () => {
    for (const { line, index } of settings) {
      expect(lines[index - 1], line).toMatch(/^# \S.*[.)]$/);
      expect(lines[index - 2] ?? "", line).not.toMatch(/^#/);
    }
  });
});
