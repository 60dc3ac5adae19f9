import { describe, expect, it } from "vitest";
import { parseMinutes, parseUntil } from "../../src/domain/when.ts";
import { isOpsError } from "../../src/errors.ts";

const london = "Europe/London";
const losAngeles = "America/Los_Angeles";
const lordHowe = "Australia/Lord_Howe";

/** What went wrong, in words; a result is shown as it is. */
function told(parse: () => Date | number): string {
  try {
    return String(parse());
  } catch (error) {
    if (!isOpsError(error, "invalid-input")) throw error;
    return error.message;
  }
}

describe("how long", () => {
  it.each([
    ["2h", 120],
    ["2 hours", 120],
    ["1h30", 90],
    ["1h 30m", 90],
    ["1h30min", 90],
    ["1.5h", 90],
    ["2,5 hrs", 150],
    ["90m", 90],
    ["90 minutes", 90],
    [" 45 MIN ", 45],
    ["9999h", 599_940],
  ])("is understood: %s", (typed, minutes) => {
    expect(parseMinutes(typed)).toBe(minutes);
  });

  it.each([
    ...["0", "-1h", "1e9h", "NaN", "Infinity", "२h", "٢h", "90", "h", "", "1h30s", "1.25h"],
    ...["99999999999999", "99999999999999h", "1h 2h", "2h; stop", "__proto__", "0x10m"],
  ])("is refused: %j", (typed) => {
    expect(told(() => parseMinutes(typed))).toBe("I do not understand that length of time.");
  });

  it.each(["0h", "0m", "0h0", "00 min"])("must be more than nothing: %s", (typed) => {
    expect(told(() => parseMinutes(typed))).toBe("A length of time must be more than nothing.");
  });
});

describe("until when", () => {
  const evening = new Date("2026-11-22T19:00:00Z");
  const at = (typed: string, zone = london, now = evening) =>
    parseUntil(typed, zone, now).toISOString();

  it.each([
    ["21:30", "2026-11-22T21:30"],
    ["9:30pm", "2026-11-22T21:30"],
    ["at 9 PM", "2026-11-22T21:00"],
    ["21.30", "2026-11-22T21:30"],
    ["21h30", "2026-11-22T21:30"],
    ["01:00", "2026-11-23T01:00"],
    ["12am", "2026-11-23T00:00"],
    ["today 23:59", "2026-11-22T23:59"],
    ["tomorrow 01:00", "2026-11-23T01:00"],
    ["2026-11-25 20:00", "2026-11-25T20:00"],
    ["2026-11-25t20:00", "2026-11-25T20:00"],
    ["2028-02-29 20:00", "2028-02-29T20:00"],
    ["21:30 UTC", "2026-11-22T21:30"],
    ["12:00 america/los_angeles", "2026-11-22T20:00"],
    ["01:30 Asia/Kolkata", "2026-11-22T20:00"],
    ["01:30 Asia/Calcutta", "2026-11-22T20:00"],
  ])("is read on the site's clock or the zone typed with it: %s", (typed, instant) => {
    expect(at(typed)).toBe(`${instant}:00.000Z`);
  });

  it("is read on the clock of the site's own zone", () => {
    expect(at("13:00", losAngeles)).toBe("2026-11-22T21:00:00.000Z");
    expect(at("07:00", lordHowe)).toBe("2026-11-22T20:00:00.000Z");
  });

  it.each([
    ["25:00", "There is no such time of day."],
    ["24:00", "There is no such time of day."],
    ["21:60", "There is no such time of day."],
    ["13pm", "There is no such time of day."],
    ["0am", "There is no such time of day."],
    ["2026-02-29 20:00", "There is no such day."],
    ["2026-13-01 20:00", "There is no such day."],
    ["18:00", "That time has passed already."],
    ["19:00", "That time has passed already."],
    ["today 08:00", "That time has passed already."],
    ["2026-11-21 20:00", "That time has passed already."],
    ["1970-01-01 00:00", "That time has passed already."],
    ["21:30 Mars/Base", "I do not know that time zone; one is `Europe/London`, for example."],
    ["21:30 PST", "I do not know that time zone; one is `Europe/London`, for example."],
    ["21", "I do not understand that time."],
    ["२१:३०", "I do not understand that time."],
    ["soon", "I do not understand that time."],
    ["", "I do not understand that time."],
    ["21:30; stop all", "I do not understand that time."],
    ["__proto__", "I do not understand that time."],
  ])("is refused: %s", (typed, message) => {
    expect(told(() => parseUntil(typed, london, evening))).toBe(message);
  });

  const skipped = "The clocks go forward then, so that time does not exist.";
  const repeated = "The clocks go back then, so that time comes twice.";

  it.each([
    { typed: "02:30", zone: losAngeles, now: "2026-03-08T06:00Z", why: skipped },
    { typed: "01:30", zone: london, now: "2026-03-28T22:00Z", why: skipped },
    { typed: "02:15", zone: lordHowe, now: "2026-10-03T12:00Z", why: skipped },
    { typed: "01:30", zone: losAngeles, now: "2026-11-01T06:00Z", why: repeated },
    { typed: "01:30", zone: london, now: "2026-10-24T22:00Z", why: repeated },
    { typed: "01:45", zone: lordHowe, now: "2026-04-04T12:00Z", why: repeated },
  ])("is refused when a clock change skips or repeats it: $typed $zone", (row) => {
    expect(told(() => parseUntil(row.typed, row.zone, new Date(row.now)))).toBe(row.why);
  });

  it.each([
    { typed: "01:59", zone: losAngeles, now: "2026-03-08T06:00Z", end: "2026-03-08T09:59" },
    { typed: "03:00", zone: losAngeles, now: "2026-03-08T06:00Z", end: "2026-03-08T10:00" },
    { typed: "02:45", zone: lordHowe, now: "2026-10-03T12:00Z", end: "2026-10-03T15:45" },
    { typed: "02:00", zone: london, now: "2026-10-24T22:00Z", end: "2026-10-25T02:00" },
    { typed: "00:59", zone: london, now: "2026-10-24T22:00Z", end: "2026-10-24T23:59" },
  ])("is exact beside a clock change: $typed $zone", ({ typed, zone, now, end }) => {
    expect(at(typed, zone, new Date(now))).toBe(`${end}:00.000Z`);
  });

  it.each([
    { zone: london, now: "2026-10-25T22:00Z", end: "2026-10-26T01:30" },
    { zone: london, now: "2026-03-29T20:00Z", end: "2026-03-30T00:30" },
    { zone: losAngeles, now: "2026-11-02T04:00Z", end: "2026-11-02T09:30" },
  ])("means tomorrow on the evening of the change itself: $zone", ({ zone, now, end }) => {
    expect(at("01:30", zone, new Date(now))).toBe(`${end}:00.000Z`);
  });

  it("R9: knows days whose midnight does not exist", () => {
    const eve = new Date("2026-04-23T21:30:00Z");
    expect(at("tomorrow 12:00", "Africa/Cairo", eve)).toBe("2026-04-24T09:00:00.000Z");
    expect(at("2026-04-24 12:00", "Africa/Cairo", eve)).toBe("2026-04-24T09:00:00.000Z");
  });
});
