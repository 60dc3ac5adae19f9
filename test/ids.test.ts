import { expect, it } from "vitest";
import { createIds } from "../src/ids.ts";
import { siteNow } from "./support/builders.ts";

it("names a thing after its kind, the time and chance", () => {
  const id = createIds(() => siteNow).next("intent");
  expect(id).toMatch(/^intent_[0-9a-z]+$/);
  expect(id).toContain(`_${siteNow.getTime().toString(36)}`);
});

it("gives no name twice, not even within a millisecond", () => {
  const ids = createIds(() => siteNow);
  const names = Array.from({ length: 10_000 }, () => ids.next("intent"));
  expect(new Set(names).size).toBe(names.length);
});

it("gives names that sort by time", () => {
  const times = [0, 1, 1_000, 86_400_000, 10 * 365 * 86_400_000];
  const names = times.map((ms) => createIds(() => new Date(siteNow.getTime() + ms)).next("intent"));
  expect(names.toSorted()).toEqual(names);
});
