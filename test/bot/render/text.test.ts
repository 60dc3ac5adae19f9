import { describe, expect, it } from "vitest";
import { fromSentence, toMrkdwn, toWords } from "../../../src/bot/render/text.ts";
import { code, strong, text } from "../../../src/domain/text.ts";
import { siteNow } from "../../support/builders.ts";

const moment = { now: siteNow, zone: "UTC" };
const hostile: [string, string][] = [
  ["<!channel>", "&lt;!channel&gt;"],
  ["<@U1>", "&lt;@U1&gt;"],
  ["<http://x|y>", "&lt;http://x|y&gt;"],
  ["a & b", "a &amp; b"],
  ["*bold*", "∗bold∗"],
  ["_it_ a_b", "ˍitˍ a_b"],
  ["~gone~", "∼gone∼"],
  ["`code`", "ˋcodeˋ"],
  [":tada:", "∶tada:"],
  ["21:30", "21:30"],
  ["two\nlines\r\n> quote", "two lines &gt; quote"],
  ["\u202Eabc\u0000\u200Bd", " abc d"],
];

describe("foreign words", () => {
  it.each(hostile)("%j formats nothing and pings nobody", (words, safe) => {
    expect(toMrkdwn([words], moment)).toBe(safe);
    expect(toMrkdwn([strong(`x${words}x`)], moment)).not.toMatch(/<|\n|.\*.*\*.*\*/);
  });

  it("cannot leave the code that they stand in", () => {
    expect(toMrkdwn(text`type ${code("a` <!here> `b")}`, moment)).toBe(
      "type `a' &lt;!here&gt; 'b`",
    );
  });

  it("are shortened, and never through a character", () => {
    expect(toMrkdwn([strong("é".repeat(200))], moment)).toBe(`*${"é".repeat(79)}…*`);
    expect(toMrkdwn([strong(`${"a".repeat(78)}😀😀`)], moment)).toBe(`*${"a".repeat(78)}…*`);
  });

  it("stay within the limit together, whole part by whole part", () => {
    const many = Array.from({ length: 50 }, (_, index) => strong(`${"&".repeat(60)}${index}`));
    const written = toMrkdwn(many, moment, 3_000);
    expect(written.length).toBeLessThanOrEqual(3_000);
    expect(written).toMatch(/\*…$/);
    expect(written).not.toMatch(/&(?!amp;)/);
  });
});

describe("instants", () => {
  const late = new Date("2026-11-23T03:30:00.000Z");

  it("are shown in the reader's zone, with the date on another day of the site's zone", () => {
    const seconds = late.getTime() / 1000;
    expect(toMrkdwn(text`until ${late}`, { now: siteNow, zone: "America/Los_Angeles" })).toBe(
      `until <!date^${seconds}^{time}|03:30 UTC>`,
    );
    expect(toMrkdwn(text`until ${late}`, moment)).toBe(
      `until <!date^${seconds}^{date_short_pretty} {time}|2026-11-23 03:30 UTC>`,
    );
  });

  it("are words in the site's zone where tokens do not work", () => {
    expect(toWords(text`${strong("*X*")} until ${late}`, moment)).toBe(
      "*X* until 2026-11-23 03:30 UTC",
    );
    expect(toWords(text`until ${late}`, { now: siteNow, zone: "America/Los_Angeles" })).toBe(
      "until 19:30 PST",
    );
  });
});

it("reads what to type out of a sentence", () => {
  expect(fromSentence("Try `/stream help`.")).toEqual(["Try ", { code: "/stream help" }, "."]);
});
