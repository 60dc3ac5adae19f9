import { describe, expect, it } from "vitest";
import { hintForTime, takeEnd } from "../../src/commands/end-of-lease.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { siteNow } from "../support/builders.ts";

const take = (args: string, policy = defaultPolicy) => takeEnd(args, policy, siteNow);
const at = (time: string) => new Date(`2026-11-${time}:00Z`);

describe("the end of a command", () => {
  it.each([
    ["twitch for 2h", "twitch", at("22T21:00")],
    ["youtube and twitch FOR 1h30", "youtube and twitch", at("22T20:30")],
    ["twitch until 21:30", "twitch", at("22T21:30")],
    ["twitch till tomorrow 01:00", "twitch", at("23T01:00")],
    ["twitch --for 90m", "twitch", at("22T20:30")],
    ["twitch -until 9pm", "twitch", at("22T21:00")],
    ["for 2h", "", at("22T21:00")],
    ['"studio for kids" for 2h', '"studio for kids"', at("22T21:00")],
    ["twitch for 24h", "twitch", at("23T19:00")],
  ])("is taken off “%s”", (args, words, until) => {
    expect(take(args)).toMatchObject({ words, until });
  });

  it("is kept as it was typed, for a button that repeats the command", () => {
    expect(take("twitch --for 2h").end).toBe("for 2h");
    expect(take("twitch until tomorrow 01:00").end).toBe("until tomorrow 01:00");
  });

  it.each(["twitch", "", "forum", "twitch forever", '"studio for kids"'])(
    "is not seen in “%s”",
    (args) => {
      expect(take(args)).toEqual({ words: args, end: "", until: null });
    },
  );
});

describe("an end that cannot be", () => {
  it.each([
    ["twitch for 2h until 21:30", "One end is enough."],
    ["twitch for 2h for 3h", "One end is enough."],
    ["twitch for", "What comes after “for” is missing."],
    ["twitch UNTIL", "What comes after “until” is missing."],
    ["twitch for 25h", "The longest time allowed here is 24 h."],
    ["twitch for 9999h", "The longest time allowed here is 24 h."],
    ["twitch until 2026-11-24 21:00", "The longest time allowed here is 24 h."],
    ["twitch until 9999-12-31 23:59", "The longest time allowed here is 24 h."],
  ])("is refused in “%s”", (args, message) => {
    expect(() => take(args)).toThrow(
      expect.objectContaining({
        code: "invalid-input",
        message,
        hint: "For example `for 2h` or `until 21:30`.",
      }),
    );
  });

  it.each([
    [90, "1 h 30 min"],
    [45, "45 min"],
    [120, "2 h"],
  ])("names a limit of %i min as people say it", (maxLeaseMinutes, limit) => {
    expect(() => take("twitch for 23h", { ...defaultPolicy, maxLeaseMinutes })).toThrow(
      `The longest time allowed here is ${limit}.`,
    );
  });

  it("is recognised as a stream key when it is one", () => {
    expect(() => take("twitch for live_123_AbCd")).toThrow(/looks like a stream key/);
  });
});

describe("a time in the place of a name", () => {
  it.each(["2h", "90m", "90min", "21:30", "9pm", "1h30", "90", "1.5h"])(
    "gets a hint: %s",
    (word) => {
      expect(hintForTime(word)).toBe("To give an end, say `for 2h` or `until 21:30`.");
    },
  );

  it.each(["twitch", "h", "2nd", "4chan"])("is not seen in “%s”", (word) => {
    expect(hintForTime(word)).toBeNull();
  });
});
