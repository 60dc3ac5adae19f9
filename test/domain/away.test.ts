import { addHours, addMinutes, addSeconds } from "date-fns";
import { describe, expect, it } from "vitest";
import { type AwayFacts, isAbsence, isToNote, lastTick, tellAway } from "../../src/domain/away.ts";
import { deadlineSwitch, outsider } from "../../src/domain/destination.ts";
import type { Drift } from "../../src/domain/drift.ts";
import { aDestination, anIntent, siteNow as now } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";

const minutes = (count: number) => addMinutes(now, count);
const seconds = (count: number) => addSeconds(now, count);

const linesAfter = (absent: number, more: Partial<AwayFacts> = {}) =>
  tellAway({
    from: minutes(-absent),
    now,
    destinations: [aDestination()],
    drifts: [],
    shows: [],
    ...more,
  })?.content.lines.map((line) => inWords(line)) ?? [];

const onAir = aDestination({
  desired: "on",
  phase: "running",
  intent: anIntent({ at: minutes(-60) }),
  leaseUntil: minutes(60),
});

describe("an absence", () => {
  it.each([
    ["none was noted", null, false, true],
    ["the note is damaged", "yesterday", false, true],
    ["it was now", seconds(0), false, false],
    ["it was just now", seconds(-54), false, false],
    ["it was a minute ago", seconds(-60), false, true],
    ["it was three minutes ago", seconds(-180), false, true],
    ["it was longer ago", seconds(-181), true, true],
    ["the clock was set back a little", seconds(90), false, false],
    ["the clock was set back for hours", addHours(now, 6), false, false],
    ["the clock had been wrong by years", addHours(now, 24 * 365), false, true],
  ])("is told, and the tick noted, as it should be when %s", (...[, last, absence, noted]) => {
    const at = lastTick(last instanceof Date ? last.toISOString() : last);
    expect(isAbsence(at, now)).toBe(absence);
    expect(isToNote(at, now)).toBe(noted);
  });
});

describe("while patchbay was away", () => {
  it("says nothing of a short and quiet while, and one line of a longer one", () => {
    expect(linesAfter(10)).toEqual([]);
    expect(linesAfter(11)).toEqual([
      "patchbay was away from 18:49 to 19:00 (11 min). Nothing was due.",
    ]);
  });

  it("is one message by the time it began", () => {
    const found = { now, destinations: [onAir], drifts: [], shows: [] };
    expect(tellAway({ ...found, from: minutes(-4) })).toMatchObject({
      key: "away.2026-11-22T18:56:00.000Z",
      broadcastId: null,
      open: false,
    });
  });

  const ended = (more: Parameters<typeof aDestination>[0]) =>
    aDestination({ desired: "off", phase: "off", ...more });
  it.each([
    ["what is on", onAir, "Still on: *Twitch*."],
    [
      "what ends late",
      { ...onAir, leaseUntil: minutes(-12) },
      "*Twitch*: its time was over at 18:48; it is being stopped now, 12 min late.",
    ],
    [
      "what the switch in AWS stopped",
      ended({ intent: anIntent({ by: deadlineSwitch, at: minutes(-9) }) }),
      "*Twitch*: its time was over, and the switch in AWS stopped it at 18:51.",
    ],
    [
      "what the switch in AWS stopped too early",
      ended({ intent: anIntent({ by: deadlineSwitch, at: minutes(-9), reason: "AWS was late" }) }),
      "*Twitch* went off at 18:51: AWS was late.",
    ],
    [
      "what somebody stopped",
      ended({ intent: anIntent({ by: outsider, at: now }) }),
      "*Twitch* was stopped outside patchbay.",
    ],
    [
      "what failed",
      ended({
        phase: "failed",
        intent: anIntent({ at: minutes(-31) }),
        settledAt: now,
        lastError: "the channel fell back to idle",
      }),
      "*Twitch* is off: the channel fell back to idle.",
    ],
  ] as const)("tells %s", (...[, row, line]) => {
    expect(linesAfter(30, { destinations: [row] })).toEqual([
      "patchbay was away from 18:30 to 19:00 (30 min).",
      line,
    ]);
  });

  it.each([
    [
      "stopped by the switch",
      ended({ intent: anIntent({ by: deadlineSwitch, at: minutes(-31) }) }),
    ],
    [
      "failed",
      ended({
        phase: "failed",
        intent: anIntent({ at: minutes(-60) }),
        settledAt: minutes(-31),
        lastError: "x",
      }),
    ],
  ] as const)("does not repeat what was %s before", (_, row) => {
    expect(linesAfter(30, { destinations: [row] })).toHaveLength(1);
  });

  it("adds shows, and the drift that began meanwhile", () => {
    const drift = (since: Date): Drift => ({
      key: `adopted.${since.toISOString()}`,
      kind: "adopted",
      since,
      destinationId: null,
      channelId: null,
      lines: [["Who is this?"], ["It ends."]],
      buttons: [],
    });
    const shows = [["Sunday service was left out."]];
    const found = { shows, drifts: [drift(minutes(-1)), drift(minutes(-31))] };
    expect(linesAfter(30, found).slice(1)).toEqual([
      "Sunday service was left out.",
      "Who is this?",
    ]);
  });
});
