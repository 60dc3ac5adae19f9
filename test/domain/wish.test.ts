import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { channelStates, isBilledRunning } from "../../src/domain/channel.ts";
import { type Destination, noHold } from "../../src/domain/destination.ts";
import { platformOf } from "../../src/domain/platforms/index.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import {
  type Decision,
  decideLeaseEnd,
  decideStart,
  decideStop,
  type Wish,
  type WishContext,
} from "../../src/domain/wish.ts";
import { aBindings, aDestination, ana, anIntent, ben, siteNow } from "../support/builders.ts";

const wish = (overrides: Partial<Wish> = {}): Wish => ({
  intentId: "intent_2",
  by: ben,
  reason: "rehearsal",
  until: null,
  minutes: null,
  maxLeaseMinutes: null,
  back: false,
  seenIntentId: null,
  now: siteNow,
  ...overrides,
});

const contextOf = (
  destination: Destination,
  overrides: Partial<WishContext> = {},
): WishContext => ({
  destination,
  all: [destination],
  bindings: aBindings(),
  platform: platformOf(destination.platform),
  policy: defaultPolicy,
  ...overrides,
});

const running = (overrides: Partial<Destination> = {}) =>
  aDestination({
    desired: "on",
    phase: "running",
    intent: anIntent({ by: ana }),
    channelState: "running",
    leaseUntil: addMinutes(siteNow, 60),
    runningSince: siteNow,
    ...overrides,
  });

/** What was decided, in one word and the reason's code. */
function inShort(decision: Decision): string {
  return decision.kind === "refuse" ? `refuse ${decision.error.code}` : decision.kind;
}

describe("a wish to start", () => {
  it("is written with who, what, why and an end, and forgets what was before", () => {
    const before = aDestination({
      phase: "failed",
      failures: 3,
      retryAt: siteNow,
      lastError: "no luck",
      settledAt: siteNow,
      holdUntil: addMinutes(siteNow, 600),
    });
    expect(decideStart(wish(), contextOf(before))).toEqual({
      kind: "accept",
      cappedBy: null,
      change: {
        desired: "on",
        intent: { id: "intent_2", by: ben, reason: "rehearsal", at: siteNow },
        phase: "accepted",
        leaseUntil: addMinutes(siteNow, 240),
        ...noHold,
        deeds: [
          {
            id: "intent_2",
            kind: "start",
            by: ben,
            reason: "rehearsal",
            at: siteNow,
            before: null,
            after: addMinutes(siteNow, 240),
          },
        ],
        failures: 0,
        retryAt: null,
        lastError: null,
        runningSince: null,
        settledAt: null,
      },
    });
  });

  it("gets no longer lease than the platform allows", () => {
    const until = addMinutes(siteNow, 300);
    const decision = decideStart(
      wish({ until }),
      contextOf(aDestination({ platform: "linkedin" })),
    );
    expect(decision).toMatchObject({
      cappedBy: "LinkedIn's own limit",
      change: { leaseUntil: addMinutes(siteNow, 240) },
    });
  });

  it("T4 single effect: changes nothing when the destination is wanted already", () => {
    expect(decideStart(wish(), contextOf(running()))).toEqual({ kind: "already" });
  });

  it("is accepted while the destination still stops", () => {
    const stopping = running({ desired: "off", phase: "stopping", channelState: "stopping" });
    expect(inShort(decideStart(wish(), contextOf(stopping)))).toBe("accept");
  });

  it("is accepted for the HLS player without address or key", () => {
    const hls = aDestination({ platform: "hls" });
    expect([hls.platformIngest, hls.streamKeyRef]).toEqual([null, null]);
    expect(inShort(decideStart(wish(), contextOf(hls)))).toBe("accept");
  });

  it.each([
    ["a disabled one", { enabled: false }, "not-allowed", "disabled"],
    ["one of an unknown kind", { platform: "myspace" }, "not-configured", "kind"],
    ["one without an address", { platformIngest: null }, "not-configured", "no RTMP address"],
    [
      "one with a bad address",
      { platformIngest: "rtmp://127.1/a" },
      "invalid-input",
      "public name",
    ],
    ["one without a key", { streamKeyRef: null }, "not-configured", "no stream key"],
    ["one without a channel", { platform: "x" }, "not-configured", "no MediaLive channel"],
  ] satisfies [string, Partial<Destination>, string, string][])(
    "is refused for %s, with a reason and what to do",
    (...[, overrides, code, words]) => {
      const decision = decideStart(wish(), contextOf(aDestination(overrides)));
      expect(inShort(decision)).toBe(`refuse ${code}`);
      const error = decision.kind === "refuse" ? decision.error : null;
      expect(error?.message).toContain(words);
      expect(error?.hint).toBeTruthy();
    },
  );

  it("S1: repeats neither address nor parameter name when it is refused", () => {
    const odd = aDestination({ platformIngest: "rtmp://user:hunter2@h.example.com/live" });
    const decision = decideStart(wish(), contextOf(odd));
    expect(JSON.stringify(decision)).not.toContain("hunter2");
    expect(decision.kind === "refuse" ? decision.error.message : "hunter2").not.toContain(
      "hunter2",
    );
  });

  it("is refused while another destination uses its channel, and names it", () => {
    const rival = running({ id: "dest_rival", name: "Rival" });
    const destination = aDestination();
    const decision = decideStart(wish(), contextOf(destination, { all: [rival, destination] }));
    expect(decision).toMatchObject({
      kind: "refuse",
      error: { code: "conflict", message: "Rival is using Twitch's channel." },
    });
  });

  it("is accepted beside a rival that is at rest, and on the shared channel beside one that runs", () => {
    const destination = aDestination();
    const resting = aDestination({ id: "dest_rival" });
    const beside = contextOf(destination, { all: [resting, destination] });
    expect(inShort(decideStart(wish(), beside))).toBe("accept");
    const youtube = aDestination({ platform: "youtube" });
    const custom = running({ id: "dest_custom", platform: "custom", kind: "custom" });
    const bindings = aBindings({ channelByPlatform: {}, sharedChannelId: "9000" });
    const shared = contextOf(youtube, { all: [custom, youtube], bindings });
    expect(inShort(decideStart(wish(), shared))).toBe("accept");
  });
});

describe("a wish to stop", () => {
  it("M4 stop-wins: is written as an intent of its own, and leaves the lease to be settled", () => {
    const decision = decideStop(wish(), contextOf(running({ failures: 2, retryAt: siteNow })));
    expect(decision).toEqual({
      kind: "accept",
      cappedBy: null,
      change: {
        desired: "off",
        intent: { id: "intent_2", by: ben, reason: "rehearsal", at: siteNow },
        phase: "accepted",
        failures: 0,
        retryAt: null,
        settledAt: null,
        deeds: [
          {
            id: "intent_2",
            kind: "stop",
            by: ben,
            reason: "rehearsal",
            at: siteNow,
            before: addMinutes(siteNow, 60),
            after: null,
          },
        ],
      },
    });
  });

  it.each(["accepted", "starting", "running"] as const)(
    "M4 stop-wins: is accepted for a start that is %s",
    (phase) => {
      expect(inShort(decideStop(wish(), contextOf(running({ phase }))))).toBe("accept");
    },
  );

  it.each(["accepted", "stopping"] as const)("changes nothing while a stop is %s", (phase) => {
    expect(inShort(decideStop(wish(), contextOf(running({ desired: "off", phase }))))).toBe(
      "already",
    );
  });

  it.each(channelStates)("acts on what is, not on a flag, when nothing is wanted: %s", (state) => {
    const settled = aDestination({ channelState: state });
    const expected = isBilledRunning(state) ? "accept" : "already";
    expect(inShort(decideStop(wish(), contextOf(settled)))).toBe(expected);
  });

  it("needs neither key nor platform nor enabled row", () => {
    const odd = running({ platform: "myspace", kind: null, streamKeyRef: null, enabled: false });
    expect(inShort(decideStop(wish(), contextOf(odd)))).toBe("accept");
  });
});

describe("the end of a lease", () => {
  it.each([
    ["stops what is past its end", { leaseUntil: siteNow }, "accept"],
    ["leaves alone what was extended", { leaseUntil: addMinutes(siteNow, 1) }, "already"],
    [
      "leaves alone what is held",
      { leaseUntil: siteNow, holdUntil: addMinutes(siteNow, 1) },
      "already",
    ],
    ["leaves alone what has been stopped", { leaseUntil: siteNow, desired: "off" }, "already"],
  ] satisfies [string, Partial<Destination>, string][])(
    "M5 no-surprise-stop: %s",
    (...[, overrides, expected]) => {
      expect(inShort(decideLeaseEnd(wish(), contextOf(running(overrides))))).toBe(expected);
    },
  );
});
