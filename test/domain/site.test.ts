import { describe, expect, it } from "vitest";
import { bind, emptyMemory, managedChannels } from "../../src/domain/site.ts";
import { aBindings, aDestination, channelByPlatform, siteNow } from "../support/builders.ts";

const bindings = aBindings({ channelByPlatform: { youtube: "1002" }, sharedChannelId: "9000" });

describe("a destination's channel", () => {
  it("is the one that its row names, before any other", () => {
    const destination = aDestination({ platform: "youtube", channelId: "77" });
    expect(bind(destination, bindings)).toEqual({ channelId: "77", mode: "own" });
  });

  it("is its platform's, whatever word the row has for the platform", () => {
    const bound = { channelId: "1002", mode: "own" };
    expect(bind(aDestination({ platform: "yt" }), bindings)).toEqual(bound);
  });

  it.each(["primary", "hls", "custom", "restream"])(
    "is the shared one for %s without its own",
    (platform) => {
      expect(bind(aDestination({ platform }), bindings)).toEqual({
        channelId: "9000",
        mode: "shared",
      });
    },
  );

  it.each(["twitch", "linkedin", "x", "myspace", "__proto__", "constructor"])(
    "is none for %s without its own",
    (platform) => {
      expect(bind(aDestination({ platform }), bindings)).toBeNull();
    },
  );

  it("is none where the site has no shared one", () => {
    const alone = aBindings({ channelByPlatform: {} });
    expect(bind(aDestination({ platform: "custom" }), alone)).toBeNull();
  });

  it("stays shared when a row or a platform names the shared one, whose outputs are set in AWS", () => {
    const shared = { channelId: "9000", mode: "shared" };
    expect(bind(aDestination({ channelId: "9000" }), bindings)).toEqual(shared);
    const byPlatform = aBindings({
      channelByPlatform: { twitch: "9000" },
      sharedChannelId: "9000",
    });
    expect(bind(aDestination({ platform: "twitch" }), byPlatform)).toEqual(shared);
  });
});

describe("the site's channels", () => {
  it("M2 no-orphan: are those of the stack, the shared one and those that rows name", () => {
    const rows = [aDestination({ channelId: "77" }), aDestination({ platform: "x" })];
    expect(
      [...managedChannels({ destinations: rows, bindings, memory: emptyMemory })].toSorted(),
    ).toEqual(["1002", "77", "9000"]);
  });

  it("M2 no-orphan: include a channel with a deadline whose row is gone", () => {
    const memory = { deadlines: [{ channelId: "88", at: siteNow, sure: true, before: null }] };
    const managed = managedChannels({ destinations: [], bindings: aBindings(), memory });
    expect([...managed]).toContain("88");
  });

  it("M2 no-orphan: stay the site's when no row is left", () => {
    const managed = managedChannels({
      destinations: [],
      bindings: aBindings(),
      memory: emptyMemory,
    });
    expect([...managed].toSorted()).toEqual(Object.values(channelByPlatform).toSorted());
  });
});
