import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { type Destination, noHold } from "../../src/domain/destination.ts";
import {
  decideExtend,
  decideHold,
  decideRelease,
  decideRuleStop,
  decideShrink,
} from "../../src/domain/lease-wish.ts";
import { platformOf } from "../../src/domain/platforms/index.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import type { Wish, WishContext } from "../../src/domain/wish.ts";
import {
  aBindings,
  aDestination,
  ana,
  anIntent,
  ben,
  siteNow as now,
} from "../support/builders.ts";

const minutes = (count: number): Date => addMinutes(now, count);
const wish = (overrides: Partial<Wish> = {}): Wish => ({
  intentId: "intent_2",
  by: ben,
  reason: null,
  until: null,
  minutes: null,
  maxLeaseMinutes: null,
  back: false,
  seenIntentId: null,
  now,
  ...overrides,
});
const onAir = (overrides: Partial<Destination> = {}) =>
  aDestination({
    desired: "on",
    phase: "running",
    intent: anIntent({ by: ana, at: minutes(-60) }),
    leaseUntil: minutes(60),
    runningSince: minutes(-60),
    channelState: "running",
    ...overrides,
  });
const contextOf = (destination: Destination): WishContext => ({
  destination,
  all: [destination],
  bindings: aBindings(),
  platform: platformOf(destination.platform),
  policy: defaultPolicy,
});
const off = contextOf(aDestination());

describe("a wish to extend", () => {
  it("moves the end by the minutes that were asked for, and writes who did it", () => {
    expect(decideExtend(wish({ minutes: 30 }), contextOf(onAir()))).toEqual({
      kind: "accept",
      cappedBy: null,
      change: {
        leaseUntil: minutes(90),
        deeds: [
          {
            id: "intent_2",
            kind: "extend",
            by: ben,
            reason: null,
            at: now,
            before: minutes(60),
            after: minutes(90),
          },
        ],
      },
    });
  });

  it("T4 single effect: changes nothing when the end is there already", () => {
    expect(decideExtend(wish({ until: minutes(60) }), contextOf(onAir()))).toEqual({
      kind: "already",
    });
  });

  it("counts from the end of a hold that lasts longer, and from now when both are over", () => {
    const held = contextOf(onAir({ holdUntil: minutes(100) }));
    expect(decideExtend(wish({ minutes: 30 }), held)).toMatchObject({
      change: { leaseUntil: minutes(130) },
    });
    const over = contextOf(onAir({ leaseUntil: minutes(-1) }));
    expect(decideExtend(wish({ minutes: 30 }), over)).toMatchObject({
      change: { leaseUntil: minutes(30) },
    });
  });

  it("goes as far as the platform allows from the beginning of the stream, and says so", () => {
    const linkedin = contextOf(onAir({ platform: "linkedin" }));
    expect(decideExtend(wish({ minutes: 500 }), linkedin)).toMatchObject({
      cappedBy: "LinkedIn's own limit",
      change: { leaseUntil: minutes(180) },
    });
    const spent = contextOf(onAir({ platform: "linkedin", leaseUntil: minutes(180) }));
    expect(decideExtend(wish({ minutes: 30 }), spent)).toMatchObject({
      kind: "refuse",
      error: { code: "invalid-input" },
    });
  });

  it("can bring an end forward, which is told as that", () => {
    expect(decideExtend(wish({ until: minutes(20) }), contextOf(onAir()))).toMatchObject({
      change: { leaseUntil: minutes(20), deeds: [{ kind: "shrink" }] },
    });
  });

  it("M5 no-surprise-stop: an old button brings no end forward, nor moves one it has not seen", () => {
    const row = onAir();
    const pressed = (until: Date, seenIntentId = row.intent?.id ?? "") =>
      decideExtend(wish({ until, seenIntentId }), contextOf(row)).kind;
    expect(pressed(minutes(90))).toBe("accept");
    expect(pressed(minutes(45))).toBe("already");
    expect(pressed(minutes(90), "intent_older")).toBe("already");
  });

  it("M5 no-surprise-stop: an Undo brings an end forward, but only of the intent that it has seen", () => {
    const row = onAir();
    const undone = (seenIntentId: string) =>
      decideExtend(wish({ until: minutes(45), seenIntentId, back: true }), contextOf(row)).kind;
    expect(undone(row.intent?.id ?? "")).toBe("accept");
    expect(undone("intent_older")).toBe("already");
  });

  it("keeps within the limit of a budget that is nearly spent", () => {
    const limited = wish({ minutes: 240, maxLeaseMinutes: 90 });
    expect(decideExtend(limited, contextOf(onAir()))).toMatchObject({
      cappedBy: "the longest time while the budget is nearly spent",
      change: { leaseUntil: minutes(90) },
    });
  });

  it("is refused for what is off", () => {
    expect(decideExtend(wish({ minutes: 30 }), off)).toMatchObject({ kind: "refuse" });
  });
});

describe("a hold", () => {
  it("keeps automatic stops away until its time, with who and why", () => {
    const asked = wish({ minutes: 90, reason: "extra time" });
    expect(decideHold(asked, contextOf(onAir()))).toMatchObject({
      change: { holdUntil: minutes(90), heldBy: ben, holdReason: "extra time" },
    });
  });

  it("M1 no-overrun: ends by itself, never later than the site's longest lease", () => {
    expect(decideHold(wish({ minutes: 9_999 }), contextOf(onAir()))).toMatchObject({
      cappedBy: "this site's limit",
      change: { holdUntil: minutes(defaultPolicy.maxLeaseMinutes) },
    });
  });

  it("M5 no-surprise-stop: is shortened by a person who types it, and by no old button", () => {
    const row = onAir({ holdUntil: minutes(100), heldBy: ana });
    const seenIntentId = row.intent?.id ?? "";
    const held = contextOf(row);
    expect(decideHold(wish({ until: minutes(30) }), held).kind).toBe("accept");
    expect(decideHold(wish({ until: minutes(30), seenIntentId }), held).kind).toBe("already");
    expect(decideHold(wish({ until: minutes(120), seenIntentId }), held).kind).toBe("accept");
  });

  it("is released once by anybody, leaves the lease as it is, and says when it was", () => {
    const held = onAir({ holdUntil: minutes(90), heldBy: ana, holdReason: "break" });
    const released = { ...noHold, holdUntil: minutes(0) };
    expect(decideRelease(wish(), contextOf(held))).toMatchObject({ change: released });
    expect(decideRelease(wish(), contextOf({ ...held, ...released }))).toEqual({ kind: "already" });
    expect(decideRelease(wish(), contextOf(onAir()))).toEqual({ kind: "already" });
  });

  it("is refused for what is off", () => {
    expect(decideHold(wish({ minutes: 30 }), off)).toMatchObject({ kind: "refuse" });
  });
});

describe("a rule", () => {
  it("M5 no-surprise-stop: stops only the intent that it has judged, and nothing that is held", () => {
    const judged = wish({ seenIntentId: "intent_1" });
    expect(decideRuleStop(judged, contextOf(onAir()))).toMatchObject({ kind: "accept" });
    const others = [
      [wish({ seenIntentId: "intent_0" }), onAir()],
      [wish(), onAir()],
      [judged, onAir({ holdUntil: minutes(1) })],
      [judged, onAir({ desired: "off", phase: "stopping" })],
    ] as const;
    for (const [other, row] of others)
      expect(decideRuleStop(other, contextOf(row))).toEqual({ kind: "already" });
  });

  it("shortens only leases that are longer, and that nobody holds", () => {
    const shrink = wish({ until: minutes(30) });
    expect(decideShrink(shrink, contextOf(onAir()))).toMatchObject({
      change: { leaseUntil: minutes(30) },
    });
    const left = [
      onAir({ leaseUntil: minutes(20) }),
      onAir({ holdUntil: minutes(99) }),
      aDestination(),
    ];
    for (const row of left)
      expect(decideShrink(shrink, contextOf(row))).toEqual({ kind: "already" });
  });
});
