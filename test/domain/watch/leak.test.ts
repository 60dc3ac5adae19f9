import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import type { KeptAnnouncement } from "../../../src/domain/announcement.ts";
import { outsider } from "../../../src/domain/destination.ts";
import type { Facts } from "../../../src/domain/facts.ts";
import { defaultPolicy } from "../../../src/domain/policy.ts";
import { emptyMemory } from "../../../src/domain/site.ts";
import { findLeaks, leakLine } from "../../../src/domain/watch/leak.ts";
import { tellLeaks } from "../../../src/domain/watch/leak-sweep.ts";
import {
  aChannelReading,
  aDestination,
  aFlowReading,
  anIntent,
  channelByPlatform,
  siteNow as now,
  someFacts,
} from "../../support/builders.ts";
import { inWords } from "../../support/command-line.ts";

const minutes = (count: number) => addMinutes(now, count);
const everyChannel = new Set<string>(Object.values(channelByPlatform));
const standby = aFlowReading({ state: "standby" });
const twitchRuns = new Map([
  [channelByPlatform.twitch, aChannelReading({ state: "running" })],
] as const);
const onAir = aDestination({
  desired: "on",
  phase: "running",
  intent: anIntent({ at: minutes(-10) }),
  leaseUntil: minutes(230),
  runningSince: minutes(-10),
});
const foundRunning = { ...onAir, intent: anIntent({ at: minutes(-10), by: outsider }) };

function leaksOf(more: Partial<Facts>, usedChannels: ReadonlySet<string> | null = everyChannel) {
  const prices = {
    usdPerHour: new Map([["dest_twitch", 0.85]]),
    strangerUsdPerHour: 1,
    flowUsdPerHour: 0.16,
    idleUsdPerHour: 0.01,
    transferUsdPerHour: 0.036,
  };
  const facts = someFacts({ flow: standby, ...more });
  return findLeaks({ facts, prices, usedChannels, policy: defaultPolicy, now });
}
const lines = (more: Partial<Facts>, used?: ReadonlySet<string> | null) =>
  leaksOf(more, used).map((each) => inWords(leakLine(each)));

describe("a leak", () => {
  it.each([
    ["a quiet site", {}],
    ["what somebody started here", { destinations: [onAir], channels: twitchRuns }],
    [
      "a flow that is kept warm",
      { flow: aFlowReading(), memory: { ...emptyMemory, flowQuietSince: minutes(-9) } },
    ],
    [
      "an evening with some channels off",
      {
        flow: aFlowReading(),
        destinations: [onAir],
        memory: { ...emptyMemory, flowActiveSince: minutes(-23 * 60) },
      },
    ],
    ["channels that could not be read", { channels: null }],
  ] satisfies [string, Partial<Facts>][])("is not %s", (_, more) => {
    expect(lines(more)).toEqual([]);
  });

  it.each([
    [
      { destinations: [foundRunning], channels: twitchRuns },
      "*Twitch* runs until 22:50, and nobody here started it: $20.40 a day.",
    ],
    [{ channels: twitchRuns }, "*Twitch* runs, and nobody here started it: $20.40 a day."],
    [
      {
        memory: {
          ...emptyMemory,
          strangers: [{ channelId: "1005", seenAt: now, until: minutes(240), sessionId: "s" }],
        },
      },
      "*custom* runs without a destination, until 23:00: $24.00 a day.",
    ],
    [
      { flow: aFlowReading(), memory: { ...emptyMemory, flowQuietSince: minutes(-11) } },
      "The flow is active since 18:49 for nobody: $3.84 a day.",
    ],
    [
      { flow: aFlowReading(), memory: { ...emptyMemory, flowActiveSince: minutes(-24 * 60) } },
      "The flow sends to 5 stopped channels too, since 19:00: $4.32 a day.",
    ],
  ] satisfies [Partial<Facts>, string][])(
    "M2 no-orphan: is told in dollars a day (%#)",
    (more, line) => {
      expect(lines(more)).toEqual([line]);
    },
  );

  it("offers both ways for what no destination stands for, and a stop of the flow", () => {
    const stranger = { channelId: "1005", seenAt: now, until: minutes(240), sessionId: "s" };
    const memory = { ...emptyMemory, strangers: [stranger], flowQuietSince: minutes(-11) };
    const offers = leaksOf({ flow: aFlowReading(), memory }).flatMap(({ buttons }) => buttons);
    expect(offers.map(({ label, command }) => [label, command])).toEqual([
      ["Stop custom", "stop channel 1005"],
      ["Keep custom until 03:00 · $4.00", "extend channel 1005 until 2026-11-23 03:00 UTC"],
      ["Stop the flow · saves $0.16/h", "stop flow"],
    ]);
  });

  it("is an idle channel that nobody used for a month, once a month is known", () => {
    const used = new Set([...everyChannel].filter((id) => id !== channelByPlatform.linkedin));
    expect(lines({}, used)).toEqual([
      "*linkedin* has not been used for 30 days and costs an idle fee until it is deleted in AWS: $0.24 a day.",
    ]);
    expect(lines({}, null)).toEqual([]);
  });
});

describe("the daily list", () => {
  const found = leaksOf({ destinations: [foundRunning], channels: twitchRuns });
  const sweep = { leaks: found, ignored: {}, live: [], zone: "Europe/London", now };
  const kept = (): KeptAnnouncement[] =>
    tellLeaks(sweep).say.map((each) => ({ ...each, revision: 1, shown: null }));

  it("is told under the site's date, with what can be done about each", () => {
    const [only] = tellLeaks(sweep).say;
    expect(only).toMatchObject({ key: "leaks.2026-11-22", broadcastId: null, open: true });
    expect(inWords(only?.content.lines[0] ?? [])).toBe(
      "Billed although nobody asked for it: about $20.40 a day.",
    );
    expect(only?.content.buttons.map(({ label, command }) => [label, command])).toEqual([
      ["Stop Twitch", "stop dest_twitch"],
      ["Keep Twitch until 02:50 · $3.40", "extend dest_twitch until 2026-11-23 02:50 UTC"],
      ["Ignore Twitch until 2026-12-22", "ignore dest_twitch until 2026-12-22"],
    ]);
  });

  it("leaves out what is ignored until that day", () => {
    expect(tellLeaks({ ...sweep, ignored: { dest_twitch: "2026-11-23" } }).say).toEqual([]);
    expect(tellLeaks({ ...sweep, ignored: { dest_twitch: "2026-11-22" } }).say).toHaveLength(1);
  });

  it("takes the place of the day before's, which keeps its lines and loses its buttons", () => {
    const live = kept();
    expect(tellLeaks({ ...sweep, live }).amend).toEqual([]);
    const tomorrow = { ...sweep, live, leaks: [], now: minutes(24 * 60) };
    expect(tellLeaks(tomorrow)).toMatchObject({
      say: [],
      amend: [{ open: false, content: { lines: live[0]?.content.lines, buttons: [] } }],
    });
  });
});
