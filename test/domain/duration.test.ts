import { describe, expect, it } from "vitest";
import { ago, spoken } from "../../src/domain/duration.ts";

const minute = 60;
const hour = 60 * minute;

describe("a length of time in words", () => {
  it.each([
    [0, "0 s"],
    [12.9, "12 s"],
    [59, "59 s"],
    [minute, "1 min"],
    [hour - 1, "59 min"],
    [hour, "1 h"],
    [hour + 5 * minute, "1 h 5 min"],
    [24 * hour - 1, "23 h 59 min"],
    [24 * hour, "1 d"],
    [74 * hour + 59 * minute, "3 d 2 h"],
    [-5, "0 s"],
  ])("is %d s: %s", (seconds, words) => {
    expect(spoken(seconds)).toBe(words);
  });

  it("counts from an instant, and an instant to come is now", () => {
    const now = new Date("2026-11-22T19:00:00Z");
    expect(ago(new Date("2026-11-22T18:58:30Z"), now)).toBe("1 min ago");
    expect(ago(new Date("2026-11-22T19:01:00Z"), now)).toBe("0 s ago");
  });
});
