import { describe, expect, it } from "vitest";
import {
  type BilledDay,
  corrected,
  meteredByOperation,
  reconcile,
} from "../../../src/domain/cost/correction.ts";
import { listPrices } from "../../../src/domain/cost/list-prices.ts";
import { parsePrices } from "../../../src/domain/cost/prices.ts";
import { metered } from "./worked-month.ts";

const days = (count: number, meteredUsd: number, billedUsd: number): BilledDay[] =>
  Array.from({ length: count }, (_, day) => ({
    date: `2026-11-${String(day + 1).padStart(2, "0")}`,
    operation: "CHANNEL_OUTPUT",
    meteredUsd,
    billedUsd,
    watched: true,
    others: [],
  }));

describe("reconciling the meter with the bill", () => {
  it("learns a factor from a week, and explains it", () => {
    expect(reconcile(days(7, 2, 2.2))).toEqual([
      {
        operation: "CHANNEL_OUTPUT",
        days: 7,
        meteredUsd: 14,
        billedUsd: 15.4,
        differenceUsd: 1.4,
        factor: 15.4 / 14,
        explained:
          "CHANNEL_OUTPUT: AWS billed $15.40, patchbay counted $14.00; its prices are taken × 1.100.",
      },
    ]);
  });

  it("learns nothing from fewer days, or from days on which nothing was counted", () => {
    expect(reconcile(days(6, 2, 4))[0]).toMatchObject({ days: 6, factor: 1 });
    expect(reconcile(days(6, 2, 4))[0]?.explained).toContain("6 of 7 days are too few");
    expect(reconcile(days(20, 0, 4))[0]).toMatchObject({ days: 0, factor: 1 });
    expect(reconcile(days(3, 2, 4), 3)[0]?.factor).toBe(2);
    expect(reconcile([])).toEqual([]);
  });

  it.each([0, 0.2, 9])("takes no price from $2 a day that are billed as $%d", (billed) => {
    const [found] = reconcile(days(10, 2, billed));
    expect(found?.factor).toBe(1);
    expect(found?.explained).toContain("look for channels that patchbay does not manage");
  });

  it.each<[string, Partial<BilledDay>]>([
    ["others had channels", { others: ["neighbour (7654321)"] }],
    ["nobody looked all day", { watched: false }],
    ["inputs of others cannot be seen", { operation: "INACTIVE_INPUT" }],
  ])("learns nothing where %s, and says so", (_why, more) => {
    const [found] = reconcile(days(10, 2, 3.2).map((day) => ({ ...day, ...more })));
    expect(found).toMatchObject({ days: 0, factor: 1, differenceUsd: 12 });
    expect(found?.explained).toContain(
      "0 of 7 days are too few to learn from. 10 of 10 days teach nothing: what AWS billed for may not have been this site's alone.",
    );
  });

  it("learns from the days that were the site's alone", () => {
    const shared = days(5, 2, 9).map((day) => ({ ...day, others: ["neighbour (7654321)"] }));
    const alone = days(7, 2, 2.2).map((day, at) => ({ ...day, date: `2026-10-1${at}` }));
    const [found] = reconcile([...shared, ...alone]);
    expect(found).toMatchObject({ days: 7, billedUsd: 60.4 });
    expect(found?.factor).toBeCloseTo(1.1, 6);
    expect(found?.explained).toContain("5 of 12 days teach nothing");
  });

  it("takes a day's last bill, as AWS corrects them", () => {
    const preliminary = days(3, 2, 0.1);
    const found = reconcile([...preliminary, ...days(7, 2, 2.2)]);
    expect(found[0]).toMatchObject({ days: 7, billedUsd: 15.4 });
  });

  it("takes the meter's parts for the bill's operations", () => {
    const parts = metered({ idle: true }).parts;
    expect(meteredByOperation(parts)).toEqual({
      CHANNEL_INPUT: 70.2,
      CHANNEL_OUTPUT: 210.6,
      INACTIVE_CHANNEL: 31.5,
      INACTIVE_INPUT: 31.5,
    });
  });

  it("corrects the prices of that operation alone", () => {
    const prices = corrected(listPrices, reconcile(days(7, 2, 2.2)));
    expect(parsePrices(prices)).toHaveLength(listPrices.length);
    const changed = prices.filter((price, at) => price.usd !== listPrices[at]?.usd);
    expect(changed.every(({ id }) => id.startsWith("medialive.output."))).toBe(true);
    expect(
      prices.find(({ id }) => id === "medialive.output.single.avc.hd.max10.fps30"),
    ).toMatchObject({
      usd: 0.46332,
      confidence: "good",
      note: "× 1.100, learned from 7 days of the bill",
    });
    expect(corrected(listPrices, reconcile(days(6, 2, 9)))).toEqual(listPrices);
  });
});
