import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Weekday } from "../../src/domain/show.ts";
import { type PlannedShow, parseShow, showWords, spokenWhen } from "../../src/domain/show-words.ts";
import { isOpsError } from "../../src/errors.ts";
import { anyTime } from "../support/arbitrary-times.ts";
import { aShow } from "../support/shows.ts";

const context = { zone: "Europe/London", maxMinutes: 1440, now: new Date("2026-11-22T19:00:00Z") };
const parsed = (words: string, more: Partial<typeof context> = {}) =>
  parseShow(words, { ...context, ...more });

const sundays: PlannedShow = {
  name: "Sunday service",
  startsLocal: "10:00",
  zone: "Europe/London",
  minutes: 90,
  date: null,
  days: [7],
  lateMinutes: 15,
};

describe("the words of a show", () => {
  it.each([
    '"Sunday service" sundays 10:00 for 90m youtube twitch',
    '"Sunday service" sundays 10:00 youtube twitch for 90m',
    '"Sunday service" for 1h 30m every Sunday at 10am to youtube twitch',
    '"Sunday service" SUN 10.00 UNTIL 11:30 youtube twitch',
    '"Sunday service" sundays 10 AM till 11:30 am youtube twitch',
    '"Sunday service" sun 10:00 europe/london for 90 min youtube twitch late 15m',
    '"Sunday service" late 15m sun 10:00 for 1h30 youtube twitch',
    '"Sunday service"sun,sunday 10h00 for 1.5h youtube twitch',
  ])("may stand in many orders: %s", (words) => {
    expect(parsed(words)).toEqual({ show: sundays, destinations: "youtube twitch" });
  });

  it("name several days, an end by the clock, and all destinations", () => {
    const { show, destinations } = parsed('"Panel" mon,wed,fri 19:30 until 21:00 all');
    expect(show).toMatchObject({ days: [1, 3, 5], startsLocal: "19:30", minutes: 90 });
    expect(destinations).toBe("all");
  });

  it("name one date with its zone and how late it may start", () => {
    const words = '"Carols" 2026-12-24 22:00 America/Los_Angeles for 2h primary late 30m';
    expect(parsed(words)).toEqual({
      show: {
        name: "Carols",
        date: "2026-12-24",
        days: [],
        startsLocal: "22:00",
        zone: "America/Los_Angeles",
        minutes: 120,
        lateMinutes: 30,
      },
      destinations: "primary",
    });
  });

  it.each([
    ["mondays and fridays", [1, 5]],
    ["weekdays", [1, 2, 3, 4, 5]],
    ["fri-sun", [5, 6, 7]],
    ["every day", [1, 2, 3, 4, 5, 6, 7]],
    ["on tue, sat", [2, 6]],
  ])("know the days: %s", (days, expected) => {
    expect(parsed(`"X" ${days} 10:00 for 1h all`).show.days).toEqual(expected);
  });

  it("know today and tomorrow in the show's zone", () => {
    expect(parsed('"X" today 23:00 for 1h all').show.date).toBe("2026-11-22");
    expect(parsed('"X" tomorrow 09:00 Australia/Lord_Howe for 1h all').show.date).toBe(
      "2026-11-24",
    );
  });

  it("may end after midnight, with the minutes that really pass on that night", () => {
    expect(parsed('"X" fri 23:30 until 01:00 all').show.minutes).toBe(90);
    const now = new Date("2026-10-20T12:00:00Z");
    expect(parsed('"X" 2026-10-24 23:30 until 03:00 all', { now }).show.minutes).toBe(270);
  });

  it("keep quoted destinations together, also with a keyword in them", () => {
    const { show, destinations } = parsed('"X" sun 10:00 for 1h "studio for kids" twitch');
    expect(show.minutes).toBe(60);
    expect(destinations).toBe('"studio for kids" twitch');
  });

  it("may repeat at a time that the clocks skip one night a year", () => {
    const now = new Date("2027-03-20T12:00:00Z");
    expect(parsed('"X" sun 01:30 for 1h all', { now }).show.startsLocal).toBe("01:30");
  });

  it("may name a date on which the clocks repeat the time", () => {
    const now = new Date("2026-10-20T12:00:00Z");
    expect(parsed('"X" 2026-10-25 01:30 for 1h all', { now }).show.date).toBe("2026-10-25");
  });
});

describe("words that make no show", () => {
  it.each([
    ["", "A show needs a name in quotes."],
    ["Sunday service sundays 10:00 for 90m all", "A show needs a name in quotes."],
    ['"Sunday service sundays 10:00 for 90m all', "A show needs a name in quotes."],
    ['"" sundays 10:00 for 90m all', "The show's name is empty."],
    ['"  " sundays 10:00 for 90m all', "The show's name is empty."],
    [`"${"x".repeat(61)}" sun 10:00 for 1h all`, /at most 60 characters/],
    ['"a `code`" sun 10:00 for 1h all', /no backtick/],
    ['"X" 10:00 for 1h all', "On which day, or on which days?"],
    ['"X" , 10:00 for 1h all', "On which day, or on which days?"],
    ['"X" someday 10:00 for 1h all', "I do not know that day."],
    ['"X" __proto__ 10:00 for 1h all', "I do not know that day."],
    ['"X" sun 2026-12-24 10:00 for 1h all', "I do not know that day."],
    ['"X" 2026-12-24 sun 10:00 for 1h all', "A show comes on one date or on days of the week."],
    ['"X" 2026-12-24,2026-12-25 10:00 for 1h all', /one date or on days/],
    ['"X" 2027-02-29 10:00 for 1h all', "There is no such day."],
    ['"X" 2026-13-01 10:00 for 1h all', "There is no such day."],
    ['"X" 2026-11-21 10:00 for 1h all', "That time has passed already."],
    ['"X" today 19:00 for 1h all', "That time has passed already."],
    ['"X" 9999-12-31 10:00 for 1h all', "That is more than two years away."],
    ['"X" 2027-03-28 01:30 for 1h all', /clocks go forward then/],
    ['"X" sundays for 1h all', "At what time does the show start?"],
    ['"X" sundays NaN for 1h all', "At what time does the show start?"],
    ['"X" sundays 25:00 for 1h all', "There is no such time of day."],
    ['"X" sundays 24:00 for 1h all', "There is no such time of day."],
    ['"X" sundays 10:60 for 1h all', "There is no such time of day."],
    ['"X" sundays 13pm for 1h all', "There is no such time of day."],
    [
      '"X" sundays 10:00 Mars/Base for 1h all',
      "I do not know that time zone; one is `Europe/London`, for example.",
    ],
    ['"X" sundays 10:00 UTC Europe/London for 1h all', "One time zone is enough."],
    ['"X" sundays 10:00 all', "How long is the show?"],
    ['"X" sundays 10:00 for -1h all', "I do not understand the time after “for”."],
    ['"X" sundays 10:00 for 1e9h all', "I do not understand the time after “for”."],
    ['"X" sundays 10:00 for NaN all', "I do not understand the time after “for”."],
    ['"X" sundays 10:00 for २h all', "I do not understand the time after “for”."],
    ['"X" sundays 10:00 all for', "I do not understand the time after “for”."],
    ['"X" sundays 10:00 for 0h all', "A length of time must be more than nothing."],
    ['"X" sundays 10:00 for 9999h all', "The longest time allowed here is 1 d."],
    ['"X" sundays 10:00 for 1h until 11:00 all', "One “for” or “until” or “till” is enough."],
    ['"X" sundays 10:00 for 1h for 2h all', "One “for” or “until” or “till” is enough."],
    ['"X" sundays 10:00 until 25:00 all', "There is no such time of day."],
    ['"X" sundays 10:00 until later all', "I do not understand the time after “until”."],
    ['"X" sundays 10:00 until 10:00 all', "The show ends when it starts."],
    ['"X" sundays 10:00 for 1h all late', "I do not understand the time after “late”."],
    ['"X" sundays 10:00 for 1h all late -5m', "I do not understand the time after “late”."],
    ['"X" sundays 10:00 for 1h all late 0m', "A length of time must be more than nothing."],
    ['"X" sundays 10:00 for 1h all late 5m late 6m', "One “late” is enough."],
  ])("are refused with an example: %s", (words, message) => {
    expect(() => parsed(words)).toThrow(message);
    const { hint } = errorOf(() => parsed(words));
    const example = /`\/stream schedule add (.*)`/.exec(hint ?? "")?.[1] ?? "";
    expect(parsed(example).show).toEqual(sundays);
  });

  function errorOf(act: () => unknown) {
    try {
      act();
    } catch (error) {
      if (isOpsError(error, "invalid-input")) return error;
      throw error;
    }
    throw new Error("nothing was thrown");
  }
});

describe("a show in words", () => {
  it("says when it comes", () => {
    expect(spokenWhen(aShow())).toBe("Sundays 10:00 Europe/London");
    expect(spokenWhen(aShow({ date: "2026-12-24" }))).toBe("2026-12-24 10:00 Europe/London");
  });

  it("can be typed again", () => {
    expect(showWords(aShow(), ["YouTube", "Custom RTMP"])).toBe(
      '"Sunday service" sun 10:00 Europe/London for 90m YouTube "Custom RTMP" late 15m',
    );
  });

  it("is the same show when it is typed again", () => {
    const anyShow = fc
      .record({
        name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,:&'-]{0,40}[a-z]$/),
        startsLocal: anyTime,
        zone: fc.constantFrom("UTC", "Europe/London", "America/St_Johns"),
        minutes: fc.integer({ min: 1, max: 1440 }),
        lateMinutes: fc.integer({ min: 1, max: 300 }),
        once: fc.constantFrom(null, "2026-12-24", "2028-02-29"),
        days: fc.subarray<Weekday>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      })
      .map(({ once, days, ...rest }) => ({ ...rest, date: once, days: once === null ? days : [] }));
    fc.assert(
      fc.property(anyShow, (show) => {
        const again = parsed(showWords(show, ["dest_twitch", "Custom RTMP"]));
        expect(again).toEqual({ show, destinations: 'dest_twitch "Custom RTMP"' });
      }),
    );
  });
});
