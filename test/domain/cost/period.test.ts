import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  daysOf,
  nextPeriod,
  type PeriodKind,
  parsePeriod,
  periodAt,
  previousPeriod,
} from "../../../src/domain/cost/period.ts";

const zones = [
  "UTC",
  "Europe/London",
  "America/Los_Angeles",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "America/Havana",
  "Asia/Kathmandu",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
];
const kinds: PeriodKind[] = ["day", "week", "month"];
const hours = ({ from, to }: { from: Date; to: Date }) =>
  (to.getTime() - from.getTime()) / 3_600_000;
const at = (iso: string) => new Date(iso);

describe("a period", () => {
  it.each([
    ["Europe/London", "2026-03-29T12:00:00Z", 23],
    ["Europe/London", "2026-10-25T12:00:00Z", 25],
    ["America/Los_Angeles", "2026-03-08T20:00:00Z", 23],
    ["America/Los_Angeles", "2026-11-01T20:00:00Z", 25],
    ["Australia/Lord_Howe", "2026-10-04T02:00:00Z", 23.5],
    ["Australia/Lord_Howe", "2026-04-05T02:00:00Z", 24.5],
    ["Africa/Cairo", "2026-04-24T12:00:00Z", 23],
    ["America/Havana", "2026-11-01T12:00:00Z", 25],
    ["UTC", "2028-02-29T12:00:00Z", 24],
  ])("has the day's real hours in %s at %s", (zone, instant, length) => {
    expect(hours(periodAt("day", at(instant), zone))).toBe(length);
  });

  it("begins and ends at midnight of its zone", () => {
    expect(periodAt("month", at("2026-11-15T00:00:00Z"), "America/Los_Angeles")).toEqual({
      kind: "month",
      name: "2026-11",
      zone: "America/Los_Angeles",
      from: at("2026-11-01T07:00:00Z"),
      to: at("2026-12-01T08:00:00Z"),
    });
    expect(periodAt("week", at("2026-11-01T12:00:00Z"), "Europe/London")).toMatchObject({
      name: "2026-10-26",
      from: at("2026-10-26T00:00:00Z"),
      to: at("2026-11-02T00:00:00Z"),
    });
    expect(hours(periodAt("month", at("2028-02-10T00:00:00Z"), "UTC"))).toBe(29 * 24);
  });

  it("holds the instant that it is asked for, and adjoins its neighbours", () => {
    const anyDate = fc.date({
      min: at("2020-01-01T00:00:00Z"),
      max: at("2032-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        anyDate,
        fc.constantFrom(...zones),
        fc.constantFrom(...kinds),
        (date, zone, kind) => {
          const period = periodAt(kind, date, zone);
          expect(period.from <= date && date < period.to).toBe(true);
          expect(nextPeriod(period).from).toEqual(period.to);
          expect(previousPeriod(period).to).toEqual(period.from);
          expect(nextPeriod(previousPeriod(period))).toEqual(period);
          const days = daysOf(period);
          expect(days[0]?.from).toEqual(period.from);
          expect(days.at(-1)?.to).toEqual(period.to);
          expect(days.slice(1).map(({ from }) => from)).toEqual(
            days.slice(0, -1).map(({ to }) => to),
          );
        },
      ),
    );
  });
});

describe("the words for a period", () => {
  const context = { zone: "Europe/London", now: at("2026-11-22T19:00:00Z") };

  it.each([
    ["today", "2026-11-22"],
    [" Yesterday ", "2026-11-21"],
    ["week", "2026-11-16"],
    ["last  week", "2026-11-09"],
    ["month", "2026-11"],
    ["LAST MONTH", "2026-10"],
    ["2024-02", "2024-02"],
  ])("%j mean %s", (typed, name) => {
    expect(parsePeriod(typed, context).name).toBe(name);
  });

  it.each([
    "",
    "fortnight",
    "2026-13",
    "2026-00",
    "20261",
    "1999-01",
    "2026-11-22",
    "-1",
    "__proto__",
    "toString",
  ])("are not %j", (typed) => {
    expect(() => parsePeriod(typed, context)).toThrow(/do not know that period/);
  });

  it("need a zone that exists", () => {
    expect(() => parsePeriod("today", { ...context, zone: "Mars/Base" })).toThrow(/Mars\/Base/);
  });
});
