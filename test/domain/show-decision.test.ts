import { addMinutes } from "date-fns/addMinutes";
import { addSeconds } from "date-fns/addSeconds";
import { describe, expect, it } from "vitest";
import {
  type Destination,
  deadlineSwitch,
  leaseEnd,
  outsider,
} from "../../src/domain/destination.ts";
import { occurrenceOn } from "../../src/domain/schedule.ts";
import { showIntentId } from "../../src/domain/show.ts";
import { showDecision, startLeadSeconds } from "../../src/domain/show-decision.ts";
import { aDestination, anIntent, aSession, ben, siteNow } from "../support/builders.ts";
import { aShow } from "../support/shows.ts";

describe("how long a start takes", () => {
  const started = (...seconds: number[]) =>
    seconds.map((took, index) => {
      const startedAt = addMinutes(siteNow, index);
      return aSession({ startedAt, runningAt: addSeconds(startedAt, took) });
    });

  it("is assumed to be three minutes until three starts are known", () => {
    expect(startLeadSeconds([])).toBe(180);
    expect(startLeadSeconds(started(40, 50))).toBe(180);
    expect(startLeadSeconds(started(40, 50, 45))).toBe(50);
  });

  it("is what nineteen of twenty starts took", () => {
    expect(startLeadSeconds(started(...Array(19).fill(60), 900))).toBe(60);
    expect(startLeadSeconds(started(...Array(18).fill(60), 900, 800))).toBe(800);
  });

  it("is learned from the last twenty, in whatever order they come", () => {
    expect(startLeadSeconds(started(900, 900, 900, ...Array(20).fill(70)))).toBe(70);
    expect(startLeadSeconds(started(900, 900, 900, ...Array(20).fill(70)).toReversed())).toBe(70);
  });

  it("is not learned from what never ran or what somebody started in AWS", () => {
    const never = Array.from({ length: 5 }, () => aSession());
    const adopted = started(0, 0, 0).map((each) => ({ ...each, startedBy: outsider }));
    expect(startLeadSeconds([...never, ...adopted, ...started(40, 50)])).toBe(180);
  });
});

describe("a show at a destination", () => {
  const occurrence = occurrenceOn(aShow(), "2026-11-22");
  const intentId = showIntentId(occurrence, "dest_twitch");
  const at = (time: string) => new Date(`2026-11-22T${time}Z`);
  const end = at("11:30:00");
  const decide = (time: string, row: Partial<Destination> = {}, more = {}) =>
    showDecision({
      occurrence,
      row: aDestination(row),
      leadSeconds: 180,
      lateMinutes: 15,
      now: at(time),
      ...more,
    });
  const on = (leaseUntil: Date, startedAt = at("09:00:00")): Partial<Destination> => ({
    desired: "on",
    phase: "running",
    intent: anIntent({ at: startedAt }),
    leaseUntil,
  });
  const off = (time: string, by = ben): Partial<Destination> => ({
    intent: anIntent({ by, at: at(time) }),
  });

  it("waits until its start is due, the lead and a tick before its time", () => {
    expect(decide("09:55:59")).toEqual({ kind: "wait", until: at("09:56:00") });
    expect(decide("09:56:00")).toEqual({ kind: "start", intentId, until: end });
  });

  it("is started by an intent that is the same however often it is written", () => {
    expect(intentId).toBe("show_1_2026-11-22_dest_twitch");
    expect(decide("10:14:00")).toEqual(decide("09:57:00"));
  });

  it.each([
    ["its start is in the row", { desired: "on" as const }],
    ["its start failed", { phase: "failed" as const }],
  ])("is done once %s", (_what, row) => {
    const intent = anIntent({ id: intentId, at: at("09:56:00") });
    expect(decide("09:57:00", { ...row, intent })).toEqual({ kind: "already-done" });
  });

  it("stays off when a person stopped it after the lead began, also in AWS's own console", () => {
    const stopped = { kind: "human-stopped", by: ben, at: at("09:56:00") };
    expect(decide("09:58:00", off("09:56:00"))).toEqual(stopped);
    expect(decide("11:59:00", off("09:56:00"))).toEqual(stopped);
    expect(decide("09:58:00", off("09:57:00", outsider))).toMatchObject({ kind: "human-stopped" });
  });

  it("starts when a person stopped it before that, or patchbay ended an earlier lease", () => {
    const start = { kind: "start", intentId, until: end };
    expect(decide("09:58:00", off("09:55:59"))).toEqual(start);
    expect(decide("09:58:00", off("09:57:00", leaseEnd))).toEqual(start);
    expect(decide("09:58:00", off("09:57:00", deadlineSwitch))).toEqual(start);
  });

  it("is too late after its own limit, and when it would be over", () => {
    expect(decide("10:15:00")).toMatchObject({ kind: "start" });
    expect(decide("10:15:01")).toEqual({ kind: "too-late" });
    expect(decide("11:30:00", {}, { lateMinutes: 300 })).toEqual({ kind: "too-late" });
  });

  it("moves the end of what is on by hand to its own, if that is later", () => {
    const extend = { kind: "extend", intentId, until: end };
    expect(decide("09:56:00", on(at("10:30:00")))).toEqual(extend);
    expect(decide("10:40:00", on(at("10:50:00")))).toEqual(extend);
    expect(decide("09:56:00", on(end))).toEqual({ kind: "already-done" });
    expect(decide("09:56:00", on(at("12:30:00")))).toEqual({ kind: "already-done" });
  });

  it("leaves alone what a person starts after it was given up, and what is on after its end", () => {
    const done = { kind: "already-done" };
    expect(decide("10:20:00", on(at("10:50:00"), at("10:16:00")))).toEqual(done);
    expect(decide("11:30:00", on(at("11:20:00")))).toEqual(done);
  });
});
