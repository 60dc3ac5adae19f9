import { addHours } from "date-fns/addHours";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forecast, type Outlook, spentByDay } from "../../../src/domain/cost/forecast.ts";
import { periodAt } from "../../../src/domain/cost/period.ts";
import { sumUsd } from "../../../src/domain/money.ts";
import { aRun, pricing } from "./support.ts";

/** A Thursday. */
const now = new Date("2026-11-26T19:00:00.000Z");
const inHours = (hours: number) => addHours(now, hours);

const anOutlook = (overrides: Partial<Outlook> = {}): Outlook => ({
  now,
  period: periodAt("month", now, "UTC"),
  meteredUsd: 100,
  leases: [],
  shows: [],
  usdPerHour: () => 1,
  flowUsdPerHour: 0.1,
  channelCount: 5,
  idleUsdPerHour: 0,
  spentOn: () => null,
  ...overrides,
});
const partsOf = (overrides: Partial<Outlook>) => forecast(anOutlook(overrides)).parts;
const aShow = (from: number, to: number, ...channelIds: string[]) => ({
  startsAt: inHours(from),
  endsAt: inHours(to),
  channelIds,
});

describe("a forecast", () => {
  it("of a quiet site is what was metered", () => {
    expect(forecast(anOutlook())).toEqual({
      usd: 100,
      parts: { metered: 100, leases: 0, shows: 0, pattern: 0, idle: 0 },
    });
  });

  it("adds what is on until its lease ends, with one flow for all", () => {
    const leases = [
      { channelId: "a", until: inHours(2) },
      { channelId: "b", until: inHours(3) },
    ];
    expect(partsOf({ leases }).leases).toBe(5.3);
    expect(partsOf({ leases: [{ channelId: "a", until: inHours(-1) }] }).leases).toBe(0);
  });

  it("counts a channel once that several destinations keep on", () => {
    const leases = [2, 3, 1].map((hours) => ({ channelId: "a", until: inHours(hours) }));
    expect(partsOf({ leases }).leases).toBe(3.3);
  });

  it("ends with the period", () => {
    const until = new Date("2026-12-05T00:00:00.000Z");
    expect(partsOf({ leases: [{ channelId: "a", until }] }).leases).toBe(111.1);
    expect(partsOf({ shows: [aShow(24 * 7, 24 * 7 + 2, "a")] }).shows).toBe(0);
  });

  it("adds planned shows, overlapping ones once for each channel", () => {
    expect(partsOf({ shows: [aShow(24, 26, "a", "b"), aShow(25, 27, "a")] }).shows).toBe(5.3);
    expect(partsOf({ shows: [aShow(-1, 1, "a")] }).shows).toBe(1.1);
  });

  it("does not count a show again that is on already", () => {
    const leases = [{ channelId: "a", until: inHours(2) }];
    const parts = partsOf({ leases, shows: [aShow(0, 3, "a", "b")] });
    expect(parts).toMatchObject({ leases: 2.2, shows: 4.1 });
  });

  it("adds idle fees for what does not run", () => {
    const parts = partsOf({ idleUsdPerHour: 0.02, shows: [aShow(24, 26, "a")] });
    expect(parts.idle).toBe(0.02 * (5 * 101 - 2));
  });

  it("adds what the same weekdays usually cost, beyond what is planned on them", () => {
    const spentOn: Outlook["spentOn"] = (day) =>
      ({ "2026-11-20": 8, "2026-11-13": 4, "2026-11-06": 0, "2026-10-30": 4, "2026-11-22": 3 })[
        day.name
      ] ?? null;
    expect(partsOf({ spentOn }).pattern).toBe(7);
    expect(partsOf({ spentOn, shows: [aShow(24, 26, "a")] })).toMatchObject({
      shows: 2.2,
      pattern: 4.8,
    });
    expect(partsOf({ spentOn, shows: [aShow(24, 27, "a", "b")] }).pattern).toBe(3);
  });

  it("looks back from today, whichever week is ahead", () => {
    const asked: string[] = [];
    const start = new Date("2026-11-01T12:00:00.000Z");
    forecast(
      anOutlook({
        now: start,
        spentOn: ({ name }) => {
          asked.push(name);
          return null;
        },
      }),
    );
    expect(asked.length).toBe(7 * 4);
    expect(asked.toSorted().at(-1)).toBe("2026-10-31");
    expect(asked.toSorted()[0]).toBe("2026-10-04");
  });

  it("is the sum of its parts and never less than what was metered", () => {
    const hours = fc.integer({ min: -40, max: 200 });
    const shows = fc.array(
      fc
        .tuple(hours, hours, fc.subarray(["a", "b", "c"]))
        .map(([from, to, ids]) => aShow(from, to, ...ids)),
    );
    const leases = fc.array(
      fc.record({ channelId: fc.constantFrom("a", "b"), until: hours.map(inHours) }),
    );
    fc.assert(
      fc.property(shows, leases, fc.nat(20), (drawnShows, drawnLeases, usual) => {
        const found = forecast(
          anOutlook({ shows: drawnShows, leases: drawnLeases, spentOn: () => usual }),
        );
        expect(found.usd).toBe(sumUsd(Object.values(found.parts)));
        expect(Object.values(found.parts).every((usd) => usd >= 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe("what past days cost", () => {
  const day = periodAt("day", new Date("2026-11-05T12:00:00.000Z"), "UTC");
  const sessions = [aRun(new Date("2026-11-05T19:00:00.000Z"), 60)];

  it("leaves idle fees out", () => {
    const ledger = { sessions, spans: [], channelCount: 5, knownSince: new Date("2026-11-01") };
    const spentOn = spentByDay(ledger, pricing);
    expect([spentOn(day), spentOn(day)]).toEqual([0.845784, 0.845784]);
  });

  it("is not known for days before patchbay saw them whole", () => {
    const ledger = {
      sessions,
      spans: [],
      channelCount: 5,
      knownSince: new Date("2026-11-05T01:00:00Z"),
    };
    expect(spentByDay(ledger, pricing)(day)).toBeNull();
    expect(spentByDay({ ...ledger, knownSince: null }, pricing)(day)).toBeNull();
  });
});
