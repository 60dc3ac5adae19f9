import { addMinutes, addSeconds } from "date-fns";
import { describe, expect, it } from "vitest";
import type { ChannelState } from "../../src/domain/channel.ts";
import type { Facts } from "../../src/domain/facts.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { remember } from "../../src/domain/remember.ts";
import { emptyMemory, type SiteMemory } from "../../src/domain/site.ts";
import {
  aBindings,
  aChannelReading,
  aDestination,
  aFlowReading,
  channelByPlatform,
  siteNow as now,
  someFacts,
} from "../support/builders.ts";

const youtube = channelByPlatform.youtube;
const memory = (overrides: Partial<SiteMemory> = {}): SiteMemory => ({
  ...emptyMemory,
  flowActiveSince: now,
  sourceBitrateBps: 6_000_000,
  version: 3,
  ...overrides,
});

/** Facts with one row, for Twitch, and YouTube's channel in this state. */
const withYoutube = (state: ChannelState, overrides: Partial<Facts> = {}): Facts => {
  const facts = someFacts({ memory: memory(), ...overrides });
  const reading = aChannelReading({ channelId: youtube, name: "youtube", state });
  return { ...facts, channels: new Map([...(facts.channels ?? []), [youtube, reading]]) };
};

const look = (facts: Facts) => remember(facts, defaultPolicy, now);

describe("a running channel that no row stands for", () => {
  it("M2 no-orphan: is remembered with a default lease, and named as new", () => {
    const { memory: next, changed, arrived } = look(withYoutube("running"));
    const until = addMinutes(now, defaultPolicy.defaultLeaseMinutes);
    expect(next.strangers).toEqual([
      { channelId: youtube, seenAt: now, until, sessionId: "session_stranger_1002_3" },
    ]);
    expect([changed, arrived.map(({ name }) => name)]).toEqual([true, ["youtube"]]);
  });

  it("M2 no-orphan: has no time left where the policy stops strangers", () => {
    const policy = { ...defaultPolicy, strangers: "stop" as const };
    const { memory: next } = remember(withYoutube("running"), policy, now);
    expect(next.strangers[0]?.until).toEqual(now);
  });

  it("keeps its lease and is not new again", () => {
    const known = {
      channelId: youtube,
      seenAt: addMinutes(now, -5),
      until: addMinutes(now, 9),
      sessionId: "",
    };
    const facts = withYoutube("running", { memory: memory({ strangers: [known] }) });
    expect(look(facts)).toMatchObject({
      memory: { strangers: [known] },
      changed: false,
      arrived: [],
    });
  });

  it("is forgotten when it is at rest, but not while the list cannot be read", () => {
    const seenAt = addMinutes(now, -5);
    const known = { channelId: youtube, seenAt, until: now, sessionId: "" };
    const remembered = memory({ strangers: [known] });
    expect(look(withYoutube("idle", { memory: remembered })).memory.strangers).toEqual([]);
    const blind = someFacts({ memory: remembered, channels: null });
    expect(look(blind)).toMatchObject({ memory: { strangers: [known] }, changed: false });
  });

  it("M7 meter: is not gone by a look that may be older than the one that saw it begin", () => {
    const known = { channelId: youtube, seenAt: now, until: addMinutes(now, 9), sessionId: "" };
    const facts = withYoutube("idle", { memory: memory({ strangers: [known] }) });
    const leftAt = (later: Date) => remember(facts, defaultPolicy, later).left;
    expect(leftAt(addSeconds(now, 59))).toEqual([]);
    expect(leftAt(addSeconds(now, 60))).toEqual([known]);
    expect(leftAt(addMinutes(now, -60))).toEqual([known]);
  });

  it("is a stranger no more as soon as a row stands for it", () => {
    const known = { channelId: youtube, seenAt: now, until: addMinutes(now, 9), sessionId: "" };
    const facts = withYoutube("running", { memory: memory({ strangers: [known] }) });
    const row = aDestination({ id: "dest_youtube", platform: "youtube" });
    const claimed = { ...facts, destinations: [...facts.destinations, row] };
    expect(look(claimed).left).toEqual([known]);
  });

  it("is not one of another site", () => {
    const facts = withYoutube("running", { bindings: aBindings({ channelByPlatform: {} }) });
    expect(look(facts).memory.strangers).toEqual([]);
  });

  it("is none when a row stands for it", () => {
    const destinations = [aDestination({ platform: "youtube" })];
    expect(look(withYoutube("running", { destinations })).arrived).toEqual([]);
  });
});

describe("a flow that carries video for nobody", () => {
  it("M6 flow-follows: is quiet from now on", () => {
    expect(look(someFacts()).memory.flowQuietSince).toEqual(now);
  });

  it("M6 flow-follows: has been quiet since it was first seen so, updating or not", () => {
    const since = addMinutes(now, -4);
    const flow = aFlowReading({ state: "updating" });
    const { memory: next, changed } = look(
      someFacts({ flow, memory: memory({ flowQuietSince: since }) }),
    );
    expect([next.flowQuietSince, changed]).toEqual([since, false]);
  });

  const since = addMinutes(now, -4);
  const quiet = memory({ flowQuietSince: since });
  it.each([
    [
      "a destination is wanted",
      someFacts({ destinations: [aDestination({ desired: "on" })], memory: quiet }),
      null,
    ],
    ["a channel runs", withYoutube("running", { memory: quiet }), null],
    ["a channel stops", withYoutube("stopping", { memory: quiet }), null],
    [
      "a channel at rest is updated: it carries nothing",
      withYoutube("updating", { memory: quiet }),
      since,
    ],
    ["a channel's state is not known", withYoutube("unknown", { memory: quiet }), null],
    [
      "the channels cannot be read: nothing is known",
      someFacts({ channels: null, memory: quiet }),
      since,
    ],
    [
      "the flow stands by",
      someFacts({ flow: aFlowReading({ state: "standby" }), memory: quiet }),
      null,
    ],
    ["there is no flow", someFacts({ flow: "not-configured", memory: quiet }), null],
    ["the flow cannot be read: nothing is known", someFacts({ flow: null, memory: quiet }), since],
  ])("M6 flow-follows: is not quiet when %s", (...[, facts, expected]) => {
    expect(look(facts).memory.flowQuietSince).toEqual(expected);
  });
});

describe("a source that is lost while something runs", () => {
  const since = addMinutes(now, -10);
  const onAir = aDestination({ desired: "on", phase: "running" });
  const withSource = (connected: boolean | null, seenAt: Date | null, destinations = [onAir]) => {
    const source = { connected, bitrateBps: 6_000_000, rttMs: null, lossPercent: null };
    const remembered = memory({ sourceLostSince: since, sourceLostSeenAt: seenAt });
    return look(someFacts({ destinations, flow: aFlowReading({ source }), memory: remembered }));
  };
  const lossIn = ({ memory: { sourceLostSince, sourceLostSeenAt } }: ReturnType<typeof look>) => [
    sourceLostSince,
    sourceLostSeenAt,
  ];

  it.each([
    ["goes on, and is noted, while it is seen again and again", -90, since, now],
    ["is not noted with each look", -20, since, addSeconds(now, -20)],
    ["goes on where another process's clock is ahead", 60, since, addSeconds(now, 60)],
    ["M5 no-surprise-stop: begins anew when nobody saw it for a while", -130, now, now],
  ])("%s", (...[, seconds, expectedSince, expectedSeen]) => {
    const next = withSource(false, addSeconds(now, seconds));
    expect(lossIn(next)).toEqual([expectedSince, expectedSeen]);
  });

  it("M5 no-surprise-stop: begins anew where nobody noted when it was seen", () => {
    expect(lossIn(withSource(false, null))).toEqual([now, now]);
  });

  it("is neither seen nor over while nobody can say", () => {
    const seen = addMinutes(now, -7);
    const next = withSource(null, seen);
    expect([lossIn(next), next.changed]).toEqual([[since, seen], false]);
  });

  it.each([
    ["when it is seen there", true, [onAir], -30, now],
    [
      "when it was last seen missing, after a while out of sight",
      true,
      [onAir],
      -400,
      addSeconds(now, -400),
    ],
    ["when nothing runs any more", false, [], -30, now],
    ["and begins anew, after a while out of sight", false, [onAir], -400, addSeconds(now, -400)],
  ])("ends %s", (...[, connected, rows, seconds, to]) => {
    const { closed } = withSource(connected, addSeconds(now, seconds), rows);
    expect(closed).toEqual([{ id: `source-absent_${since.toISOString()}`, to }]);
  });
});
