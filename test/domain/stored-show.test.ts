import { describe, expect, it } from "vitest";
import { showFrom, toStoredShow } from "../../src/domain/stored-show.ts";
import { aShow } from "../support/shows.ts";

const stored = (change: object) =>
  JSON.stringify({ ...JSON.parse(toStoredShow(aShow())), ...change });

describe("a stored show", () => {
  it.each([
    aShow(),
    aShow({ date: "2028-02-29", skipped: ["2028-02-29"] }),
    aShow({ days: [1, 3, 5], zone: "UTC", lateMinutes: 0 }),
  ])("is the same when it is read again: $date $days", (show) => {
    expect(showFrom(toStoredShow(show))).toEqual(show);
  });

  it("may have more in it than this version knows", () => {
    expect(showFrom(stored({ colour: "red" }))).toEqual(aShow());
  });

  it.each([
    ["a newer version", stored({ version: 2 })],
    ["no version", stored({ version: undefined })],
    ["no JSON", '{"version":1,'],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["an unknown zone", stored({ zone: "Mars/Base" })],
    ["an hour that never comes", stored({ startsLocal: "25:00" })],
    ["a day that never comes", stored({ date: "2027-02-29", days: [] })],
    ["a date and days", stored({ date: "2027-02-28" })],
    ["neither date nor days", stored({ days: [] })],
    ["an eighth day", stored({ days: [8] })],
    ["no minutes", stored({ minutes: 0 })],
    ["endless minutes", stored({ minutes: 1e9 })],
    ["half a minute", stored({ minutes: 1.5 })],
    ["no destination", stored({ destinationIds: [] })],
    ["no owner", stored({ owner: null })],
    ["a time that is none", stored({ createdAt: "yesterday" })],
  ])("is not read when it has %s", (_what, words) => {
    expect(showFrom(words)).toBeNull();
  });
});
