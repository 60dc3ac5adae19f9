import { addSeconds, subMinutes, subSeconds } from "date-fns";
import { describe, expect, it } from "vitest";
import type { ChannelState } from "../../src/domain/channel.ts";
import type { Destination } from "../../src/domain/destination.ts";
import type { Facts } from "../../src/domain/facts.ts";
import { plan } from "../../src/domain/plan.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import {
  aChannelReading,
  aDestination,
  aFlowReading,
  anIntent,
  channelByPlatform,
  siteNow as now,
  someFacts,
} from "../support/builders.ts";

describe("the plan for one destination", () => {
  const { twitch } = channelByPlatform;
  const wanted = (overrides: Partial<Destination> = {}) =>
    aDestination({
      desired: "on",
      phase: "accepted",
      intent: anIntent(),
      leaseUntil: new Date(now.getTime() + 3_600_000),
      ...overrides,
    });
  const factsOf = (row: Destination, state: ChannelState, overrides: Partial<Facts> = {}) =>
    someFacts({
      destinations: [row],
      channels: new Map([[twitch, aChannelReading({ state })]]),
      ...overrides,
    });
  const inShort = (facts: Facts) =>
    plan(facts, defaultPolicy, now)
      .filter(({ kind }) => kind !== "keep-deadlines")
      .map((step) => (step.kind === "fail-intent" ? step.reason : step.kind));
  const late = anIntent({ at: subMinutes(now, 10) });

  it("starts the flow, sets the output, then starts the channel", () => {
    const standby = aFlowReading({ state: "standby" });
    expect(inShort(factsOf(wanted(), "idle", { flow: standby }))).toEqual(["start-flow"]);
    expect(inShort(factsOf(wanted(), "idle"))).toEqual(["set-output"]);
    expect(inShort(factsOf(wanted({ outputIntentId: "intent_1" }), "idle"))).toEqual([
      "start-channel",
    ]);
  });

  it("mends a channel whose last update failed by setting its output, once", () => {
    expect(inShort(factsOf(wanted(), "update_failed"))).toEqual(["set-output"]);
    const set = wanted({ outputIntentId: "intent_1" });
    expect(inShort(factsOf(set, "update_failed"))).toEqual(["channel-broken"]);
  });

  it.each([
    ["missed-window", wanted({ intent: late }), "idle"],
    ["missed-window", wanted({ intent: late }), "unknown"],
    ["missed-window", wanted({ intent: late }), "stopping"],
    ["no-lease", wanted({ leaseUntil: null }), "idle"],
    ["channel-broken", wanted(), "deleted"],
    ["channel-broken", wanted(), "create_failed"],
    ["no-channel", wanted({ platform: "x", kind: "x" }), "idle"],
    ["stuck-starting", wanted({ phase: "starting", intent: late }), "starting"],
  ] as const)("gives a start up with %s", (reason, row, state) => {
    expect(inShort(factsOf(row, state))).toEqual([reason]);
  });

  it("gives a start up when an older one has its channel", () => {
    const older = wanted({ id: "dest_older", phase: "running", intent: late });
    const facts = factsOf(wanted(), "running");
    expect(inShort({ ...facts, destinations: [wanted(), older] })).toEqual(["channel-in-use"]);
  });

  it.each([
    [30, []],
    [60, []],
    [61, ["stop-channel"]],
    [21_600, ["stop-channel"]],
  ])("M1 no-overrun: waits with a stop that is to be repeated in %d s for %j", (seconds, steps) => {
    const retryAt = addSeconds(now, seconds);
    const row = wanted({ desired: "off", phase: "stopping", leaseUntil: null, retryAt });
    expect(inShort(factsOf(row, "running"))).toEqual(steps);
  });

  it("allows the whole time from StartChannel on, not from the wish on", () => {
    const at = subMinutes(now, 9);
    const attempt = { intentId: "intent_1", at, outcome: "accepted" as const };
    const row = wanted({ phase: "starting", intent: late, attempt });
    expect(inShort(factsOf(row, "starting"))).toEqual([]);
    const old = { ...attempt, intentId: "intent_0", at: subMinutes(now, 99) };
    const fresh = wanted({ phase: "starting", attempt: old });
    expect(inShort(factsOf(fresh, "starting"))).toEqual([]);
  });

  it.each([
    { outcome: "unknown", seconds: 4, repeated: false },
    { outcome: "unknown", seconds: 5, repeated: true },
    { outcome: "refused", seconds: 0, repeated: true },
    { outcome: "accepted", seconds: 0, repeated: false },
    { outcome: "accepted", seconds: 599, repeated: false },
  ] as const)(
    "M3 one-start-per-intent: repeats ($repeated) a start that was $outcome $seconds s ago",
    ({ outcome, seconds, repeated }) => {
      const attempt = { intentId: "intent_1", at: subSeconds(now, seconds), outcome };
      const row = wanted({ outputIntentId: "intent_1", attempt });
      expect(inShort(factsOf(row, "idle"))).toEqual(repeated ? ["start-channel"] : []);
    },
  );
});
