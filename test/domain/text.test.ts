import { expect, it } from "vitest";
import { capitalised, code, listed, strong, text } from "../../src/domain/text.ts";
import { siteNow } from "../support/builders.ts";

it("writes a sentence as parts, each as what it is", () => {
  expect(
    text`${strong("Twitch")} runs ${2} h until ${siteNow}: type ${code("stop")} for ${"it"}.`,
  ).toEqual([
    { strong: "Twitch" },
    " runs ",
    "2",
    " h until ",
    { time: siteNow },
    ": type ",
    { code: "stop" },
    " for ",
    "it",
    ".",
  ]);
});

it("leaves empty parts out", () => {
  expect(text`${""}a${""}`).toEqual(["a"]);
});

it("lists names as people say them", () => {
  expect([[], ["A"], ["A", "B"], ["A", "B", "C"]].map((names) => listed(names).join(""))).toEqual([
    "",
    "A",
    "A and B",
    "A, B and C",
  ]);
});

it("begins a sentence with a capital, but for patchbay's own name", () => {
  expect(capitalised("on air")).toBe("On air");
  expect(capitalised("patchbay started this")).toBe("patchbay started this");
});
