import { addMinutes } from "date-fns/addMinutes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { busyHours } from "../../../src/domain/cost/busy-hours.ts";
import { toCsv } from "../../../src/domain/cost/csv.ts";
import type { Ledger } from "../../../src/domain/cost/meter.ts";
import { periodAt } from "../../../src/domain/cost/period.ts";
import { usageReport } from "../../../src/domain/cost/usage.ts";
import { toUsageCsv } from "../../../src/domain/cost/usage-csv.ts";
import { toUsageChart, toUsageTable } from "../../../src/domain/cost/usage-table.ts";
import { autoShutdown } from "../../../src/domain/destination.ts";
import { aRun, pricing } from "./support.ts";

/** A Sunday, 19:00 in London. */
const start = new Date("2026-11-22T19:00:00.000Z");
const minute = (minutes: number) => addMinutes(start, minutes);
const week = periodAt("week", start, "Europe/London");

const ledger: Ledger = {
  sessions: [
    aRun(minute(30), 90, { endedBy: autoShutdown, leaseUntil: minute(180), showId: "show_1" }),
    aRun(start, 60, { platform: "youtube", destinationName: "=YouTube, main" }),
  ],
  spans: [
    { id: "flow", kind: "flow-active", from: start, to: minute(120) },
    { id: "absent", kind: "source-absent", from: minute(110), to: minute(120) },
  ],
  channelCount: 5,
  knownSince: null,
};
const report = (overrides: Partial<Ledger> = {}) =>
  usageReport(
    { ...ledger, ...overrides },
    {
      pricing,
      period: week,
      forecastUsd: 12,
      showName: (id) => (id === "show_1" ? "Sunday service" : null),
    },
  );

describe("a usage report", () => {
  it("tells each destination, each show and what is shared", () => {
    const usage = report();
    expect(usage.destinations.map(({ name, minutes }) => [name, minutes])).toEqual([
      ["twitch", 90],
      ["=YouTube, main", 60],
    ]);
    expect(usage.shows.map(({ name }) => name)).toEqual(["Sunday service", "Started by hand"]);
    expect(usage.waste).toEqual({ minutes: 10, usd: 0.134964 });
    expect(usage.saved.minutes).toBe(60);
    expect(usage.sharedUsd).toBeCloseTo(0.32 + usage.parts.unusedTransfer, 9);
    expect(usage).toMatchObject({ forecastUsd: 12, asOf: "2026-11-22" });
  });

  it("calls a show by what is known of it", () => {
    const [session] = ledger.sessions;
    const sessions = session ? [{ ...session, showId: "show_gone" }] : [];
    expect(report({ sessions }).shows[0]?.name).toBe("A show that was removed");
  });

  it("finds the busiest hours on the site's clock", () => {
    expect(report().busiest).toEqual([
      { weekday: 7, hour: 19, minutes: 90 },
      { weekday: 7, hour: 20, minutes: 60 },
    ]);
    const kathmandu = [{ from: start, to: minute(30) }];
    expect(busyHours(kathmandu, "Asia/Kathmandu")).toEqual([
      { weekday: 1, hour: 0, minutes: 15 },
      { weekday: 1, hour: 1, minutes: 15 },
    ]);
  });

  it("counts an hour that the clocks repeat twice", () => {
    const from = new Date("2026-10-25T00:00:00.000Z");
    const hours = busyHours([{ from, to: addMinutes(from, 180) }], "Europe/London");
    expect(hours).toEqual([
      { weekday: 7, hour: 1, minutes: 120 },
      { weekday: 7, hour: 2, minutes: 60 },
    ]);
  });
});

describe("its table", () => {
  it("has a row for each destination, for what is shared, and the total", () => {
    const table = toUsageTable(report(), "destinations");
    expect(table.columns.map(({ title }) => title)).toEqual([
      "Destination",
      "Cost",
      "Hours",
      "Sessions",
      "No source",
      "Saved",
    ]);
    expect(table.rows).toEqual([
      ["twitch", "$1.27", "1.5", "1", "$0.13", "$0.81"],
      ["=YouTube, main", "$0.85", "1.0", "1", "$0.00", "$0.00"],
      ["Flow and idle fees", "$0.57", "", "", "", ""],
      ["Total", "$2.68", "2.5", "2", "$0.13", "$0.81"],
    ]);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });

  it("has the same total by show", () => {
    const rows = toUsageTable(report(), "shows").rows;
    expect(rows[0]?.[0]).toBe("Sunday service");
    expect(rows.at(-1)).toEqual(toUsageTable(report(), "destinations").rows.at(-1));
  });
});

describe("its chart", () => {
  it("shows cost and what ran without a source", () => {
    expect(toUsageChart(report())).toEqual({
      title: "Cost by destination, 2026-11-16",
      kind: "bar",
      unit: "USD",
      labels: ["twitch", "=YouTube, main"],
      series: [
        { name: "Cost", values: [1.27, 0.85] },
        { name: "Without a source", values: [0.13, 0] },
      ],
    });
  });

  it("is missing when nothing ran", () => {
    expect(toUsageChart(report({ sessions: [] }))).toBeNull();
  });

  it("stays within what Slack takes, with labels that differ", () => {
    const sessions = Array.from({ length: 30 }, (_, index) =>
      aRun(start, 60 + index, {
        destinationId: `dest_${index}`,
        destinationName: `A destination with a long name ${index}`,
        channelId: String(index),
      }),
    );
    const chart = toUsageChart(report({ sessions }));
    expect(chart?.labels).toHaveLength(20);
    expect(new Set(chart?.labels).size).toBe(20);
    expect(chart?.labels.at(-1)).toBe("11 others");
    expect(chart?.labels.every((label) => label.length <= 20)).toBe(true);
    const [cost] = chart?.series ?? [];
    expect(cost?.values).toHaveLength(20);
  });
});

describe("its file", () => {
  it("has a row for each session, in both times, safe for spreadsheets", () => {
    const { name, words } = toUsageCsv(report());
    const [header = "", first = "", second = "", rest] = words.split("\r\n");
    expect(name).toBe("usage-week-2026-11-16.csv");
    expect(header.split(",").slice(0, 8)).toEqual([
      "destination",
      "platform",
      "show",
      "session",
      "started_utc",
      "started_local",
      "ended_utc",
      "ended_local",
    ]);
    expect(first).toMatch(/^"'=YouTube, main",youtube,Started by hand,session_/);
    expect(second).toContain(
      "2026-11-22T19:30:00+00:00,2026-11-22T19:30:00+00:00,2026-11-22T21:00:00+00:00",
    );
    expect(second).toContain(",90,1.268676,10,0.134964,60,0.809784,Ana,patchbay,");
    expect(rest).toBe("");
  });

  it("shows local times with their distance from UTC, and nothing for what goes on", () => {
    const summer = new Date("2026-07-05T19:00:00.000Z");
    const usage = usageReport(
      { ...ledger, sessions: [aRun(summer, 0, { endedAt: null })] },
      {
        pricing: { ...pricing, now: addMinutes(summer, 30) },
        period: periodAt("day", summer, "Europe/London"),
        forecastUsd: null,
        showName: () => null,
      },
    );
    expect(toUsageCsv(usage).words).toContain(
      "2026-07-05T19:00:00+00:00,2026-07-05T20:00:00+01:00,,,30,",
    );
  });

  it("quotes as RFC 4180 says, and disarms what a spreadsheet would run", () => {
    expect(
      toCsv(
        ["a", "b"],
        [
          ['say "hi"', "two\r\nlines"],
          ["-1+1", 5],
          ["x\0y", Number.NaN],
        ],
      ),
    ).toBe('a,b\r\n"say ""hi""","two\r\nlines"\r\n\'-1+1,5\r\nxy,\r\n');
    for (const start of ["=", "+", "-", "@", "\t=", " =", "\r", "\uff1d", "\ufeff="])
      expect(toCsv([`${start}1`], []).replace('"', "")).toMatch(/^'/);
  });

  it("gives back every word that is put in", () => {
    const cell = fc.string({ unit: "grapheme" }).filter((words) => !words.includes("\0"));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const quoted = cells.map((each) => `x${each}`);
        const read = [
          ...toCsv(quoted, []).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n)/g),
        ];
        expect(read.map(([, inside, bare]) => inside?.replaceAll('""', '"') ?? bare)).toEqual(
          quoted,
        );
      }),
    );
  });
});
