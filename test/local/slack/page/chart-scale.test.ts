import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageModule } from "./page-module.ts";

type Scale = { ticks: number[]; share(value: number): number };
const { scaleOf, strideOf } = await pageModule<{
  scaleOf(values: number[]): Scale;
  strideOf(names: string[], widthPx: number): number;
}>("chart-scale.js");

const names = (count: number, name: string) => Array.from({ length: count }, () => name);

describe("the scale of a chart", () => {
  it.each([
    { values: [41.2, 0], ticks: [0, 10, 20, 30, 40, 50] },
    { values: [0.3], ticks: [0, 0.1, 0.2, 0.3] },
    { values: [12_000, -4000], ticks: [-5000, 0, 5000, 10_000, 15_000] },
    { values: [-2], ticks: [-2, -1.5, -1, -0.5, 0] },
    { values: [0, 0], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    { values: [5e-324, -1e-301], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  ])("has round steps for $values", ({ values, ticks }) => {
    expect(scaleOf(values).ticks).toEqual(ticks);
  });

  it("holds zero and every value, between two and eight steps", () => {
    const values = fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const { ticks, share } = scaleOf(all);
        const shares = [0, ...all].map(share);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(-1e-9);
        expect(Math.max(...shares)).toBeLessThanOrEqual(1 + 1e-9);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

describe("the names below an axis", () => {
  it.each([
    [6, "A long name of twenty", 270, 1],
    [7, "Mon", 270, 1],
    [20, "Nov 20", 600, 2],
    [20, "Nov 20", 270, 4],
  ])("%i times %j in %i px show every %ith", (...[count, name, width, stride]) => {
    expect(strideOf(names(count, name), width)).toBe(stride);
  });
});
