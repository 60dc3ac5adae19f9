import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDaysTo,
  firstInstantAt,
  instantsAt,
  isDate,
  isZone,
  wallDate,
  wallTime,
} from "../../src/domain/wall-time.ts";
import { anyWallTime, zones } from "../support/arbitrary-times.ts";
import { firstMinuteShowing, shownIn, timesShown } from "../support/wall-oracle.ts";

const iso = (dates: readonly Date[]) => dates.map((each) => each.toISOString().slice(0, 16));

/** A wall time, every instant that shows it, and the first valid one where there is none. */
const known: [wall: string, zone: string, all: string[], first?: string][] = [
  ["2026-03-29 01:30", "Europe/London", [], "2026-03-29T01:00"],
  ["2026-10-25 01:30", "Europe/London", ["2026-10-25T00:30", "2026-10-25T01:30"]],
  ["2026-03-08 02:30", "America/Los_Angeles", [], "2026-03-08T10:00"],
  ["2026-11-01 01:30", "America/Los_Angeles", ["2026-11-01T08:30", "2026-11-01T09:30"]],
  ["2026-10-04 02:15", "Australia/Lord_Howe", [], "2026-10-03T15:30"],
  ["2026-04-05 01:45", "Australia/Lord_Howe", ["2026-04-04T14:45", "2026-04-04T15:15"]],
  ["2026-04-24 00:30", "Africa/Cairo", [], "2026-04-23T22:00"],
  ["2028-02-29 12:00", "Asia/Kolkata", ["2028-02-29T06:30"]],
  ["2026-12-31 23:59", "Pacific/Kiritimati", ["2026-12-31T09:59"]],
];

describe("a wall time", () => {
  it.each(known)("is shown as often as the clocks say: %s in %s", (...row) => {
    const [wall, zone, all, first = all[0]] = row;
    const [date = "", timeLocal = ""] = wall.split(" ");
    const time = { date, timeLocal, zone };
    expect(iso(instantsAt(time))).toEqual(all);
    expect(iso([firstInstantAt(time)])).toEqual([first]);
  });

  it("is found where a slow look at every minute finds it, in every zone", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyWallTime, (zone, [date, timeLocal]) => {
        const at = firstInstantAt({ date, timeLocal, zone });
        expect(at.getTime()).toBe(firstMinuteShowing(zone, `${date} ${timeLocal}`));
        expect(`${wallDate(at, zone)} ${wallTime(at, zone)}`).toBe(shownIn(zone)(at.getTime()));
      }),
      { numRuns: 300 },
    );
  });

  it("is shown as often as a slow look at every minute counts", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyWallTime, (zone, [date, timeLocal]) => {
        const times = instantsAt({ date, timeLocal, zone });
        expect(times).toHaveLength(timesShown(zone, `${date} ${timeLocal}`));
      }),
      { numRuns: 100 },
    );
  });

  it("does not exist in a zone that does not", () => {
    const time = { date: "2026-01-01", timeLocal: "10:00", zone: "Mars/Base" };
    expect(() => firstInstantAt(time)).toThrow("There is no time zone Mars/Base.");
  });
});

describe("a time zone", () => {
  it.each([...zones, "UTC", "Etc/GMT+5", "EST5EDT"])("is %s, whose clock can be read", (zone) => {
    expect(isZone(zone)).toBe(true);
    expect(wallTime(new Date("2026-11-22T12:00Z"), zone)).toMatch(/^\d\d:\d\d$/);
  });

  it.each(["", " ", "Mars/Base", "GMT+25", "+25:00", "__proto__"])("is not %j", (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});

describe("a date", () => {
  it.each(["2028-02-29", "2026-12-31", "2024-01-01"])("is one of the calendar: %s", (date) => {
    expect(isDate(date)).toBe(true);
  });

  it.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-11-31",
    "0000-00-00",
    "26-1-1",
    "",
    "NaN",
  ])("is none: %j", (words) => {
    expect(isDate(words)).toBe(false);
  });

  it("has neighbours, whatever month or year they are in", () => {
    expect(addDaysTo("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDaysTo("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDaysTo("2026-03-01", -1)).toBe("2026-02-28");
  });
});
