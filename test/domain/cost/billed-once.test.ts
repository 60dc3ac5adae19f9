import { addMinutes } from "date-fns/addMinutes";
import { describe, expect, it } from "vitest";
import { meterPeriod } from "../../../src/domain/cost/meter.ts";
import { periodAt } from "../../../src/domain/cost/period.ts";
import { assumedSpec } from "../../../src/domain/cost/rates.ts";
import { aRun, pricing } from "./support.ts";

const start = new Date("2026-11-05T19:00:00.000Z");
const november = periodAt("month", start, "UTC");

/** What a run of some minutes of this destination is billed for, on the channel that all of them share. */
const shared = (platform: string, from: number, minutes: number) =>
  aRun(addMinutes(start, from), minutes, {
    platform,
    channelId: "shared",
    spec: assumedSpec("youtube"),
  });
const usdOf = (...sessions: ReturnType<typeof shared>[]) =>
  meterPeriod({ sessions, spans: [], channelCount: 1, knownSince: null }, pricing, november).usd;

describe("a channel that destinations share", () => {
  const anHour = usdOf(shared("youtube", 0, 60));

  it("is billed once, however many are on at a time", () => {
    expect(anHour).toBeGreaterThan(0);
    expect(usdOf(shared("youtube", 0, 60), shared("primary", 0, 60))).toBe(anHour);
    expect(usdOf(shared("youtube", 0, 60), shared("custom", 20, 5))).toBe(anHour);
    expect(usdOf(shared("primary", 10, 50), shared("youtube", 0, 40))).toBeCloseTo(anHour, 6);
  });

  it("is billed anew for each run", () => {
    expect(usdOf(shared("youtube", 0, 30), shared("primary", 90, 30))).toBeCloseTo(anHour, 6);
  });
});
