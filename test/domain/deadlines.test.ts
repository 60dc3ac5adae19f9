import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { asked, deadlineChanges, standingAt, taken } from "../../src/domain/deadlines.ts";
import type { Destination } from "../../src/domain/destination.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { type Deadline, emptyMemory } from "../../src/domain/site.ts";
import {
  aBindings,
  aDestination,
  anIntent,
  channelByPlatform,
  siteNow as now,
  someFacts,
} from "../support/builders.ts";

const { twitch, youtube } = channelByPlatform;
const margin = defaultPolicy.deadlineMarginMinutes;

const onAir = (overrides: Partial<Destination> = {}) =>
  aDestination({
    desired: "on",
    phase: "running",
    intent: anIntent(),
    leaseUntil: addMinutes(now, 60),
    ...overrides,
  });

function changes(
  rows: readonly Destination[],
  deadlines: readonly Deadline[] = [],
  overrides = {},
) {
  const memory = { ...emptyMemory, deadlines };
  return deadlineChanges(
    someFacts({ destinations: rows, memory, ...overrides }),
    defaultPolicy,
    now,
  );
}

const standing = (minutes: number, overrides: Partial<Deadline> = {}): Deadline => ({
  channelId: twitch,
  at: addMinutes(now, minutes),
  sure: true,
  before: null,
  ...overrides,
});

describe("the deadline of a channel in AWS", () => {
  it("M1 no-overrun: is a margin after the lease, from the accepted start on", () => {
    const at = addMinutes(now, 60 + margin);
    expect(changes([onAir({ phase: "accepted" })])).toEqual({
      set: [{ channelId: twitch, at }],
      clear: [],
    });
  });

  it("is a whole minute, and never before the margin is over", () => {
    const leaseUntil = new Date("2026-11-22T20:00:00.001Z");
    const [first] = changes([onAir({ leaseUntil })]).set;
    expect(first?.at.toISOString()).toBe("2026-11-22T20:06:00.000Z");
  });

  it("M5 no-surprise-stop: follows the lease and the hold, whichever is later", () => {
    const old = [standing(60 + margin)];
    expect(changes([onAir()], old)).toEqual({ set: [], clear: [] });
    expect(changes([onAir({ leaseUntil: addMinutes(now, 90) })], old).set).toEqual([
      { channelId: twitch, at: addMinutes(now, 90 + margin) },
    ]);
    expect(changes([onAir({ holdUntil: addMinutes(now, 120) })], old).set).toEqual([
      { channelId: twitch, at: addMinutes(now, 120 + margin) },
    ]);
  });

  describe("that is moved", () => {
    const later = { channelId: twitch, at: addMinutes(now, 90) };

    it("may come true at its old time until AWS has taken the new one", () => {
      const asking = asked(later, standing(65), now);
      expect(asking).toEqual({ ...later, sure: false, before: addMinutes(now, 65) });
      expect(taken(asking, now)).toEqual({ ...later, sure: true, before: null });
    });

    it("keeps the earliest of the times that AWS could not replace", () => {
      const first = asked({ ...later, at: addMinutes(now, 80) }, standing(65), now);
      expect(asked(later, first, now).before).toEqual(addMinutes(now, 65));
    });

    it("may come true at its old time when AWS has taken the new one right before", () => {
      const near = standing(9);
      expect(taken(asked(later, near, now), now).before).toEqual(near.at);
      expect(taken(asked(later, standing(10), now), now).before).toBeNull();
    });

    it("stands at its old time for as long as AWS has not taken the new one, and may act on it", () => {
      const old = (minutes: number, sure = false): Deadline => ({
        ...standing(90, { sure }),
        before: addMinutes(now, minutes),
      });
      expect(standingAt(old(65), now)).toEqual(addMinutes(now, 65));
      expect(standingAt(old(-4), now)).toEqual(addMinutes(now, -4));
      for (const none of [old(-5), old(65, true), standing(90, { sure: false }), undefined])
        expect(standingAt(none, now)).toBeNull();
    });

    it.each([
      ["there was none", undefined],
      ["it was later", standing(120)],
      ["AWS may never have had it", standing(65, { sure: false })],
      ["it has passed", standing(-5)],
    ])("has no old time when %s", (_, old) => {
      expect(asked(later, old, now).before).toBeNull();
    });
  });

  it("is written again while nobody is sure that AWS has it", () => {
    expect(changes([onAir()], [standing(60 + margin, { sure: false })]).set).toHaveLength(1);
  });

  it("stays while the stop is under way, and goes when the channel is at rest", () => {
    const stopping = onAir({ desired: "off", phase: "stopping" });
    expect(changes([stopping], [standing(65)])).toEqual({ set: [], clear: [] });
    const off = onAir({ desired: "off", phase: "off", leaseUntil: null });
    expect(changes([off], [standing(65)])).toEqual({ set: [], clear: [twitch] });
  });

  it("stays while AWS cannot be read, or nothing is remembered", () => {
    const off = aDestination();
    expect(changes([off], [standing(65)], { channels: null }).clear).toEqual([]);
    const blind = someFacts({ destinations: [onAir()], memory: { ...emptyMemory, version: -1 } });
    expect(deadlineChanges(blind, defaultPolicy, now)).toEqual({ set: [], clear: [] });
  });

  it("is not written when it has passed: the lease's end stops the channel", () => {
    expect(changes([onAir({ leaseUntil: addMinutes(now, -margin) })]).set).toEqual([]);
  });

  it("is the last of those that share a channel", () => {
    const bindings = aBindings({ channelByPlatform: {}, sharedChannelId: "9000" });
    const rows = [
      onAir({ id: "a", platform: "youtube", leaseUntil: addMinutes(now, 30) }),
      onAir({ id: "b", platform: "custom", leaseUntil: addMinutes(now, 90) }),
    ];
    expect(changes(rows, [], { bindings }).set).toEqual([
      { channelId: "9000", at: addMinutes(now, 90 + margin) },
    ]);
  });

  it("M2 no-orphan: is given to a stranger too", () => {
    const until = addMinutes(now, 240);
    const strangers = [{ channelId: youtube, seenAt: now, until, sessionId: "" }];
    const facts = someFacts({ memory: { ...emptyMemory, strangers } });
    expect(deadlineChanges(facts, defaultPolicy, now).set).toEqual([
      { channelId: youtube, at: addMinutes(until, margin) },
    ]);
  });
});
