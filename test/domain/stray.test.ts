import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { decideStray, type StrayWish } from "../../src/domain/stray.ts";
import { keepStrangerOffer, stopStrangerOffer } from "../../src/domain/stray-offers.ts";
import { siteNow as now } from "../support/builders.ts";

const minutes = (count: number) => addMinutes(now, count);
const stranger = { channelId: "1009", seenAt: now, until: minutes(240), sessionId: "s_1" };
const wish: StrayWish = {
  ...{ until: null, minutes: null, longestMinutes: 1_440, seenSessionId: null, now },
};
const decide = (more: Partial<StrayWish>, of = stranger) => {
  const { result, stranger: after, capped } = decideStray({ ...wish, ...more }, of);
  return [result, (after.until.getTime() - now.getTime()) / 60_000, capped];
};

describe("a wish about a channel of nobody", () => {
  it.each([
    ["ends it now", { until: now }, ["accepted", 0, false]],
    ["moves its end to an instant", { until: minutes(300) }, ["accepted", 300, false]],
    ["moves its end forward when it is typed", { until: minutes(60) }, ["accepted", 60, false]],
    ["gives it minutes more", { minutes: 30 }, ["accepted", 270, false]],
    ["gives no more than the longest lease", { minutes: 9_999 }, ["accepted", 1_440, true]],
    ["changes nothing twice", { until: minutes(240) }, ["already", 240, false]],
    [
      "of an old button moves no end forward",
      { until: minutes(60), seenSessionId: "s_1" },
      ["already", 240, false],
    ],
    [
      "of a button stops the run it was for",
      { until: now, seenSessionId: "s_1" },
      ["accepted", 0, false],
    ],
    [
      "of a button leaves another run alone",
      { until: now, seenSessionId: "s_0" },
      ["changed", 240, false],
    ],
  ] satisfies [string, Partial<StrayWish>, unknown[]][])("%s", (_, more, expected) => {
    expect(decide(more)).toEqual(expected);
  });

  it("does not stop twice, and gives time anew to one whose end is near", () => {
    const ending = { ...stranger, until: minutes(-1) };
    expect(decide({ until: now }, ending)).toEqual(["already", -1, false]);
    expect(decide({ minutes: 30 }, ending)).toEqual(["accepted", 30, false]);
  });
});

describe("what is offered for it", () => {
  const named = { stranger, name: "stage two", usdPerHour: 0.85 };
  const keeping = { label: "Keep", minutes: 120, policy: defaultPolicy, now };

  it("says what it saves and what it costs, and which run it is for", () => {
    expect(stopStrangerOffer(named, "Stop")).toMatchObject({
      ...{ label: "Stop", command: "stop channel 1009", style: "danger", seen: "s_1" },
      confirm: { text: [expect.stringMatching(/^stage two runs .* about \$0\.85\/h\.$/)] },
    });
    expect(keepStrangerOffer(named, keeping)).toEqual([
      {
        label: "Keep until 01:00 · $1.70",
        command: "extend channel 1009 until 2026-11-23 01:00 UTC",
        seen: "s_1",
      },
    ]);
  });

  it("leaves out a price that nobody knows, and a Keep that would give nothing", () => {
    const [keep] = keepStrangerOffer({ ...named, usdPerHour: null }, keeping);
    expect(keep?.label).toBe("Keep until 01:00");
    const short = { ...keeping, policy: { ...defaultPolicy, maxLeaseMinutes: 240 } };
    expect(keepStrangerOffer(named, short)).toEqual([]);
  });
});
