import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { defaultSettings, toStoredSettings } from "../../src/domain/settings.ts";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { OpsError } from "../../src/errors.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { usageReports } from "../../src/jobs/usage-report.ts";
import { aSession } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aShow } from "../support/shows.ts";
import { aWorld } from "../support/world.ts";

/** A site known since the 1st of November, seen at an instant; an hour was on air on each given day at 12:00 UTC. */
async function aSite({ days = [], zone = "UTC" }: { days?: string[]; zone?: string } = {}) {
  const world = aWorld();
  world.notes.put("known-since", "2026-11-01T00:00:00.000Z");
  for (const day of days) {
    const from = new Date(`${day}T12:00:00Z`);
    const times = { startedAt: from, billedFrom: from, endedAt: addMinutes(from, 60) };
    await world.sessions.open(aSession({ id: `session_${day}`, ...times, status: "stopped" }));
  }
  const policy = { ...defaultPolicy, zone };
  const at = async (when: string) => {
    world.clock.set(new Date(when));
    const { manager } = aPatchbay(world, { policy });
    await usageReports.run(world.clock.now(), createTick({ manager, ports: world.ports, policy }));
  };
  const keys = () => world.announcements.all().map(({ key }) => key);
  const content = (key: string) =>
    world.announcements.all().find((each) => each.key === key)?.content;
  const words = (key: string) => content(key)?.lines.map(inWords).join("\n");
  return { world, at, keys, content, words };
}

describe("usage reports", () => {
  it("come at 08:00 of the site's zone: of a day, of a week on Monday, of a month on its first", async () => {
    const days = ["2026-11-29", "2026-11-30"];
    const { at, keys } = await aSite({ days, zone: "America/Los_Angeles" });
    await at("2026-11-29T15:45:00Z");
    const before = keys();
    await at("2026-11-30T15:45:00Z");
    expect(keys()).toEqual(before);
    await at("2026-11-30T16:00:00Z");
    expect(keys().slice(before.length)).toEqual([
      "report_day_2026-11-29",
      "report_week_2026-11-23",
    ]);
    await at("2026-12-01T16:15:00Z");
    expect(keys().slice(-2)).toEqual(["report_day_2026-11-30", "report_month_2026-11"]);
  });

  it("T4 single effect: come once, whoever looks, also when an answer is lost", async () => {
    const { world, at, keys } = await aSite({ days: ["2026-11-22"] });
    world.failNext("notes.write", new OpsError("aws-unavailable", "Lost."));
    await expect(at("2026-11-23T08:00:00Z")).rejects.toThrow("Lost");
    await Promise.all([at("2026-11-23T08:15:00Z"), at("2026-11-23T08:15:00Z")]);
    await at("2026-11-23T08:30:00Z");
    expect(keys().filter((key) => key.includes("2026-11-22"))).toEqual(["report_day_2026-11-22"]);
  });

  it("say what was on, what that cost, and how the month stands", async () => {
    const { world, at, content, words } = await aSite({ days: ["2026-11-22"] });
    world.notes.put("show#show_1", toStoredShow(aShow()));
    const from = new Date("2026-11-22T10:00:00Z");
    const times = { startedAt: from, billedFrom: from, endedAt: addMinutes(from, 90) };
    await world.sessions.open(aSession({ id: "session_show", showId: "show_1", ...times }));
    await world.spans.open({
      id: "span_1",
      kind: "source-absent",
      from: addMinutes(from, 10),
      to: addMinutes(from, 30),
    });
    await at("2026-11-23T08:00:00Z");
    const said = words("report_day_2026-11-22");
    expect(said).toMatch(/Sunday,? 22 November 2026\*: 2 h 30 min in 2 sessions, \$\d+\.\d\d\./);
    expect(said).toMatch(/Without a source: 20 min, \$\d/);
    expect(said).toContain("Busiest: 10:00 (1 h), ");
    expect(said).toMatch(/This month so far: \$[\d.]+, forecast \$[\d.]+\./);
    expect(said).not.toContain("late");
    const report = content("report_day_2026-11-22");
    expect(report?.table?.rows.map(([name]) => name)).toEqual([
      "Twitch",
      "Flow and idle fees",
      "Total",
      "Show: Sunday service",
      "Show: Started by hand",
    ]);
    expect(report?.chart?.labels).toEqual(["Twitch"]);
    expect(report?.file?.name).toBe("usage-day-2026-11-22.csv");
    expect(report?.file?.words.trim().split("\n")).toHaveLength(3);
  });

  it("leave out a quiet day, and say of a quiet week or month only that", async () => {
    const { at, keys, content, words } = await aSite();
    await at("2026-12-01T08:00:00Z");
    expect(keys().filter((key) => key.includes("_day_"))).toEqual([]);
    expect(words("report_month_2026-11")).toMatch(
      /^Nothing was on air: \*November 2026\*; the flow/,
    );
    expect(content("report_month_2026-11")).toMatchObject({ table: null, file: null, buttons: [] });
  });

  it("are made good after a time away, marked late, the last of each kind only", async () => {
    const days = Array.from(
      { length: 28 },
      (_, day) => `2026-12-${String(day + 1).padStart(2, "0")}`,
    );
    const { at, keys, words } = await aSite({ days });
    await at("2026-12-01T08:00:00Z");
    const before = keys().length;
    await at("2026-12-29T10:00:00Z");
    expect(keys().slice(before)).toEqual([
      ...days.slice(-7).map((day) => `report_day_${day}`),
      ...["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21"].map(
        (day) => `report_week_${day}`,
      ),
    ]);
    expect(words("report_week_2026-12-14")).toContain("it should have come on 08:00");
  });

  it("begin with what patchbay has seen, and say since when", async () => {
    const { world, at, keys, words } = await aSite({ days: ["2026-11-21"] });
    world.notes.put("known-since", "2026-11-18T09:00:00.000Z");
    await at("2026-11-23T08:00:00Z");
    expect(keys()).toEqual(["report_day_2026-11-21", "report_week_2026-11-16"]);
    expect(words("report_week_2026-11-16")).toContain("patchbay has looked after the site since");
  });

  it("come as they are set", async () => {
    const { world, at, keys } = await aSite({ days: ["2026-11-22"] });
    world.notes.put("settings", toStoredSettings({ ...defaultSettings, reports: ["month"] }));
    await at("2026-11-23T08:00:00Z");
    await at("2026-12-01T08:00:00Z");
    expect(keys()).toEqual(["report_month_2026-11"]);
  });
});
