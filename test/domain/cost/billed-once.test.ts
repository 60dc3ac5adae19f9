import { addMinutes } from "date-fns/addMinutes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billedOnce } from "../../../src/domain/cost/billed-once.ts";
import type { Interval } from "../../../src/domain/cost/interval.ts";
import { meterPeriod } from "../../../src/domain/cost/meter.ts";
import { periodAt } from "../../../src/domain/cost/period.ts";
import { assumedSpec } from "../../../src/domain/cost/rates.ts";
import { meterSession } from "../../../src/domain/cost/session-meter.ts";
import { sumUsd } from "../../../src/domain/money.ts";
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

  it("goes on in one run, whoever ends it: nobody pays the ten minutes again", () => {
    const anHourAndTwo = usdOf(shared("youtube", 0, 62));
    expect(usdOf(shared("youtube", 0, 60), shared("primary", 10, 52))).toBe(anHourAndTwo);
    expect(usdOf(shared("youtube", 0, 3), shared("primary", 2, 60))).toBe(anHourAndTwo);
    expect(usdOf(shared("youtube", 0, 3), shared("primary", 2, 2))).toBe(
      usdOf(shared("youtube", 0, 4)),
    );
  });

  it("M7 meter: is the sum of its sessions, in each of two months and in both", () => {
    const minute = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -12, max: 2 }));
    const minutes = fc.oneof(fc.nat(200), fc.nat(12));
    const sharers = fc.array(fc.tuple(fc.constantFrom("youtube", "primary"), minute, minutes), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(sharers, (drawn) => {
        const end = november.to;
        const sessions = drawn.map(([platform, from, minutes], index) => ({
          ...shared(platform, 0, 0),
          id: `session_${index}`,
          billedFrom: addMinutes(end, from),
          endedAt: addMinutes(end, from + minutes),
        }));
        const now = addMinutes(end, 600);
        const at = { ...pricing, now };
        const whole = { from: addMinutes(end, -600), to: now };
        const metered = (period: Interval) =>
          meterPeriod({ sessions, spans: [], channelCount: 1, knownSince: null }, at, period);
        const own = billedOnce(sessions, now).map((each) => meterSession(each, at));
        const parts = [metered({ ...whole, to: end }), metered({ ...whole, from: end })];
        expect(sumUsd(own.map(({ usd }) => usd))).toBe(metered(whole).usd);
        expect(sumUsd(parts.map(({ usd }) => usd))).toBe(metered(whole).usd);
        expect(own.every(({ usd, minutes }) => usd >= 0 && minutes >= 0)).toBe(true);
      }),
      {
        examples: [
          [[["youtube", 0, 0]]],
          [[["youtube", -5, 5]]],
          [[["youtube", 0, 5]]],
          [[["youtube", -3, 2]]],
          [
            [
              ["youtube", -4, 4],
              ["primary", 0, 0],
            ],
          ],
          [
            [
              ["primary", -20, 17],
              ["youtube", -4, 5],
            ],
          ],
        ],
      },
    );
  });

  it("is billed anew for each run", () => {
    expect(usdOf(shared("youtube", 0, 30), shared("primary", 90, 30))).toBeCloseTo(anHour, 6);
  });
});
