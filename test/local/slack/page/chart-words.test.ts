import { describe, expect, it } from "vitest";
import { pageModule } from "./page-module.ts";

const { describeChart, figuresOf, shortAmount } = await pageModule<{
  describeChart(title: string, chart: object): string;
  figuresOf(chart: object): { head: string[]; rows: string[][] };
  shortAmount(value: number, largest: number): string;
}>("chart-words.js");

const points = (...values: number[]) =>
  values.map((value, index) => ({ label: ["Mon", "Tue"][index] ?? "", value }));
const line = {
  type: "line",
  series: [
    { name: "Spent", data: points(1234.5, 2) },
    { name: "Budget", data: points(100, 100).reverse() },
  ],
  axis_config: { categories: ["Mon", "Tue"], x_label: "Day" },
};
const pie = {
  type: "pie",
  segments: [
    { label: "YouTube", value: 199 },
    { label: "Twitch", value: 1 },
  ],
};

describe("a chart in words", () => {
  it("names the ends of each series", () => {
    expect(describeChart("Cost", line)).toBe(
      "Line chart: Cost. Spent: from 2 (Tue) to 1,234.5 (Mon). Budget: 100 throughout.",
    );
  });

  it("names the parts of a pie", () => {
    expect(describeChart("Cost", pie)).toBe(
      "Pie chart: Cost. YouTube 199, 100%; Twitch 1, under 1%.",
    );
  });
});

describe("a chart in figures", () => {
  it("has a row a category, whatever the order of the points", () => {
    expect(figuresOf(line)).toEqual({
      head: ["Day", "Spent", "Budget"],
      rows: [
        ["Mon", "1,234.5", "100"],
        ["Tue", "2", "100"],
      ],
    });
  });

  it("has a row a segment", () => {
    expect(figuresOf(pie).rows).toEqual([
      ["YouTube", "199", "100%"],
      ["Twitch", "1", "under 1%"],
    ]);
  });

  it.each([
    [5000, 9999, "5,000"],
    [5000, 10_000, "5K"],
    [-1_234_567, 2_000_000, "-1.23M"],
    [0.1, 0.3, "0.1"],
  ])("writes %d beside %d as %s", (value, largest, written) => {
    expect(shortAmount(value, largest)).toBe(written);
  });
});
