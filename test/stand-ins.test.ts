import { describe, expect, it, onTestFinished, vi } from "vitest";
import { localEnvironment } from "../local/environment.ts";
import { shiftedClock, systemClock } from "../src/clock.ts";
import { hasRealAws, hasRealSlack, parseConfig, slackConfig } from "../src/config.ts";
import { awsIn, followClock, withStandIns } from "../src/stand-ins.ts";
import { aLocalAws } from "./support/aws-harness.ts";

const local = localEnvironment(4400);
const filled = (environment: Record<string, string>) =>
  parseConfig(withStandIns(environment, parseConfig(environment), local));

const realSlack = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_APP_TOKEN: "xapp-1",
  SLACK_CONVERSATION_ID: "C0123456789",
};

describe("what stands in for what is not configured", () => {
  it("is the whole local world in an empty environment", () => {
    const config = filled({});
    expect(slackConfig(config).apiUrl).toBe(local.SLACK_API_URL);
    expect(config.PATCHBAY_STACKS).toEqual(["patchbay-local"]);
    expect(config.PATCHBAY_OPERATORS).toContain("U0ANA000001");
    expect(config).toMatchObject({ PATCHBAY_LOG: "warn", PATCHBAY_POLL_MS: 400 });
  });

  it("has a switch, a queue of events and a bill in the local AWS only", () => {
    const own = {
      PATCHBAY_SCHEDULER_ROLE_ARN: "arn:aws:iam::123456789012:role/real",
      PATCHBAY_SCHEDULER_GROUP: "real",
      PATCHBAY_BILL: "off",
    };
    expect(filled(own)).toMatchObject({
      PATCHBAY_SCHEDULER_ROLE_ARN: local.PATCHBAY_SCHEDULER_ROLE_ARN,
      PATCHBAY_EVENTS_QUEUE_URL: "http://127.0.0.1:4400/000000000000/patchbay-events",
      PATCHBAY_BILL: "on",
    });
    expect(filled(own).PATCHBAY_SCHEDULER_GROUP).toBeUndefined();
    const real = filled({ ...own, PATCHBAY_STACKS: "production" });
    expect(real).toMatchObject(own);
    expect(real.PATCHBAY_EVENTS_QUEUE_URL).toBeUndefined();
  });

  it("leaves the person's own settings alone", () => {
    const own = { PATCHBAY_ZONE: "Asia/Tokyo", PATCHBAY_LOG: "info", PATCHBAY_POLL_MS: "900" };
    expect(filled({ ...own, PATCHBAY_OPERATORS: "U0VIC000001" })).toMatchObject({
      ...own,
      PATCHBAY_POLL_MS: 900,
      PATCHBAY_OPERATORS: ["U0VIC000001"],
    });
  });

  it("does not mix names of a real AWS into the local one", () => {
    const config = filled({
      AWS_PROFILE: "production",
      MEDIALIVE_REGION: "eu-west-1",
      DESTINATIONS_TABLE: "production-destinations",
      PARAMETER_STORE_PREFIX: "/production",
    });
    expect(config.MEDIALIVE_REGION).toBeUndefined();
    expect(config.DESTINATIONS_TABLE).toBeUndefined();
    expect(config.PARAMETER_STORE_PREFIX).toBe("/lunora-player/streaming");
    expect(awsIn(local)).toMatchObject({
      endpoint: "http://127.0.0.1:4400",
      region: "us-west-2",
      credentials: { accessKeyId: "local" },
    });
  });

  it("does not mix a real conversation into the local Slack", () => {
    const config = filled({ SLACK_CONVERSATION_ID: "C0REAL00001" });
    expect(config.SLACK_CONVERSATION_ID).toBe(local.SLACK_CONVERSATION_ID);
  });

  it("rehearses real Slack on local AWS", () => {
    const config = filled({ ...realSlack, PATCHBAY_OPERATORS: "U0REAL00001" });
    expect(slackConfig(config)).toMatchObject({ conversationId: "C0123456789", apiUrl: undefined });
    expect(config.PATCHBAY_OPERATORS).toEqual(["U0REAL00001"]);
    expect(config.PATCHBAY_ADMINS).toEqual([]);
    expect(config.PATCHBAY_STACKS).toEqual(["patchbay-local"]);
  });

  it("shows a real AWS on the local Slack", () => {
    const config = filled({ PATCHBAY_STACKS: "show-prod", OPS_TABLE: "show-ops" });
    expect(config).toMatchObject({
      PATCHBAY_STACKS: ["show-prod"],
      OPS_TABLE: "show-ops",
      PATCHBAY_POLL_MS: 2000,
    });
    expect(slackConfig(config).apiUrl).toBe(local.SLACK_API_URL);
  });

  it("is nothing when both are real", () => {
    const config = filled({ ...realSlack, PATCHBAY_STACKS: "show-prod" });
    expect([hasRealAws(config), hasRealSlack(config)]).toEqual([true, true]);
    expect(config.SLACK_API_URL).toBeUndefined();
    expect(config.PATCHBAY_OPERATORS).toEqual([]);
  });
});

describe("a clock that follows a world in another process", () => {
  const minute = 60_000;

  async function aWorldAhead(offsetMs: number) {
    const local = await aLocalAws();
    const ending = new AbortController();
    let isOpen = true;
    const close = async () => {
      if (isOpen) await local[Symbol.asyncDispose]();
      isOpen = false;
    };
    onTestFinished(async () => {
      ending.abort();
      await close();
    });
    const setAhead = (ahead: number) =>
      local.world.change(({ clock }) => void Object.assign(clock, { offsetMs: ahead }));
    setAhead(offsetMs);
    const clock = shiftedClock();
    const seen: number[] = [];
    const ahead = () => Math.round((clock.now().getTime() - Date.now()) / minute);
    clock.onShift(() => void seen.push(ahead()));
    return { ...local, close, setAhead, ending, clock, ahead, seen };
  }

  it("is right from the first look on, and sees later jumps", async () => {
    const { url, clock, ahead, setAhead, ending } = await aWorldAhead(3 * minute);
    await followClock(clock, url, ending.signal);
    expect(ahead()).toBe(3);
    setAhead(60 * minute);
    await vi.waitFor(() => expect(ahead()).toBe(60), { timeout: 4_000 });
  });

  it("hears of every minute of a jump, which waits until the one before is done", async () => {
    const { url, clock, seen, ending } = await aWorldAhead(0);
    clock.onShift(() => systemClock.sleep(20));
    await followClock(clock, url, ending.signal);
    await fetch(`${url}/world/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ forwardMinutes: 9 }),
    });
    await vi.waitFor(() => expect(seen.at(-1)).toBe(9), { timeout: 4_000 });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("goes on after a minute that failed", async () => {
    const { url, clock, ahead, setAhead, ending } = await aWorldAhead(0);
    clock.onShift(() => Promise.reject(new Error("no luck")));
    await followClock(clock, url, ending.signal);
    for (const step of [1, 2]) {
      setAhead(step * minute);
      await vi.waitFor(() => expect(ahead()).toBe(step), { timeout: 4_000 });
    }
  });

  it("stays as far ahead as it was while the world is gone", async () => {
    const { url, clock, ahead, close, ending } = await aWorldAhead(5 * minute);
    await followClock(clock, url, ending.signal);
    await close();
    await followClock(clock, url, ending.signal);
    expect(ahead()).toBe(5);
  });
});
