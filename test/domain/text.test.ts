import { expect, it } from "vitest";
import { code, strong, text } from "../../src/domain/text.ts";
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
