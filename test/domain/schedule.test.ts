import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  comesOn,
  mergedEnds,
  nextStarts,
  occurrenceOn,
  occurrences,
  oddStarts,
} from "../../src/domain/schedule.ts";
import type { Occurrence, Show, Weekday } from "../../src/domain/show.ts";
import { anyDate, anyTime, zones } from "../support/arbitrary-times.ts";
import { aShow } from "../support/shows.ts";
import { firstMinuteShowing } from "../support/wall-oracle.ts";

const instant = (words: string) => new Date(`${words}Z`);
const timesOf = (found: readonly Occurrence[]) =>
  found.map(({ date, startsAt, endsAt }) => [
    date,
    startsAt.toISOString().slice(0, 16),
    endsAt.toISOString().slice(0, 16),
  ]);
const between = (show: Show, from: string, to: string) =>
  timesOf(occurrences(show, instant(from), instant(to)));

describe("the dates of a show", () => {
  it("are its days of the week, on the clock of its zone across a change", () => {
    expect(between(aShow(), "2026-10-18T00:00", "2026-11-02T00:00")).toEqual([
      ["2026-10-18", "2026-10-18T09:00", "2026-10-18T10:30"],
      ["2026-10-25", "2026-10-25T10:00", "2026-10-25T11:30"],
      ["2026-11-01", "2026-11-01T10:00", "2026-11-01T11:30"],
    ]);
  });

  it("are one for a show that comes once", () => {
    const show = aShow({ date: "2028-02-29", startsLocal: "23:30", minutes: 60 });
    expect(between(show, "2024-01-01T00:00", "2030-01-01T00:00")).toEqual([
      ["2028-02-29", "2028-02-29T23:30", "2028-03-01T00:30"],
    ]);
  });

  it("cross the end of a year", () => {
    const show = aShow({ days: [4], startsLocal: "23:30", zone: "America/Los_Angeles" });
    expect(between(show, "2026-12-31T00:00", "2027-01-02T00:00")).toEqual([
      ["2026-12-31", "2027-01-01T07:30", "2027-01-01T09:00"],
    ]);
  });

  it("begin at the first valid minute when the clocks skip the start, and last as long as ever", () => {
    const london = aShow({ startsLocal: "01:30" });
    expect(between(london, "2026-03-28T12:00", "2026-03-29T12:00")).toEqual([
      ["2026-03-29", "2026-03-29T01:00", "2026-03-29T02:30"],
    ]);
    const lordHowe = aShow({ startsLocal: "02:15", zone: "Australia/Lord_Howe" });
    expect(between(lordHowe, "2026-10-03T12:00", "2026-10-04T12:00")).toEqual([
      ["2026-10-04", "2026-10-03T15:30", "2026-10-03T17:00"],
    ]);
  });

  it("come once, the first time, when the clocks repeat the start", () => {
    const london = aShow({ startsLocal: "01:30" });
    expect(between(london, "2026-10-24T12:00", "2026-10-25T12:00")).toEqual([
      ["2026-10-25", "2026-10-25T00:30", "2026-10-25T02:00"],
    ]);
  });

  it("leave out what is skipped, and what was before the show was made", () => {
    const show = aShow({ skipped: ["2026-11-15"], createdAt: instant("2026-11-08T10:00:01") });
    const dates = between(show, "2026-11-01T00:00", "2026-11-30T00:00").map(([date]) => date);
    expect(dates).toEqual(["2026-11-22", "2026-11-29"]);
  });

  it("overlap the time that is asked for, which its end is no part of", () => {
    const dates = (from: string, to: string) =>
      between(aShow(), `2026-11-22T${from}`, `2026-11-22T${to}`);
    expect(dates("11:29", "12:00")).toHaveLength(1);
    expect(dates("11:30", "12:00")).toHaveLength(0);
    expect(dates("09:00", "10:01")).toHaveLength(1);
    expect(dates("09:00", "10:00")).toHaveLength(0);
  });

  const anyShow: fc.Arbitrary<Show> = fc
    .record({
      zone: fc.constantFrom(...zones),
      startsLocal: anyTime,
      minutes: fc.integer({ min: 1, max: 1440 }),
      once: fc.option(anyDate),
      days: fc.uniqueArray(fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 }),
      skipped: fc.array(anyDate, { maxLength: 5 }),
    })
    .map(({ once, days, ...rest }) =>
      aShow({ ...rest, date: once, days: once === null ? days : [] }),
    );

  const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const isPlanned = (show: Show, date: string, weekday: string): boolean =>
    !show.skipped.includes(date) &&
    (show.date === date || show.days.some((day) => weekdays[day] === weekday));

  /** The slow way: every date of the calendar, its weekday by name, and every minute until the clock shows the time. */
  function slowly(show: Show, from: number, to: number): [string, number, number][] {
    const dayMs = 86_400_000;
    const found: [string, number, number][] = [];
    for (let day = from - 4 * dayMs; day < to + 3 * dayMs; day += dayMs) {
      const at = new Date(day);
      const date = at.toISOString().slice(0, 10);
      if (!isPlanned(show, date, at.toUTCString().slice(0, 3))) continue;
      const startsAt = firstMinuteShowing(show.zone, `${date} ${show.startsLocal}`);
      const endsAt = startsAt + show.minutes * 60_000;
      if (endsAt > from && startsAt < to) found.push([date, startsAt, endsAt]);
    }
    return found;
  }

  it("are those that a slow look at every minute finds, in every zone", () => {
    fc.assert(
      fc.property(
        anyShow,
        anyDate,
        fc.integer({ min: 1, max: 9 * 24 * 60 }),
        (any, day, length) => {
          const show = { ...any, createdAt: new Date(0) };
          const from = Date.parse(`${day}T00:00Z`) - 12 * 3_600_000;
          const to = from + length * 60_000;
          const found = occurrences(show, new Date(from), new Date(to));
          const seen = found.map((each) => [each.date, +each.startsAt, +each.endsAt]);
          expect(seen).toEqual(slowly(show, from, to));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("are the same whether a time is asked for in one piece or in two", () => {
    fc.assert(
      fc.property(anyShow, anyDate, fc.tuple(fc.nat(9_999), fc.nat(9_999)), (show, day, parts) => {
        const from = instant(`${day}T00:00`);
        const middle = new Date(+from + parts[0] * 60_000);
        const to = new Date(+middle + parts[1] * 60_000);
        const dates = (since: Date, until: Date) =>
          occurrences(show, since, until).map(({ date }) => date);
        const inTwo = new Set([...dates(from, middle), ...dates(middle, to)]);
        expect([...inTwo]).toEqual(from < to ? dates(from, to) : [...inTwo]);
      }),
      { numRuns: 150 },
    );
  });
});

describe("one date of a show", () => {
  it("can be asked for by its wall date, skipped or not", () => {
    const show = aShow({ skipped: ["2026-11-22"] });
    expect(comesOn(show, "2026-11-22")).toBe(true);
    expect(comesOn(show, "2026-11-23")).toBe(false);
    expect(comesOn(aShow({ date: "2026-11-23" }), "2026-11-23")).toBe(true);
    expect(timesOf([occurrenceOn(show, "2026-11-22")])).toEqual([
      ["2026-11-22", "2026-11-22T10:00", "2026-11-22T11:30"],
    ]);
  });
});

describe("the next starts", () => {
  const dates = (show: Show, now: string, count = 3) =>
    nextStarts(show, instant(now), count).map(({ date }) => date);

  it("are those from now on, without the one that is under way", () => {
    const expected = ["2026-11-29", "2026-12-06", "2026-12-13"];
    expect(dates(aShow(), "2026-11-22T10:30")).toEqual(expected);
    expect(dates(aShow(), "2026-11-22T10:00")).toEqual(["2026-11-22", ...expected.slice(0, 2)]);
  });

  it("are fewer, or none, for a show that comes once", () => {
    const show = aShow({ date: "2027-02-28" });
    expect(dates(show, "2026-11-22T10:00")).toEqual(["2027-02-28"]);
    expect(dates(show, "2027-02-28T10:01")).toEqual([]);
  });

  it("leave no day out and double none", () => {
    const daily = aShow({ days: [1, 2, 3, 4, 5, 6, 7] });
    expect(dates(daily, "2026-03-27T12:00", 16)).toHaveLength(16);
    expect(new Set(dates(daily, "2026-03-27T12:00", 16)).size).toBe(16);
  });
});

describe("starts that a clock change touches", () => {
  it("are named with what becomes of them", () => {
    const show = aShow({ startsLocal: "01:30" });
    const odd = oddStarts(show, instant("2026-01-01T00:00"), instant("2026-12-31T00:00"));
    expect(odd.map(({ date, kind }) => [date, kind])).toEqual([
      ["2026-03-29", "skipped"],
      ["2026-10-25", "repeated"],
    ]);
  });
});

describe("shows that overlap", () => {
  const planned = (showId: string, times: string, ...destinationIds: string[]): Occurrence => {
    const [from = "", to = ""] = times.split("-");
    return {
      showId,
      date: "2026-11-22",
      startsAt: instant(`2026-11-22T${from}`),
      endsAt: instant(`2026-11-22T${to}`),
      destinationIds,
    };
  };
  const merged = (...all: Occurrence[]) =>
    mergedEnds(all).map(({ destinationId, startsAt, endsAt, occurrences: those }) =>
      [
        destinationId,
        startsAt.toISOString().slice(11, 16),
        endsAt.toISOString().slice(11, 16),
        those.map(({ showId }) => showId).join("+"),
      ].join(" "),
    );

  it("are one time with the latest end for each destination that both want", () => {
    const first = planned("a", "19:00-21:00", "x", "y");
    const second = planned("b", "20:00-22:00", "y", "z");
    expect(merged(second, first)).toEqual([
      "x 19:00 21:00 a",
      "y 19:00 22:00 a+b",
      "z 20:00 22:00 b",
    ]);
  });

  it("are one time also when one lies in the other or begins where it ends", () => {
    const long = planned("long", "19:00-22:00", "x");
    expect(merged(long, planned("in", "20:00-21:00", "x"))).toEqual(["x 19:00 22:00 long+in"]);
    expect(merged(long, planned("next", "22:00-23:00", "x"))).toEqual(["x 19:00 23:00 long+next"]);
  });

  it("stay apart with a minute between them", () => {
    const all = [planned("a", "19:00-20:00", "x"), planned("b", "20:01-21:00", "x")];
    expect(merged(...all)).toEqual(["x 19:00 20:00 a", "x 20:01 21:00 b"]);
  });

  it("cover the same minutes as before, and never overlap for one destination", () => {
    const anyPlanned = fc
      .tuple(
        fc.nat(600),
        fc.integer({ min: 1, max: 200 }),
        fc.subarray(["x", "y"], { minLength: 1 }),
      )
      .map(([start, minutes, destinationIds]) => ({
        ...planned(`${start}`, "00:00-00:00", ...destinationIds),
        startsAt: new Date(start * 60_000),
        endsAt: new Date((start + minutes) * 60_000),
      }));
    const wanted = (all: readonly { startsAt: Date; endsAt: Date }[], minute: number) =>
      all.filter(({ startsAt, endsAt }) => +startsAt <= minute && minute < +endsAt).length;
    fc.assert(
      fc.property(fc.array(anyPlanned, { maxLength: 8 }), fc.nat(800), (all, at) => {
        for (const id of ["x", "y"]) {
          const before = all.filter(({ destinationIds }) => destinationIds.includes(id));
          const after = mergedEnds(all).filter(({ destinationId }) => destinationId === id);
          expect(wanted(after, at * 60_000)).toBe(Math.min(1, wanted(before, at * 60_000)));
        }
      }),
    );
  });
});
