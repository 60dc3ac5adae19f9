import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  announcementKey,
  budgetState,
  crossed,
  startRules,
} from "../../../src/domain/cost/budget.ts";
import { isOpsError } from "../../../src/errors.ts";

const state = (spentUsd: number, forecastUsd = spentUsd, limitUsd: number | null = 400) =>
  budgetState({ spentUsd, forecastUsd, limitUsd });

describe("a month's budget", () => {
  it.each([
    [0, "none"],
    [199.999999, "none"],
    [200, 50],
    [319.99, 50],
    [320, 80],
    [380, 95],
    [399.999999, 95],
    [400, 100],
    [4_000, 100],
  ])("of $400 with $%d spent stands at %s", (spent, step) => {
    expect(state(spent).step).toBe(step);
  });

  it("is reached to the millionth, also where floats are not exact", () => {
    const anyMillionths = fc.integer({ min: 10_000, max: 2_000_000_000 });
    fc.assert(
      fc.property(anyMillionths, fc.constantFrom(50, 80, 95, 100), (millionths, per) => {
        const spent = Math.ceil((millionths * per) / 100);
        expect(crossed(state(spent / 1e6, 0, millionths / 1e6).step)).toContain(per);
        expect(crossed(state((spent - 1) / 1e6, 0, millionths / 1e6).step)).not.toContain(per);
      }),
    );
  });

  it("tells apart what is spent and what is foreseen", () => {
    expect(state(150, 390)).toMatchObject({ step: "none", byForecast: 95, leftUsd: 250 });
    expect(state(500).leftUsd).toBe(0);
  });

  it("may be missing", () => {
    expect(state(500, 900, null)).toMatchObject({
      step: "none",
      byForecast: "none",
      leftUsd: null,
    });
  });

  it.each([0, -1, 0.001, Number.NaN, Number.POSITIVE_INFINITY])("of %d is refused", (limit) => {
    try {
      expect(state(1, 1, limit)).toBeNull();
    } catch (error) {
      expect(isOpsError(error, "invalid-input") && error.hint).toContain("budget set 400");
    }
  });

  it("tightens what a start must obey step by step", () => {
    const rules = (["none", 50, 80, 95, 100] as const).map((step) =>
      startRules(step, { shrunkLeaseMinutes: 60 }),
    );
    const free = { asksSecondPerson: false, maxLeaseMinutes: null, adminsOnly: false };
    expect(rules).toEqual([
      free,
      free,
      { ...free, asksSecondPerson: true },
      { ...free, asksSecondPerson: true, maxLeaseMinutes: 60 },
      { asksSecondPerson: true, maxLeaseMinutes: 60, adminsOnly: true },
    ]);
  });

  it("has one key for each month and threshold", () => {
    expect(crossed(95)).toEqual([50, 80, 95]);
    expect(crossed("none")).toEqual([]);
    expect(announcementKey("2026-11", 80)).toBe("budget_2026-11_80");
  });
});
