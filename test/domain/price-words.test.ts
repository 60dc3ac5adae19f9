import { expect, it } from "vitest";
import { forAnHour, forMinutes, priced } from "../../src/domain/price-words.ts";

it("says behind a button's words what a press costs", () => {
  expect(priced("Start", forAnHour(0.85))).toBe("Start · $0.85/h");
  expect(priced("+30 min", forMinutes(30, 0.85))).toBe("+30 min · $0.43");
});

it("says nothing while nobody knows the price", () => {
  expect(priced("Start", forAnHour(null))).toBe("Start");
  expect(priced("+30 min", forMinutes(30, null))).toBe("+30 min");
});

it("cuts a long name and never the price", () => {
  const label = priced(`Start ${"Saint ".repeat(20)}`, forAnHour(1_234.5));
  expect(label).toMatch(/^Start Saint .*… · \$1,234\.50\/h$/);
  expect(label.length).toBeLessThanOrEqual(75);
});
