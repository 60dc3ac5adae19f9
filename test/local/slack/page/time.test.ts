import { describe, expect, it } from "vitest";
import { pageModule } from "./page-module.ts";

type Viewer = { tz: string; now: number };
type Time = {
  elapsed(ms: number): string;
  duration(ms: number): string;
  dayLabel(at: number, viewer: Viewer): string;
  slackDate(format: string, at: number, viewer: Viewer): string | null;
};

const { elapsed, duration, dayLabel, slackDate } = await pageModule<Time>("time.js");
const at = Date.UTC(2026, 10, 4, 4, 48, 9);
const losAngeles = { tz: "America/Los_Angeles", now: at };

describe("times on the console page", () => {
  it.each([
    [0, "0:00"],
    [-5000, "0:00"],
    [42_900, "0:42"],
    [724_000, "12:04"],
    [3_723_000, "1:02:03"],
  ])("writes %i ms as %s", (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });

  it.each([
    ["{date_num}", "2026-11-03"],
    ["{date}", "November 3rd, 2026"],
    ["{date_short}", "Nov 3, 2026"],
    ["{date_long}", "Tuesday, November 3rd, 2026"],
    ["{date_pretty}", "Today"],
    ["until {date_short_pretty} at {time}", "until today at 20:48"],
    ["{date_long_pretty}", "Today"],
    ["{day_divider_pretty}", "Today"],
    ["{time_secs}", "20:48:09"],
    ["{ago}", "Just now"],
  ])("fills %s in the viewer's zone", (format, text) => {
    expect(slackDate(format, at, losAngeles)).toBe(text);
  });

  it("counts ago from now", () => {
    const write = (later: number) =>
      slackDate("ended {ago}", at, { ...losAngeles, now: at + later });
    expect([write(180_000), write(7_200_000), write(-90_000)]).toEqual([
      "ended 3 minutes ago",
      "ended 2 hours ago",
      "ended in 2 minutes",
    ]);
  });

  it("leaves a token that Slack does not know to the fallback", () => {
    expect(slackDate("{date_odd}", at, losAngeles)).toBeNull();
    expect(slackDate("{constructor}", at, losAngeles)).toBeNull();
    expect(slackDate("{time}", Number.NaN, losAngeles)).toBeNull();
  });

  it("names days as the viewer's calendar does", () => {
    const later = at + 4 * 3_600_000;
    expect(dayLabel(at, { ...losAngeles, now: later })).toBe("Yesterday");
    expect(dayLabel(at, { tz: "Europe/Berlin", now: later })).toBe("Today");
    expect(dayLabel(at, { tz: "no/where", now: later })).toBe("Today");
  });

  it.each([
    [0, "0 min"],
    [45 * 60_000, "45 min"],
    [3 * 3_600_000, "3 h"],
    [4_800_000, "1 h 20 min"],
    [187_500_000, "2 d 4 h"],
  ])("writes %i ms as the duration %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
