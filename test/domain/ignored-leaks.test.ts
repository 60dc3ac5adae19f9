import { describe, expect, it } from "vitest";
import {
  ignoredLeaksFrom,
  isIgnored,
  toStoredIgnoredLeaks,
} from "../../src/domain/ignored-leaks.ts";

describe("what is ignored", () => {
  it("is stored without what is over", () => {
    const words = toStoredIgnoredLeaks({ flow: "2026-11-22", "1003": "2026-12-22" }, "2026-11-22");
    expect(ignoredLeaksFrom(words)).toEqual({ "1003": "2026-12-22" });
    expect(ignoredLeaksFrom(null)).toEqual({});
  });

  it.each(["", "{", "[]", '{"version":2,"until":{}}', '{"version":1,"until":{"flow":"soon"}}'])(
    "is unknown for damaged words: %s",
    (words) => {
      expect(ignoredLeaksFrom(words)).toBeNull();
    },
  );

  it("is so on the days before the date, and only by a name of its own", () => {
    const ignored = { dest_twitch: "2026-11-23" };
    expect(isIgnored(ignored, "dest_Twitch", "2026-11-22")).toBe(true);
    expect(isIgnored(ignored, "dest_twitch", "2026-11-23")).toBe(false);
    expect(isIgnored(ignored, "constructor", "2026-11-22")).toBe(false);
  });
});
