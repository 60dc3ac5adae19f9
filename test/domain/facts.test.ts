import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/domain/destination.ts";
import { claims, stateFor } from "../../src/domain/facts.ts";
import { aBindings, aDestination, anIntent, siteNow, someFacts } from "../support/builders.ts";

const minutesAgo = (minutes: number) => new Date(siteNow.getTime() - minutes * 60_000);
const askedAgo = (minutes: number) => anIntent({ at: minutesAgo(minutes) });

/** Two rows for one channel; the second is the older row, so that it comes first when nothing else counts. */
function rivals(first: Partial<Destination>, second: Partial<Destination>) {
  const left = aDestination({ id: "left", createdAt: minutesAgo(10), ...first });
  const right = aDestination({ id: "right", createdAt: minutesAgo(20), ...second });
  return claims([left, right], aBindings());
}

describe("rival rows of one channel", () => {
  const on = { desired: "on" as const, intent: askedAgo(1) };
  const off = { desired: "off" as const, intent: askedAgo(1) };

  it.each([
    ["the older row when nothing is wanted", {}, {}, "right"],
    ["the enabled one when nothing is wanted", {}, { enabled: false }, "left"],
    ["the one that is wanted", { ...on, phase: "accepted" }, {}, "left"],
    ["the one that runs", { ...on, phase: "running" }, { ...on, phase: "accepted" }, "left"],
    ["the one that stops", { ...off, phase: "stopping" }, { ...on, phase: "accepted" }, "left"],
    ["a stop before a start", { ...off, phase: "accepted" }, { ...on, phase: "accepted" }, "left"],
    [
      "the one that was asked for first",
      { ...on, phase: "accepted", intent: askedAgo(5) },
      { ...on, phase: "accepted", intent: askedAgo(4) },
      "left",
    ],
  ] satisfies [string, Partial<Destination>, Partial<Destination>, string][])(
    "leave it to %s",
    (...[, first, second, winner]) => {
      const claimed = rivals(first, second);
      const holders = [...claimed].filter(([, claim]) => claim.holds).map(([id]) => id);
      expect(holders).toEqual([winner]);
      expect([...claimed.values()].map(({ holder }) => holder.id)).toEqual([winner, winner]);
    },
  );

  it("leave it to one of two that are alike in everything", () => {
    const at = { createdAt: siteNow };
    const holders = [...rivals(at, at)].filter(([, { holds }]) => holds);
    expect(holders.map(([id]) => id)).toEqual(["left"]);
  });

  it("M4 stop-wins: never keep it running for each other, because only one may have it", () => {
    const claimed = rivals({ ...off, phase: "accepted" }, { ...on, phase: "accepted" });
    expect(claimed.get("left")).toMatchObject({ holds: true, wantedByOthers: false });
  });
});

describe("destinations of the shared channel", () => {
  const bindings = aBindings({ channelByPlatform: {}, sharedChannelId: "9000" });
  const running = { desired: "on", phase: "running" } as const;
  const stopping = { desired: "off", phase: "stopping" } as const;
  const settled = { desired: "off", phase: "off" } as const;

  it.each([
    { own: settled, other: running, wanted: true },
    { own: settled, other: stopping, wanted: true },
    { own: settled, other: { ...settled, enabled: false }, wanted: false },
    { own: { ...settled, enabled: false }, other: settled, wanted: true },
    { own: stopping, other: running, wanted: true },
    { own: stopping, other: stopping, wanted: false },
    { own: running, other: settled, wanted: false },
  ])(
    "have it together, and know whether it runs for others: $own.phase beside $other.phase",
    (row) => {
      const youtube = aDestination({ platform: "youtube", ...row.own });
      const custom = aDestination({ platform: "custom", ...row.other });
      const claim = claims([youtube, custom], bindings).get(youtube.id);
      expect(claim).toMatchObject({ holds: true, wantedByOthers: row.wanted });
    },
  );
});

describe("what is known of a destination's channel", () => {
  const facts = someFacts();
  const claim = claims(facts.destinations, facts.bindings).get("dest_twitch");

  it("is its state in the list", () => {
    expect(stateFor(claim, facts)).toBe("idle");
  });

  it("is that it is gone when the list is without it", () => {
    expect(stateFor(claim, someFacts({ channels: new Map() }))).toBe("deleted");
  });

  it("M5 no-surprise-stop: is nothing when the list cannot be read, or there is no channel", () => {
    expect(stateFor(claim, someFacts({ channels: null }))).toBe("unknown");
    expect(stateFor(undefined, facts)).toBe("unknown");
  });
});
