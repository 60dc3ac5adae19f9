import { describe, expect, it } from "vitest";
import { isLoud, toStoryLine } from "../../../src/bot/render/notice.ts";
import type { Notice } from "../../../src/domain/broadcast.ts";
import { aNotice, ana } from "../../support/builders.ts";
import { aView, later, wordsIn } from "../../support/views.ts";

it.each([
  ["the key was refused.", "Twitch did not come on air: the key was refused."],
  ["AWS refused the key.", "Twitch did not come on air. AWS refused the key."],
])("ends a line with its reason, %s", (detail, words) => {
  expect(toStoryLine(aNotice({ kind: "failed", detail }), aView()).text).toBe(words);
});

it("mentions who waited for a second person, and nobody else", () => {
  const wordsOf = (overrides: Partial<Notice>) =>
    wordsIn(toStoryLine(aNotice({ kind: "start-asked", ...overrides }), aView()).blocks)[0];
  expect(wordsOf({ detail: "approved by Ben" })).toMatch(
    new RegExp(`^<@${ana.id}> Ana started \\*Twitch\\*.*: approved by Ben\\.$`),
  );
  expect(wordsOf({ detail: null })).toMatch(/^Ana started/);
  expect(wordsOf({ kind: "stop-asked", detail: "approved by Ben" })).toMatch(/^Ana stopped/);
});

describe("a moved end", () => {
  const until = later(3 * 3600);
  const before = later(2.5 * 3600);
  const detail = "pitch invasion";
  const lines: [Partial<Notice>, string][] = [
    [{ kind: "extended", until, before }, "Ana extended Twitch to 22:00 UTC (was 21:30 UTC)."],
    [{ kind: "extended", until }, "Ana extended Twitch to 22:00 UTC."],
    [
      { kind: "shortened", until: before, before: until },
      "Ana shortened Twitch to 21:30 UTC (was 22:00 UTC).",
    ],
    [{ kind: "held", until, detail }, "Ana holds Twitch until 22:00 UTC: pitch invasion."],
    [
      { kind: "held", until: later(3 * 3600 + 1), before: until, detail },
      "Ana holds Twitch until 22:00 UTC: pitch invasion.",
    ],
    [
      { kind: "held", until, before, detail },
      "Ana holds Twitch until 22:00 UTC (was 21:30 UTC): pitch invasion.",
    ],
    [
      { kind: "released", until: before, before: until },
      "Ana released Twitch, which now goes off at 21:30 UTC.",
    ],
    [{ kind: "released", by: null }, "Somebody released Twitch."],
  ];
  it.each(lines)("%o is told with the end before it: %s", (notice, words) => {
    expect(toStoryLine(aNotice(notice), aView()).text).toBe(words);
    expect(isLoud(aNotice(notice))).toBe(false);
  });

  it("that passed while patchbay was away is told for all to hear", () => {
    const detail = "its time was over while patchbay was away, so the switch in AWS stopped it";
    const notice = aNotice({ kind: "deadline-stopped", detail });
    expect(toStoryLine(notice, aView()).text).toBe(`Twitch is off: ${detail}.`);
    expect(isLoud(notice)).toBe(true);
  });
});
