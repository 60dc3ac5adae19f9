import { describe, expect, it } from "vitest";
import { inHint, quoted, refuseSecrets, tidy } from "../../src/commands/words.ts";

describe("tidy", () => {
  it.each([
    ["keeps plain words", "start twitch for 2h", "start twitch for 2h"],
    ["makes one space of many", "  start \t\n\u00a0 twitch\u2028", "start twitch"],
    ["drops what is not seen", "st\u200bart\u202e tw\u0000it\ufeffch\u00ad", "start twitch"],
    ["drops fillers that look like nothing", "twitch\u3164\u115f\u034f", "twitch"],
    ["drops half characters", "twitch\ud83d", "twitch"],
    ["reads wide letters", "ｔｗｉｔｃｈ ２ｈ", "twitch 2h"],
    ["straightens dashes", "a—b–c−d", "a-b-c-d"],
    ["straightens quotes", "“a” «b» ‘c’", '"a" "b" \'c\''],
    ["undoes Slack's escapes once", "a &amp;&amp; &lt;b&gt; &amp;lt;", "a && <b> &lt;"],
    ["leaves other alphabets alone", "прямой эфир", "прямой эфир"],
  ])("%s", (_what, typed, meant) => {
    expect(tidy(typed)).toBe(meant);
  });

  it("refuses more than a thousand characters and repeats none of them", () => {
    expect(tidy("a".repeat(1_000))).toHaveLength(1_000);
    expect(() => tidy("a".repeat(1_001))).toThrow(
      expect.objectContaining({
        code: "invalid-input",
        message: "That is more than 1000 characters.",
        hint: "A command is short: `/stream start twitch for 2h`.",
      }),
    );
  });
});

describe("a stream key in a command", () => {
  it.each([
    ["Twitch", "live_123456789_AbCdEfGh"],
    ["Twitch, with its test mark", "live_123456789_AbCdEfGh?bandwidthtest=true"],
    ["YouTube", "abcd-ef12-gh34-ij56-kl78"],
    ["a random word", "a1b2c3d4e5f6g7h8"],
    ["a random word in quotes", '"a1b2c3d4e5f6g7h8"'],
    ["an address with a key in it", "rtmp://relay.example.com/live/secret"],
    ["among other words", "twitch live_1_abc for 2h"],
  ])("is refused: %s", (_what, words) => {
    expect(() => refuseSecrets(words)).toThrow(
      expect.objectContaining({
        code: "invalid-input",
        message: "That looks like a stream key. I have not kept it.",
        hint: expect.stringContaining("make a new one"),
      }),
    );
  });

  it.each([
    "twitch",
    "custom relay",
    "dest_1763838000000_a1b2c3d4e",
    "2026-11-22 21:30 America/Argentina/Buenos_Aires",
    "internationalisation",
  ])("is not suspected in “%s”", (words) => {
    expect(() => refuseSecrets(words)).not.toThrow();
  });
});

describe("a word that is repeated", () => {
  it.each([
    ["plain", "periscope", "periscope"],
    ["without marks", "*_~`<b>`~_*&", "b"],
    ["with underscores inside a word", "dest_7", "dest_7"],
    ["without a pile of accents", `z${"\u0337".repeat(50)}`, "z\u0337\u0337"],
    ["short", "a".repeat(41), `${"a".repeat(40)}…`],
    ["cut between whole characters", "🎬".repeat(41), `${"🎬".repeat(40)}…`],
    ["empty when nothing is left", "***", ""],
  ])("is %s", (_how, word, said) => {
    expect(quoted(word)).toBe(said);
  });

  it("may stand between backticks when it is one of our names", () => {
    expect(inHint("Song_and  `Dance` & more")).toBe("Song_and 'Dance' & more");
  });
});
