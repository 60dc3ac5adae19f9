import { expect, test } from "vitest";
import { matches } from "../../../../local/aws/events/pattern.ts";

const event = {
  source: "aws.medialive",
  "detail-type": "MediaLive Channel State Change",
  resources: ["arn:aws:medialive:us-west-2:000000000000:channel:1"],
  detail: {
    state: "RUNNING",
    pipelines: 2,
    outputs: [
      { name: "hls", up: "yes" },
      { name: "rtmp", up: "no" },
    ],
  },
};

test.each([
  [{ source: ["aws.medialive"] }, true],
  [{ source: ["aws.s3", "aws.medialive"], detail: { state: ["RUNNING"] } }, true],
  [{ source: ["aws.s3"] }, false],
  [{ source: ["aws.medialive"], detail: { state: ["STOPPED"] } }, false],
  [{ resources: [{ prefix: "arn:aws:medialive:" }] }, true],
  [{ "detail-type": [{ suffix: "Alert" }] }, false],
  [{ "detail-type": [{ "anything-but": ["MediaLive Channel State Change"] }] }, false],
  [{ "detail-type": [{ "anything-but": { prefix: "MediaConnect" } }] }, true],
  [{ "detail-type": [{ wildcard: "*Channel*Change" }] }, true],
  [{ "detail-type": [{ wildcard: "*Flow*" }] }, false],
  [{ detail: { alarm: [{ exists: false }], state: [{ exists: true }] } }, true],
  [{ detail: { pipelines: [{ numeric: [">", 1, "<=", 2] }] } }, true],
  [{ detail: { pipelines: [{ numeric: ["<", 2] }] } }, false],
  [{ $or: [{ source: ["aws.s3"] }, { detail: { state: ["RUNNING"] } }] }, true],
  [{ detail: { state: [{ "equals-ignore-case": "running" }] } }, true],
  [{ detail: { outputs: { name: ["rtmp"] } } }, true],
  [{ detail: { outputs: { name: ["rtmp"], up: ["yes"] } } }, false],
  [{ detail: { outputs: { name: [{ exists: false }] } } }, false],
])("%j: %s", (pattern, expected) => {
  expect(matches(pattern, event)).toBe(expected);
});
