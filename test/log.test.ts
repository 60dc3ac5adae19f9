import { addSeconds } from "date-fns";
import { describe, expect, it, vi } from "vitest";
import { Secret } from "../src/domain/secret.ts";
import { createLog, type LogLevel, say } from "../src/log.ts";
import { siteNow } from "./support/builders.ts";

/** A log whose lines are kept instead of written. */
function aLog(least: LogLevel) {
  const write = vi.spyOn(console, "error").mockImplementation(() => {});
  const lines = () => write.mock.calls.map(([line]) => String(line));
  const clock = { now: siteNow };
  return { log: createLog(least, () => clock.now), lines, clock };
}

describe("a log line", () => {
  it("is one line of JSON with time, level, event and the named fields", () => {
    const { log, lines } = aLog("info");
    log.warn("stop-refused", { channelId: "1003", tries: 2, known: true, until: null });
    expect(lines()).toEqual([
      '{"at":"2026-11-22T19:00:00.000Z","level":"warn","event":"stop-refused","channelId":"1003","tries":2,"known":true,"until":null}',
    ]);
  });

  it("needs no fields and leaves out those without a value", () => {
    const { log, lines } = aLog("info");
    log.info("started");
    log.info("started", { channelId: undefined });
    const bare = '{"at":"2026-11-22T19:00:00.000Z","level":"info","event":"started"}';
    expect(lines()).toEqual([bare, bare]);
  });

  it("stays one line whatever its words contain", () => {
    const { log, lines } = aLog("info");
    log.error("failed", { message: 'a\nb\r"c"\u0000' });
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).not.toMatch(/[\n\r\0]/);
    expect(JSON.parse(lines()[0] ?? "")).toMatchObject({ message: 'a\nb\r"c"\u0000' });
  });

  it("shows a secret as no more than that, in a template too", () => {
    const { log, lines } = aLog("info");
    log.info("started", { key: `${new Secret("live_1_canary")}` });
    expect(lines()[0]).toContain('"key":"[secret]"');
  });
});

describe("the level", () => {
  it.each([
    ["info", ["info", "warn", "error"]],
    ["warn", ["warn", "error"]],
    ["error", ["error"]],
  ] as const)("%s lets pass %j", (least, passing) => {
    const { log, lines } = aLog(least);
    log.info("one");
    log.warn("two");
    log.error("three");
    expect(lines().map((line) => JSON.parse(line).level)).toEqual(passing);
  });
});

describe("a trouble that is met again and again", () => {
  it("is written once a minute, with how often it was met", () => {
    const { log, lines, clock } = aLog("info");
    const meet = () => log.error("pass-failed", { code: "aws-unavailable" });
    meet();
    meet();
    meet();
    clock.now = addSeconds(siteNow, 59);
    meet();
    expect(lines()).toHaveLength(1);
    clock.now = addSeconds(siteNow, 60);
    meet();
    clock.now = addSeconds(siteNow, 200);
    meet();
    expect(lines().map((line) => JSON.parse(line).repeated)).toEqual([undefined, 3, undefined]);
  });

  it("hides no other one, and nothing that is no trouble", () => {
    const { log, lines } = aLog("info");
    log.warn("pass-failed", { code: "aws-unavailable" });
    log.warn("pass-failed", { code: "aws-throttled" });
    log.info("step", { kind: "start-flow" });
    log.info("step", { kind: "start-flow" });
    expect(lines()).toHaveLength(4);
  });
});

it("says words to the person at the terminal, apart from the log", () => {
  const out = vi.spyOn(console, "log").mockImplementation(() => {});
  const { lines } = aLog("info");
  say("Console  http://127.0.0.1:4400");
  expect(out.mock.calls).toEqual([["Console  http://127.0.0.1:4400"]]);
  expect(lines()).toEqual([]);
});
