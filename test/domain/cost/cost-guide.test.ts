import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePrices } from "../../../src/domain/cost/prices.ts";
import { gbPerHour } from "../../../src/domain/cost/rates.ts";
import { usdWords } from "../../../src/domain/money.ts";
import { guideTables } from "./guide-tables.ts";
import { listTable } from "./support.ts";
import { planned } from "./worked-month.ts";

const guide = readFileSync(
  new URL("../../../docs/cost-monitoring-guide.md", import.meta.url),
  "utf8",
);

describe("the cost guide", () => {
  it.each(Object.entries(guideTables))(
    "has the table %j as the code works it out",
    (name, make) => {
      const [, found] = guide.split(new RegExp(`<!-- /?${name} -->`));
      expect(found?.trim()).toBe(make());
    },
  );

  it("has no other tables between markers", () => {
    const markers = [...guide.matchAll(/<!-- ([a-z ]+) -->/g)].map(([, name]) => name);
    expect(markers.toSorted()).toEqual(Object.keys(guideTables).toSorted());
  });

  it("says in its sentences what the code works out", () => {
    const viewer = gbPerHour(5_128_000) * listTable.usd("cloudfront.egress.na.first10tb");
    expect(guide).toContain(`about ${usdWords(viewer)} an hour for each`);
    expect(guide).toContain(`Encoding alone is ${usdWords(planned.encoders)}`);
    expect(guide).toContain(`about ${Math.round(730 * 0.25)} hours a month`);
  });

  it("shows a price file that is accepted", () => {
    const [, file = ""] = guide.split(/```(?:json)?/);
    expect(parsePrices(JSON.parse(file))).toHaveLength(1);
  });
});
