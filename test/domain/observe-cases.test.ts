import { addMinutes, subMinutes, subSeconds } from "date-fns";
import { describe, expect, it } from "vitest";
import type { ChannelState } from "../../src/domain/channel.ts";
import {
  type Destination,
  deadlineSwitch,
  outsider,
  type StartAttempt,
} from "../../src/domain/destination.ts";
import { type Look, observe } from "../../src/domain/observe.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import type { Deadline } from "../../src/domain/site.ts";
import { isCut } from "../../src/domain/switched.ts";
import { aDestination, anIntent, ben, siteNow as now } from "../support/builders.ts";

describe("what a look tells of", () => {
  const look = (state: ChannelState, overrides: Partial<Look> = {}): Look => ({
    state,
    wantedByOthers: false,
    deadline: null,
    now,
    policy: defaultPolicy,
    ...overrides,
  });
  const attempt = (overrides: Partial<StartAttempt> = {}): StartAttempt => ({
    intentId: "intent_1",
    at: subSeconds(now, 60),
    outcome: "unknown",
    ...overrides,
  });
  const leaseUntil = addMinutes(now, 60);
  const on = (overrides: Partial<Destination> = {}) =>
    aDestination({
      desired: "on",
      phase: "accepted",
      intent: anIntent(),
      leaseUntil,
      ...overrides,
    });
  const off = (overrides: Partial<Destination> = {}) =>
    aDestination({
      desired: "off",
      phase: "accepted",
      intent: anIntent({ by: ben }),
      ...overrides,
    });

  it.each([
    ["a start that begins", on(), "starting", { phase: "starting" }, null],
    [
      "a start that runs at once",
      on(),
      "running",
      { phase: "running", runningSince: now },
      "running",
    ],
    [
      "a start that comes to run",
      on({ phase: "starting" }),
      "running",
      { phase: "running" },
      "running",
    ],
    ["a run that AWS repairs", on({ phase: "running" }), "recovering", {}, null],
    ["a run", on({ phase: "running" }), "running", {}, null],
    ["a run that starts again", on({ phase: "running" }), "starting", {}, null],
    [
      "a start that falls back",
      on({ phase: "starting" }),
      "idle",
      { phase: "failed", desired: "off" },
      "failed",
    ],
    [
      "a run that has ended",
      on({ phase: "running" }),
      "idle",
      { phase: "failed", desired: "off" },
      "stopped-outside",
    ],
    [
      "a run without its channel",
      on({ phase: "running" }),
      "deleted",
      { phase: "failed" },
      "stopped-outside",
    ],
    [
      "a run that somebody stops",
      on({ phase: "running" }),
      "stopping",
      { phase: "stopping", desired: "off" },
      "stopped-outside",
    ],
    ["a start over a stopping channel", on(), "stopping", {}, null],
    ["a stop that begins", off(), "stopping", { phase: "stopping" }, null],
    [
      "a stop that is done",
      off({ phase: "stopping" }),
      "idle",
      { phase: "off", leaseUntil: null },
      "off",
    ],
    ["a stop of an updating channel", off(), "updating", {}, null],
    ["a stop of a broken channel", off(), "update_failed", { phase: "off" }, "off"],
  ] as const)("%s", (...[, row, state, change, notice]) => {
    const seen = observe(row, look(state));
    expect(seen.change).toMatchObject(change);
    expect("phase" in seen.change).toBe("phase" in change);
    expect(seen.notice?.kind ?? null).toBe(notice);
  });

  it("a start, that AWS accepted it, so that it is never sent again", () => {
    const { change } = observe(on({ attempt: attempt() }), look("starting"));
    expect(change.attempt).toEqual(attempt({ outcome: "accepted" }));
    const older = on({ attempt: attempt({ intentId: "intent_0" }) });
    expect(observe(older, look("starting")).change).not.toHaveProperty("attempt");
  });

  it("a fresh start, that an idle channel is no news for half a minute", () => {
    const sent = (seconds: number) =>
      on({
        phase: "starting",
        attempt: attempt({ at: subSeconds(now, seconds), outcome: "accepted" }),
      });
    expect(observe(sent(29), look("idle")).notice).toBeNull();
    expect(observe(sent(30), look("idle")).notice?.kind).toBe("failed");
  });

  it("a stop on the shared channel, that it is done while others want the channel", () => {
    const { change, notice } = observe(off(), look("running", { wantedByOthers: true }));
    expect([change.phase, notice?.kind]).toEqual(["off", "off"]);
  });

  describe("the switch in AWS", () => {
    const until = { leaseUntil: addMinutes(now, 60), lastSyncAt: subMinutes(now, 1) };
    const moved = (minutes: number, sure = true): Deadline => ({
      channelId: "1003",
      at: addMinutes(now, 65),
      sure,
      before: addMinutes(now, minutes),
    });
    const seen = (deadline: Deadline | null, state: ChannelState = "idle", row = until) =>
      observe(on({ phase: "running", ...row }), look(state, { deadline }));

    it.each(["stopping", "idle"] as const)(
      "M5 no-surprise-stop: is named when it acted on a time that had been moved (%s)",
      (state) => {
        const why = "AWS stopped it by its switch of 18:58, which had been moved to 20:05";
        const { change, notice } = seen(moved(-2), state);
        expect(notice).toEqual({ kind: "deadline-stopped", detail: why });
        expect(change).toMatchObject({
          desired: "off",
          lastError: why,
          intent: { by: deadlineSwitch, reason: why },
        });
        expect(isCut({ ...on(), ...change })).toBe(true);
      },
    );

    it("is named when it could not be moved, also long afterwards", () => {
      const { change, notice } = seen(moved(-30, false), "idle", {
        ...until,
        lastSyncAt: subMinutes(now, 31),
      });
      expect(notice?.detail).toBe(
        "AWS stopped it by its switch of 18:30, which could not be moved to 20:05",
      );
      expect(change.settledAt).toEqual(subMinutes(now, 30));
    });

    it("is not blamed for a stop in its own time", () => {
      const { change } = seen(moved(-2), "idle", { ...until, leaseUntil: subMinutes(now, 10) });
      expect(isCut({ ...on(), ...change })).toBe(false);
    });

    it.each([
      ["without a deadline", null],
      ["with one that was not moved", { ...moved(0), before: null }],
      ["before the old time", moved(2)],
      ["long after the old time, at which it ran on", moved(-7)],
    ])("is not blamed for a stop %s", (_, deadline) => {
      expect(seen(deadline).notice?.kind).toBe("stopped-outside");
      expect(seen(deadline, "stopping").change.intent?.by).toEqual(outsider);
    });
  });

  it("M2 no-orphan: somebody's start, which gets an intent and a lease of its own", () => {
    const settled = aDestination({ version: 4, phase: "failed", lastError: "no luck" });
    expect(observe(settled, look("running")).change).toMatchObject({
      desired: "on",
      phase: "running",
      intent: { id: "aws_dest_twitch_4", by: { id: "aws" }, at: now },
      toldIntentId: "aws_dest_twitch_4",
      leaseUntil: addMinutes(now, 240),
      lastError: null,
    });
    expect(observe(settled, look("starting")).change).toMatchObject({
      phase: "starting",
      runningSince: null,
    });
  });

  it("M2 no-orphan: somebody's start, which is stopped where the policy says so", () => {
    const policy = { ...defaultPolicy, strangers: "stop" as const };
    const { change, notice } = observe(aDestination(), look("starting", { policy }));
    expect([change.desired, change.phase, notice?.kind]).toEqual([
      "off",
      "accepted",
      "stranger-stopped",
    ]);
  });

  it.each([
    ["off", attempt({ at: subMinutes(now, 59) }), "late-start"],
    ["failed", attempt({ at: subMinutes(now, 59) }), "late-start"],
    ["off", attempt({ at: subMinutes(now, 60) }), "adopted"],
    ["off", attempt({ outcome: "refused" }), "adopted"],
    ["off", attempt({ outcome: "accepted" }), "late-start"],
    ["failed", attempt({ outcome: "accepted" }), "adopted"],
    ["off", attempt({ outcome: "accepted", at: subMinutes(now, 2) }), "adopted"],
    ["off", null, "adopted"],
  ] as const)(
    "M4 stop-wins: an older start of ours that is seen after its end (%s, %o): %s",
    (phase, sent, kind) => {
      const settled = off({ phase, attempt: sent });
      expect(observe(settled, look("running")).notice?.kind).toBe(kind);
    },
  );
});
