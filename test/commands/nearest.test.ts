import { expect, it } from "vitest";
import { nearest } from "../../src/commands/nearest.ts";

const words = ["", "start", "stop", "status", "YouTube", "Twitch"];

it.each([
  ["a changed letter", "stort", "start"],
  ["a missing letter", "twich", "Twitch"],
  ["an extra letter", "sttop", "stop"],
  ["two letters swapped", "yuotube", "YouTube"],
  ["other case", "STAUTS", "status"],
  ["the nearest of several", "sto", "stop"],
])("finds the right word for %s", (_what, wrong, right) => {
  expect(nearest(wrong, words)).toBe(right);
});

it.each([
  ["a word like none of them", "periscope"],
  ["a single letter", "q"],
  ["nothing", ""],
  ["a hundred thousand letters", "start".repeat(20_000)],
])("finds none for %s", (_what, wrong) => {
  expect(nearest(wrong, words)).toBeNull();
});

it("finds none where there is nothing to find", () => {
  expect(nearest("start", [])).toBeNull();
});
