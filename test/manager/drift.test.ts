import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import type { ChannelState } from "../../src/domain/channel.ts";
import { type Destination, outsider } from "../../src/domain/destination.ts";
import type { Facts } from "../../src/domain/facts.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { emptyMemory, type SiteMemory } from "../../src/domain/site.ts";
import { drift } from "../../src/manager/drift.ts";
import {
  aChannelReading,
  aDestination,
  aFlowReading,
  anIntent,
  ben,
  channelByPlatform,
  siteNow as now,
  someFacts,
} from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";

const { twitch } = channelByPlatform;
const minutes = (count: number) => addMinutes(now, count);

type Case = {
  row?: Partial<Destination>;
  state?: ChannelState | "gone";
  memory?: Partial<SiteMemory>;
  more?: Partial<Facts>;
};

function found({ row = {}, state = "running", memory = {}, more = {} }: Case) {
  const sure = { channelId: twitch, at: minutes(305), sure: true, before: null };
  const channels = state === "gone" ? [] : [aChannelReading({ state })];
  const facts = someFacts({
    destinations: [aDestination(row)],
    channels: new Map(channels.map((each) => [each.channelId, each])),
    memory: { ...emptyMemory, version: 1, deadlines: [sure], ...memory },
    ...more,
  });
  return drift(facts, {
    policy: defaultPolicy,
    now,
    usdPerHour: new Map([["dest_twitch", 0.85]]),
    strangerUsdPerHour: 1,
  });
}
const kinds = (given: Case) => found(given).map(({ kind }) => kind);
const words = (given: Case) =>
  found(given).flatMap(({ lines }) => lines.map((line) => inWords(line)));

const runs = {
  desired: "on",
  phase: "running",
  channelState: "running",
  intent: anIntent({ at: minutes(-20) }),
  leaseUntil: minutes(220),
  runningSince: minutes(-19),
} as const satisfies Partial<Destination>;
const foundRunning = anIntent({ id: "aws_dest_twitch_3", by: outsider, at: minutes(-20) });
const since = (count: number) => ({ stateSince: minutes(count) });

describe("drift", () => {
  it.each([
    ["a destination that is off", { state: "idle" }],
    ["one that somebody started here", { row: runs }],
    [
      "an adopted one that somebody has extended",
      { row: { ...runs, intent: foundRunning, leaseUntil: minutes(230) } },
    ],
    [
      "an adopted one that somebody holds",
      { row: { ...runs, intent: foundRunning, holdUntil: minutes(5), heldBy: ben } },
    ],
    [
      "a stop that takes its time",
      { row: { phase: "stopping", channelState: "stopping", ...since(-4) }, state: "stopping" },
    ],
    [
      "a start that takes its time",
      {
        row: { ...runs, phase: "starting", channelState: "starting", ...since(-9) },
        state: "starting",
      },
    ],
    [
      "a state that nobody has seen for long",
      { row: { channelState: "idle", ...since(-99) }, state: "stopping" },
    ],
    [
      "a channel that only this list lacks",
      { row: { channelState: "idle", ...since(-9) }, state: "gone" },
    ],
    [
      "a channel list that could not be read",
      { row: { channelState: "deleted", ...since(-9) }, more: { channels: null } },
    ],
    [
      "a start of a moment ago without a deadline",
      { row: { ...runs, intent: anIntent({ at: minutes(-4) }) }, memory: { deadlines: [] } },
    ],
    ["a memory that could not be read", { row: runs, memory: { version: -1, deadlines: [] } }],
    ["a flow that is kept warm", { state: "idle", memory: { flowQuietSince: minutes(-14) } }],
    [
      "a flow on standby",
      {
        state: "idle",
        memory: { flowQuietSince: minutes(-99) },
        more: { flow: aFlowReading({ state: "standby" }) },
      },
    ],
  ] satisfies [string, Case][])("is not %s", (_, given) => {
    expect(kinds(given)).toEqual([]);
  });

  it.each([
    ["adopted", { row: { ...runs, intent: foundRunning } }],
    [
      "stuck",
      { row: { phase: "stopping", channelState: "stopping", ...since(-5) }, state: "stopping" },
    ],
    [
      "stuck",
      {
        row: { ...runs, phase: "starting", channelState: "starting", ...since(-10) },
        state: "starting",
      },
    ],
    ["channel-deleted", { row: { channelState: "deleted", ...since(-1) }, state: "gone" }],
    ["no-deadline", { row: runs, memory: { deadlines: [] } }],
    [
      "no-deadline",
      {
        row: runs,
        memory: { deadlines: [{ channelId: twitch, at: minutes(225), sure: false, before: null }] },
      },
    ],
    [
      "stranger",
      {
        state: "idle",
        memory: {
          strangers: [{ channelId: "1005", seenAt: now, until: minutes(240), sessionId: "s_1" }],
        },
      },
    ],
    ["flow-left-active", { state: "idle", memory: { flowQuietSince: minutes(-15) } }],
  ] satisfies [string, Case][])("is %s: %j", (kind, given) => {
    const [only, ...more] = found(given);
    expect(only?.kind).toBe(kind);
    expect(more).toEqual([]);
    expect(found(given)[0]?.key).toBe(only?.key);
  });

  it("M2 no-orphan: asks who started what was found running, and offers both ways", () => {
    const given: Case = { row: { ...runs, intent: foundRunning } };
    expect(words(given)).toEqual([
      "Who is this? *Twitch* has been running since 18:40, and nobody started it here.",
      "It goes off at 22:40 like every other, unless somebody keeps it.",
    ]);
    expect(found(given)[0]?.buttons).toMatchObject([
      {
        label: "Keep until 00:40 · $1.70",
        command: "extend dest_twitch until 2026-11-23 00:40 UTC",
        seen: "aws_dest_twitch_3",
      },
      { label: "Stop", command: "stop dest_twitch", seen: "aws_dest_twitch_3" },
    ]);
  });

  it("does not offer more than the platform allows", () => {
    const row = { ...runs, platform: "linkedin", intent: foundRunning, runningSince: minutes(-20) };
    const reading = aChannelReading({ channelId: channelByPlatform.linkedin, state: "running" });
    const sure = {
      channelId: channelByPlatform.linkedin,
      at: minutes(225),
      sure: true,
      before: null,
    };
    const channels = new Map([[reading.channelId, reading]]);
    const [only] = found({ row, memory: { deadlines: [sure] }, more: { channels } });
    expect(only?.buttons.map(({ label }) => label)).toEqual(["Stop"]);
  });

  it("offers both ways for what no destination stands for, with the price when it is known", () => {
    const stranger = { channelId: "1009", seenAt: now, until: minutes(240), sessionId: "s_1" };
    const given: Case = { state: "idle", memory: { strangers: [stranger] } };
    expect(words(given)).toEqual([
      "Who is this? *channel 1009* has been running since 19:00, and no destination stands for it.",
      "patchbay stops it at 23:00, unless somebody keeps it.",
    ]);
    expect(found(given)[0]?.buttons).toMatchObject([
      {
        label: "Keep until 01:00 · $2.00",
        command: "extend channel 1009 until 2026-11-23 01:00 UTC",
        seen: "s_1",
      },
      { label: "Stop", command: "stop channel 1009", seen: "s_1" },
    ]);
  });
});
