import { describe, expect, it } from "vitest";
import { listPrices } from "../../../src/domain/cost/list-prices.ts";
import { createPriceTable, meteredLines } from "../../../src/domain/cost/price-table.ts";
import { type Price, parsePrices } from "../../../src/domain/cost/prices.ts";
import { keptWords, refreshed } from "../../../src/domain/cost/refreshed.ts";
import { listTable } from "./support.ts";

const answered: readonly Price[] = meteredLines(listTable.lines).map(
  ({ id, service, unit, usd }) => ({
    ...{ id, service, unit, usd: usd * 2, region: "us-west-2", asOf: "2026-12-01" },
    ...{ source: "AWS Price List", confidence: "high", note: "" },
  }),
);
const without = (...ids: string[]) => answered.filter(({ id }) => !ids.includes(id));

describe("refreshed", () => {
  it("keeps nothing when the answer has all that is metered", () => {
    expect(refreshed(answered, listTable)).toEqual({ prices: answered, kept: [] });
  });

  it("keeps what was not in the answer as it was, and makes a file that can be read", () => {
    const ids = ["mediapackage.ingest", "medialive.input.single.avc.hd.max50"];
    const { prices, kept } = refreshed(without(...ids), listTable);
    expect(kept.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(kept).toEqual(listPrices.filter(({ id }) => ids.includes(id)));
    expect(parsePrices(prices)).toHaveLength(answered.length);
    const after = createPriceTable({ prices: listPrices, region: "us-west-2", overrides: prices });
    expect(after.usd("mediapackage.ingest")).toBe(0.03);
    expect(after.usd("mediaconnect.flow.active")).toBe(0.32);
  });

  it("keeps what the site's own file said rather than the list", () => {
    const own = answered.map((price) => ({ ...price, usd: 7, source: "our contract" }));
    const before = createPriceTable({ prices: listPrices, region: "us-west-2", overrides: own });
    const { kept } = refreshed(without("egress.internet.first10tb"), before);
    expect(kept).toMatchObject([{ id: "egress.internet.first10tb", usd: 7 }]);
  });

  it("says what stays, and how sure it is", () => {
    const { kept } = refreshed(without("medialive.idle.channel"), listTable);
    expect(kept.map(keptWords)).toEqual([
      "medialive.idle.channel: not in the answer, so it stays $0.01 per hour (us-east-1, 2026-11-22, confidence low)",
    ]);
  });

  it("keeps nothing that is not metered", () => {
    const { prices } = refreshed(answered, listTable);
    expect(prices.map(({ id }) => id)).not.toContain("lambda.request");
  });
});
