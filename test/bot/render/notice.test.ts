import { expect, it } from "vitest";
import { toStoryLine } from "../../../src/bot/render/notice.ts";
import { aNotice } from "../../support/builders.ts";
import { aView } from "../../support/views.ts";

it.each([
  ["the key was refused.", "Twitch did not come on air: the key was refused."],
  ["AWS refused the key.", "Twitch did not come on air. AWS refused the key."],
])("ends a line with its reason, %s", (detail, words) => {
  expect(toStoryLine(aNotice({ kind: "failed", detail }), aView()).text).toBe(words);
});
