import { describe, expect, it } from "vitest";
import { checkIngest } from "../../src/domain/ingest.ts";
import { platformOf, platforms } from "../../src/domain/platforms/index.ts";

const words = platforms.flatMap(({ id, aliases }) => [id, ...aliases]);

/** A key as each platform hands it out; made up. */
const keys: Record<string, string> = {
  youtube: "ab12-cd34-ef56-gh78-ij90",
  twitch: "live_123456789_AbCdEf123",
  linkedin: "0a1b2c3d4e5f",
  x: "k3y4you5678",
  custom: "backup-feed",
};

describe("the platforms", () => {
  it("have ids, names and other words that mean one platform each", () => {
    expect(new Set(words).size).toBe(words.length);
    expect(new Set(platforms.map(({ name }) => name)).size).toBe(platforms.length);
  });

  it("are found by every word for them, however it is written", () => {
    for (const { id, aliases } of platforms)
      for (const word of [id, ...aliases]) expect(platformOf(word.toUpperCase())?.id).toBe(id);
  });

  it.each(["", "myspace", "__proto__", "constructor", "*"])("do not include %j", (word) => {
    expect(platformOf(word)).toBeNull();
  });

  describe.each(platforms)("$id", (platform) => {
    const { ingest, key, limit, output } = platform;

    it("is written in lower case, without spaces", () => {
      for (const word of [platform.id, ...platform.aliases]) expect(word).toMatch(/^[a-z]+$/);
    });

    it("shows an example address that passes its own rule, if it needs an address at all", () => {
      expect(ingest.required).toBe(output === "rtmp");
      expect(ingest.required ? checkIngest(ingest.example, platform) : null).toBeNull();
    });

    it("names hosts of its own in lower case, without scheme or path", () => {
      for (const host of ingest.hosts) expect(host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
      expect(ingest.hosts.length === 0).toBe(platform.id === "custom" || output === "hls");
    });

    it("needs a key where it needs an address, and knows one when it sees it", () => {
      expect(key.required).toBe(output === "rtmp");
      expect(key.pattern.test(keys[platform.id] ?? "")).toBe(true);
      for (const wrong of ["two words", "line\nbreak"]) expect(key.pattern.test(wrong)).toBe(false);
    });

    it("S1: finds its key inside other words, and no key in ordinary ones", () => {
      const found = key.secretLooking?.test(`start with ${keys[platform.id]} please`) ?? true;
      expect(found).toBe(true);
      const ordinary = "start twitch and youtube until 21:30 for 90m on 2026-11-22";
      expect(key.secretLooking?.test(ordinary) ?? false).toBe(false);
    });

    it("gives a source for its limits, which are lengths of time", () => {
      expect(limit.source).not.toBe("");
      expect(limit.note).not.toBe("");
      for (const minutes of [limit.maxMinutes, limit.warnMinutes])
        expect(minutes === null || minutes > 0).toBe(true);
    });

    it("has a default preset", () => {
      expect(platform.defaultPresetId).toMatch(/^preset_[a-z0-9_]+$/);
    });
  });
});
