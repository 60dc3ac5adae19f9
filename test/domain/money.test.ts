import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minusUsd, sumUsd, toUsd, usdFigure, usdWords } from "../../src/domain/money.ts";

const anyUsd = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((each) => each / 1e6);

describe("dollars", () => {
  it.each([
    [1.94, "$1.94"],
    [0.43, "$0.43"],
    [0, "$0.00"],
    [0.004, "under $0.01"],
    [1234.5, "$1,234.50"],
    [1.005, "$1.01"],
    [-2, "−$2.00"],
    [-0.001, "$0.00"],
    [Number.NaN, "an unknown sum"],
    [Number.POSITIVE_INFINITY, "an unknown sum"],
  ])("%d reads %s", (usd, words) => {
    expect(usdWords(usd)).toBe(words);
  });

  it("are short in a table", () => {
    expect([0.004, 0, 1.94].map(usdFigure)).toEqual(["<$0.01", "$0.00", "$1.94"]);
  });

  it("are never NaN", () => {
    expect([toUsd(Number.NaN), sumUsd([Number.NaN, 1]), toUsd(Number.NEGATIVE_INFINITY)]).toEqual([
      0, 1, 0,
    ]);
  });

  it("add up to the same in any order and grouping", () => {
    fc.assert(
      fc.property(fc.array(anyUsd), fc.nat(), (all, cut) => {
        const [some, others] = [all.slice(0, cut), all.slice(cut)];
        expect(sumUsd([sumUsd(others), sumUsd(some)])).toBe(sumUsd(all));
        expect(minusUsd(sumUsd(all), sumUsd(some))).toBe(sumUsd(others));
      }),
    );
    expect(sumUsd(Array.from({ length: 10 }, () => 0.1))).toBe(1);
  });
});
