import { describe, expect, it } from "vitest";
import { blockProblems } from "../../../local/slack/block-kit.ts";
import { toAnnouncement, toPlainAnnouncement } from "../../../src/bot/render/announcement.ts";
import { checkBlocks } from "../../../src/bot/render/check-blocks.ts";
import { messageRoom } from "../../../src/bot/render/fit.ts";
import type { Content, Table } from "../../../src/domain/announcement.ts";
import { aLastCall, aReport } from "../../support/announcements.ts";
import { siteNow } from "../../support/builders.ts";

const moment = { now: siteNow, zone: "UTC" };
const report = aReport().content;
const forms = (content: Content) => [
  toAnnouncement(content, moment),
  toPlainAnnouncement(content, moment),
];
const typesOf = (content: Content) =>
  toAnnouncement(content, moment).blocks.map(({ type }) => type);

const aTable = (columns: number, rows: number, word: string): Table => ({
  columns: Array.from({ length: columns }, (_, index) => ({
    title: `c${index}`,
    figures: index > 0,
  })),
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => word)),
});

describe("an announcement", () => {
  it("has its sentences, its chart and its table, and all of it in words", () => {
    const { text, blocks } = toAnnouncement(report, moment);
    expect(blocks.map(({ type }) => type)).toEqual(["section", "data_visualization", "table"]);
    for (const words of ["Yesterday: 3 h on air.", "Hours on air", "YouTube", "2.0"])
      expect(text).toContain(words);
  });

  it("tells its table in aligned lines to a workspace without tables", () => {
    const { blocks } = toPlainAnnouncement(report, moment);
    expect(JSON.stringify(blocks)).toContain("Destination  Hours\\nYouTube        2.0");
  });

  it("has its buttons below", () => {
    expect(typesOf(aLastCall().content)).toEqual(["section", "actions"]);
  });

  it("tells a chart that Slack could not draw as a table", () => {
    const labels = Array.from({ length: 24 }, (_, hour) => `${hour}:00`);
    const series = [{ name: "Spent", values: labels.map((_, hour) => hour) }];
    const chart = { title: "Day", kind: "line", unit: "USD", labels, series } as const;
    const { blocks } = toAnnouncement({ ...report, table: null, chart }, moment);
    expect(blocks.map(({ type }) => type)).toEqual(["section", "section"]);
    expect(JSON.stringify(blocks)).toContain("Spent (USD)");
  });

  it.each([
    ["many rows", { table: aTable(5, 400, "12.5") }],
    ["many columns", { table: aTable(40, 10, "12.5") }],
    ["long cells", { table: aTable(8, 30, "w".repeat(5_000)) }],
    ["cells that are escaped", { table: aTable(8, 90, "<&>```") }],
    ["empty cells", { table: aTable(3, 3, "") }],
    ["no columns", { table: aTable(0, 3, "") }],
    ["long lines", { lines: Array.from({ length: 30 }, () => ["x".repeat(1_400)]) }],
    ["a chart without figures", { chart: { ...report.chart, series: [] } }],
    [
      "a chart of what is no number",
      { chart: { ...report.chart, series: [{ name: "x", values: [Number.NaN, 1] }] } },
    ],
    [
      "labels that are the same when cut",
      { chart: { ...report.chart, labels: ["n".repeat(30), "n".repeat(31)] } },
    ],
    ["nothing at all", { lines: [], table: null, chart: null }],
  ])("keeps to Slack's limits with %s", (_, overrides) => {
    for (const { text, blocks } of forms({ ...report, ...overrides } as Content)) {
      expect(blockProblems(blocks, "message")).toEqual([]);
      expect(checkBlocks(blocks, messageRoom)).toEqual([]);
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(40_000);
    }
  });
});
