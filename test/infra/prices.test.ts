import { describe, expect, it } from "vitest";
import { estimate, pricedAfter, priceLines, sumPriced } from "../../infra/prices.ts";
import { listPrices } from "../../src/domain/cost/list-prices.ts";
import { createPriceTable, metered } from "../../src/domain/cost/price-table.ts";
import { assumedSourceBitrateBps, assumedSpec, ratesOf } from "../../src/domain/cost/rates.ts";

const table = createPriceTable({ prices: listPrices, region: "us-west-2", overrides: [] });
const channelType = "AWS::MediaLive::Channel";
const resource = (logicalId: string, type = channelType) => ({ logicalId, type });
const change = (action: "add" | "remove" | "modify", logicalId: string, type = channelType) => ({
  ...{ action, logicalId, type, physicalId: null, replaces: "no" as const },
  ...{ properties: [], isKept: false },
});

const thirty = assumedSpec("custom");
const sixty = { ...thirty, encodes: thirty.encodes.map((encode) => ({ ...encode, fps: 60 })) };
const rates = (spec: typeof thirty) =>
  ratesOf(spec, { table, sourceBitrateBps: assumedSourceBitrateBps });

describe("an estimate", () => {
  it("counts a channel idle by the day, and on air by what it encodes", () => {
    const resources = [resource("A"), resource("B"), resource("Flow", "AWS::MediaConnect::Flow")];
    const specs = new Map([
      ["A", thirty],
      ["B", sixty],
    ]);
    const found = estimate(pricedAfter({ resources, changes: [] }, specs), table);
    expect(found.onAirUsdPerHour).toBeCloseTo(
      table.usd(metered.flow) + rates(thirty).totalUsdPerHour + rates(sixty).totalUsdPerHour,
    );
    expect(rates(sixty).outputUsdPerHour).toBeGreaterThan(rates(thirty).outputUsdPerHour);
    expect(found.idleUsdPerDay).toBeCloseTo(48 * rates(thirty).idleUsdPerHour);
  });

  it("is of what there is after the changes", () => {
    const changes = [change("add", "New"), change("remove", "Old"), change("modify", "Same")];
    const resources = [resource("Old"), resource("Same")];
    expect(pricedAfter({ resources, changes }, new Map()).channels).toHaveLength(2);
  });

  it("counts a secret at 40 cents a month", () => {
    const resources = [resource("Key", "AWS::SecretsManager::Secret")];
    const priced = pricedAfter({ resources, changes: [] }, new Map());
    expect(estimate(sumPriced([priced, priced]), table).idleUsdPerDay * 30).toBeCloseTo(0.8);
  });

  it("is called one, and is silent about what costs nothing", () => {
    const priced = pricedAfter({ resources: [resource("A")], changes: [] }, new Map());
    expect(priceLines(priced, table)).toEqual([
      expect.stringMatching(/^Costs by the price list of .* for us-west-2.*, an estimate:$/),
      expect.stringMatching(
        /^ {2}\$0\.48 a day while nothing is on air \(1 channel with inputs\)$/,
      ),
      expect.stringMatching(
        /^ {2}\$0\.\d\d an hour with everything on air, for a source of 8 Mbit\/s$/,
      ),
    ]);
    expect(priceLines(sumPriced([]), table)).toEqual([]);
  });
});
