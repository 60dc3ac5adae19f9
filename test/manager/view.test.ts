import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import type { ChannelState } from "../../src/domain/channel.ts";
import type { Destination } from "../../src/domain/destination.ts";
import type { Facts } from "../../src/domain/facts.ts";
import type { FlowState } from "../../src/domain/source.ts";
import { unknownCosts } from "../../src/manager/site-costs.ts";
import { isStuckStopping, toSiteView } from "../../src/manager/view.ts";
import {
  aBindings,
  aBroadcast,
  aChannelReading,
  aDestination,
  aFlowReading,
  ana,
  anIntent,
  channelByPlatform,
  siteNow as now,
  someFacts,
} from "../support/builders.ts";

const { twitch } = channelByPlatform;
const leaseUntil = addMinutes(now, 60);
const on = (phase: Destination["phase"]) =>
  aDestination({ desired: "on", phase, intent: anIntent(), leaseUntil, runningSince: now });
const off = (phase: Destination["phase"], overrides: Partial<Destination> = {}) =>
  aDestination({ desired: "off", phase, intent: anIntent(), settledAt: now, ...overrides });

const viewOf = (facts: Facts, alerts: readonly string[] = []) =>
  toSiteView({
    facts,
    broadcast: aBroadcast(),
    alerts: new Map([[twitch, alerts]]),
    troubles: ["The flow cannot be read at present."],
    costs: unknownCosts,
    zone: "Europe/London",
    now,
  });

/** Twitch as a person sees it. */
function twitchIn(row: Destination, state: ChannelState, overrides: Partial<Facts> = {}) {
  const channels = new Map([[twitch, aChannelReading({ state })]]);
  const [view] = viewOf(someFacts({ destinations: [row], channels, ...overrides })).destinations;
  return view;
}

const flowIn = (state: FlowState) => ({ flow: aFlowReading({ state }) });
const source = (connected: boolean | null) => {
  const { source: measured } = aFlowReading();
  return { flow: aFlowReading({ source: { ...measured, connected } }) };
};

describe("a destination's stage", () => {
  it.each([
    [off("off"), "idle", "off", "start"],
    [off("failed", { lastError: "no luck" }), "idle", "failed", "start"],
    [off("off", { enabled: false }), "idle", "disabled", null],
    [off("off", { platform: "x", kind: "x" }), "unknown", "no-channel", null],
    [on("accepted"), "idle", "starting", "stop"],
    [on("starting"), "starting", "starting", "stop"],
    [on("running"), "running", "on-air", "stop"],
    [on("running"), "unknown", "unknown", "stop"],
    [off("accepted"), "running", "stopping", null],
    [off("stopping"), "stopping", "stopping", null],
  ] as const)("%#: is told with what can be done about it", (...[row, state, stage, can]) => {
    expect(twitchIn(row, state)).toMatchObject({ stage, can, channelState: state });
  });

  it.each([
    ["no signal", "running", source(false)],
    ["source unknown", "running", source(null)],
    ["source unknown", "running", { flow: null }],
    ["AWS is restarting its pipeline", "recovering", {}],
    ["its channel is starting", "starting", {}],
    ["its channel is idle", "idle", {}],
  ] as const)(
    "is running and not on air, because viewers may not see it: %s",
    (missing, state, facts) => {
      expect(twitchIn(on("running"), state, facts)).toMatchObject({
        stage: "running",
        missing,
        since: now,
      });
    },
  );

  it("is running and not on air while AWS has an alert for its channel", () => {
    const channels = new Map([[twitch, aChannelReading({ state: "running" })]]);
    const facts = someFacts({ destinations: [on("running")], channels });
    expect(viewOf(facts, ["Failed RTMP Connection"]).destinations).toMatchObject([
      { stage: "running", missing: "Failed RTMP Connection" },
    ]);
    expect(viewOf(facts).destinations).toMatchObject([{ stage: "on-air", missing: null }]);
  });

  it.each([
    ["waiting for the flow", "idle", flowIn("starting")],
    ["preparing the channel", "idle", {}],
    ["preparing the channel", "updating", { flow: "not-configured" }],
    ["still stopping, starts right after", "stopping", {}],
    ["AWS cannot be read at present", "unknown", {}],
    ["AWS cannot be read at present", "idle", { flow: null }],
    [null, "starting", {}],
  ] as const)("is starting, and says what it waits for: %s", (missing, state, facts) => {
    expect(twitchIn(on("accepted"), state, facts)).toMatchObject({ stage: "starting", missing });
  });

  it("is told with who asked when, until when, and which intent a button is for", () => {
    expect(twitchIn(on("starting"), "starting")).toEqual({
      id: "dest_twitch",
      name: "Twitch",
      platformName: "Twitch",
      stage: "starting",
      channelState: "starting",
      missing: null,
      since: now,
      usualStartSeconds: 120,
      by: ana,
      askedAt: now,
      until: leaseUntil,
      hold: null,
      cost: null,
      lastError: null,
      intentId: "intent_1",
      can: "stop",
    });
  });

  it("shows the last error of what failed, and no end of what is off", () => {
    const failed = off("failed", { lastError: "no luck", leaseUntil });
    expect(twitchIn(failed, "idle")).toMatchObject({
      lastError: "no luck",
      until: null,
      since: now,
    });
  });

  it("is its own also when another row has its channel", () => {
    const rival = { ...on("running"), id: "dest_rival" };
    const channels = new Map([[twitch, aChannelReading({ state: "running" })]]);
    const { destinations } = viewOf(someFacts({ destinations: [rival, aDestination()], channels }));
    expect(destinations).toMatchObject([
      { id: "dest_rival", stage: "on-air" },
      { id: "dest_twitch", stage: "off", channelState: "idle" },
    ]);
  });
});

describe("the site", () => {
  it("is shown with its time, broadcast, flow, source and troubles", () => {
    expect(viewOf(someFacts())).toMatchObject({
      at: now,
      zone: "Europe/London",
      broadcast: aBroadcast(),
      flow: "active",
      source: { connected: true, bitrateBps: 6_000_000 },
      troubles: ["The flow cannot be read at present."],
      cost: null,
    });
  });

  it("says so when its flow cannot be read, or is none", () => {
    expect(viewOf(someFacts({ flow: null }))).toMatchObject({
      flow: "unreadable",
      source: { connected: null },
    });
    const bindings = aBindings({ flowArn: null });
    expect(viewOf(someFacts({ flow: "not-configured", bindings })).flow).toBe("not-configured");
  });
});

describe("a stop", () => {
  it.each([
    { row: off("stopping"), minutes: 5, stuck: true },
    { row: off("accepted"), minutes: 6, stuck: true },
    { row: off("stopping"), minutes: 4, stuck: false },
    { row: off("off"), minutes: 9, stuck: false },
    { row: on("running"), minutes: 9, stuck: false },
    { row: off("stopping", { intent: null }), minutes: 9, stuck: false },
  ])("is stuck ($stuck) after $minutes min when it is $row.phase", ({ row, minutes, stuck }) => {
    expect(isStuckStopping(row, 5, addMinutes(now, minutes))).toBe(stuck);
  });
});
