import { describe, expect, it } from "vitest";
import { listPrices } from "../../../src/domain/cost/list-prices.ts";
import { createPriceTable, metered } from "../../../src/domain/cost/price-table.ts";
import { lowestConfidence, type Price, parsePrices } from "../../../src/domain/cost/prices.ts";
import { isOpsError } from "../../../src/errors.ts";

const aPrice = (overrides: Partial<Price> = {}): Price => ({
  id: "mediaconnect.flow.active",
  service: "MediaConnect",
  unit: "hour",
  usd: 0.2,
  region: "us-west-2",
  asOf: "2026-12-01",
  source: "AWS Price List",
  confidence: "high",
  note: "",
  ...overrides,
});

const table = (region: string, overrides: readonly Price[] = []) =>
  createPriceTable({ prices: listPrices, region, overrides });

describe("the price list", () => {
  it("passes its own check", () => {
    expect(parsePrices(listPrices)).toEqual(listPrices);
  });

  it("has no figure exactly where nothing is known", () => {
    for (const { usd, confidence } of listPrices)
      expect(usd === null).toBe(confidence === "unknown");
  });
});

describe("a price file", () => {
  const faultsOf = (value: unknown): string => {
    try {
      return `accepted ${parsePrices(value).length}`;
    } catch (error) {
      return isOpsError(error, "invalid-input") ? `${error.message} ${error.hint}` : String(error);
    }
  };

  it.each([
    ["no list", {}, /the table/],
    ["nothing", null, /the table/],
    ["an empty list", [], /at least one line/],
    ["a price that is no number", [aPrice({ usd: Number.NaN })], /line 0 \(mediaconnect.*usd/],
    ["a negative price", [aPrice(), aPrice({ id: "a.b", usd: -1 })], /line 1 \(a\.b\): usd/],
    ["an endless price", [aPrice({ usd: Number.POSITIVE_INFINITY })], /line 0.*usd/],
    ["a price in words", [{ ...aPrice(), usd: "0.16" }], /usd/],
    ["a line without an id", [{ ...aPrice(), id: undefined }], /line 0 \(without an id\): id/],
    ["a line that is a word", ["0.16"], /line 0 \(without an id\): the line/],
    ["a date that does not exist", [aPrice({ asOf: "2026-02-30" })], /asOf/],
    ["a unit that nobody bills", [{ ...aPrice(), unit: "fortnight" }], /unit/],
    ["an unknown field", [{ ...aPrice(), price: 1 }], /line 0.*price/],
    ["a line twice", [aPrice(), aPrice()], /line 1.*us-west-2 is there twice/],
  ])("is refused with %s, and an example is given", (_, value, words) => {
    expect(faultsOf(value)).toMatch(words);
    expect(faultsOf(value)).toContain('"id":"mediaconnect.flow.active"');
  });

  it("names all bad lines at once", () => {
    const bad = [aPrice({ usd: -1 }), aPrice({ asOf: "soon" })];
    expect(faultsOf(bad)).toMatch(/line 0.*usd.*line 1.*asOf/);
  });
});

describe("a site's price table", () => {
  it("marks prices of another region, and takes them all the same", () => {
    expect(table("us-west-2").find(metered.flow)).toMatchObject({ usd: 0.16, assumedRegion: true });
    expect(table("us-west-2").assumedRegion).toBe(true);
    expect(table("us-east-1").assumedRegion).toBe(false);
  });

  it("takes the region's own line before another region's override", () => {
    const elsewhere = aPrice({ region: "eu-west-1" });
    expect(table("us-east-1", [elsewhere]).usd(metered.flow)).toBe(0.16);
    expect(table("us-west-2", [elsewhere]).usd(metered.flow)).toBe(0.2);
    expect(table("us-west-2", [elsewhere, aPrice({ usd: 0.3 })]).usd(metered.flow)).toBe(0.3);
  });

  it("is dated by its newest line in use", () => {
    expect(table("us-west-2").asOf).toBe("2026-11-22");
    expect(table("us-west-2", [aPrice()]).asOf).toBe("2026-12-01");
    expect(table("us-west-2", [aPrice({ id: "a.b" })]).asOf).toBe("2026-11-22");
  });

  it("is refused when something that is metered has no price", () => {
    const holes = [...Object.values(metered), "medialive.output."];
    for (const hole of holes) {
      const prices = listPrices.filter(({ id }) => !id.startsWith(hole));
      const make = () => createPriceTable({ prices, region: "us-east-1", overrides: [] });
      expect(make).toThrow(new RegExp(`no price for ${hole}`));
    }
  });

  it("knows no price that is null or not listed", () => {
    expect(table("us-east-1").find("mediapackage.v2.ingest")).toBeNull();
    expect(() => table("us-east-1").usd("mediapackage.v2.ingest")).toThrow(/no price for/);
  });
});

describe("confidence", () => {
  it("is that of the weakest part", () => {
    expect(lowestConfidence([])).toBe("high");
    expect(lowestConfidence(["high", "low", "good"])).toBe("low");
    expect(lowestConfidence(["medium", "unknown"])).toBe("unknown");
  });
});
