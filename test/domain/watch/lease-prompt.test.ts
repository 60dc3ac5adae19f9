import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import type { KeptAnnouncement } from "../../../src/domain/announcement.ts";
import { leaseEnd, noHold } from "../../../src/domain/destination.ts";
import { defaultPolicy } from "../../../src/domain/policy.ts";
import { decidePrompts, type PromptFacts } from "../../../src/domain/watch/lease-prompt.ts";
import { aDestination, ana, anIntent, ben, siteNow } from "../../support/builders.ts";
import { inWords } from "../../support/command-line.ts";

const minutes = (count: number) => addMinutes(siteNow, count);
const end = minutes(60);
const onAir = (more: Parameters<typeof aDestination>[0] = {}) =>
  aDestination({
    desired: "on",
    phase: "running",
    intent: anIntent(),
    leaseUntil: end,
    runningSince: siteNow,
    ...more,
  });

const facts = (at: number, more: Partial<PromptFacts> = {}): PromptFacts => ({
  destinations: [onAir()],
  live: [],
  broadcastId: "broadcast_1",
  usdPerHour: new Map([["dest_twitch", 0.86]]),
  moves: new Map(),
  maxLeaseMinutes: null,
  policy: defaultPolicy,
  now: minutes(at),
  ...more,
});
const asked = (given: PromptFacts) =>
  decidePrompts(given).say.map(
    ({ key, content }) =>
      `${key.split(".").at(-1)}: ${inWords(content.lines[0] ?? [])} ${content.buttons.map(({ label }) => `[${label}]`).join(" ")}`,
  );

/* The prompt that was said at T-15 of the first end, as it is kept. */
function said(): KeptAnnouncement {
  const [first] = decidePrompts(facts(45)).say;
  if (first === undefined) throw new Error("nothing was asked");
  return { ...first, revision: 1, shown: null };
}

describe("the question before an end", () => {
  it.each([
    [44, []],
    [45, ["prompt-15: *Twitch* goes off at 20:00, in 15 min. [+30 min · $0.43] [Stop now]"]],
    [49, ["prompt-15: *Twitch* goes off at 20:00, in 11 min. [+30 min · $0.43] [Stop now]"]],
    [50, []],
    [55, ["prompt-5: *Twitch* goes off at 20:00, in 5 min. [+30 min · $0.43] [Stop now]"]],
    [59, ["prompt-5: *Twitch* goes off at 20:00, in 1 min. [+30 min · $0.43] [Stop now]"]],
    [60, []],
  ])("is asked %i minutes into an hour: %j", (at, expected) => {
    expect(asked(facts(at))).toEqual(expected);
  });

  it("is loud, open and the same for the same end, whoever asks it", () => {
    const { say } = decidePrompts(facts(46));
    expect(say).toEqual([
      { ...decidePrompts(facts(45)).say[0], at: minutes(46), content: say[0]?.content },
    ]);
    expect(say[0]).toMatchObject({
      key: "intent_1.2026-11-22T20:00:00.000Z.prompt-15",
      broadcastId: "broadcast_1",
      destinationId: "dest_twitch",
      loud: true,
      open: true,
      content: {
        buttons: [
          { command: "extend dest_twitch until 2026-11-22 20:30 UTC", seen: "intent_1" },
          { command: "stop dest_twitch", seen: "intent_1", style: "danger" },
        ],
      },
    });
  });

  it("is asked once, late, of a start that is shorter than its lead time", () => {
    const short = { destinations: [onAir({ intent: anIntent({ at: minutes(48) }) })] };
    expect(asked(facts(48, short))).toEqual([]);
    expect(asked(facts(55, short))).toHaveLength(1);
  });

  it.each([
    ["what is off", { desired: "off" }],
    ["what has no end", { leaseUntil: null }],
  ] as const)("is not asked of %s", (_, more) => {
    expect(asked(facts(45, { destinations: [onAir(more)] }))).toEqual([]);
  });

  it("names the hold of what is held, and counts to its end", () => {
    const held = onAir({
      leaseUntil: minutes(30),
      holdUntil: end,
      heldBy: ben,
      holdReason: "break",
    });
    expect(asked(facts(15, { destinations: [held] }))).toEqual([]);
    expect(asked(facts(45, { destinations: [held] }))[0]).toContain(
      "when Ben's hold ends, in 15 min",
    );
  });

  it("offers no more than an extension would be granted", () => {
    const linkedin = onAir({ platform: "linkedin", runningSince: minutes(60 - 4 * 60 + 10) });
    expect(asked(facts(45, { destinations: [linkedin] }))[0]).toContain("[+10 min] [Stop now]");
    const atLimit = onAir({ platform: "linkedin", runningSince: minutes(60 - 4 * 60) });
    expect(asked(facts(45, { destinations: [atLimit] }))[0]).toMatch(/15 min\. \[Stop now\]$/);
    expect(asked(facts(45, { maxLeaseMinutes: 15 }))[0]).toMatch(/15 min\. \[Stop now\]$/);
  });
});

describe("a question that was asked", () => {
  const extended = new Map([
    ["dest_twitch", [{ what: "extend", by: ana, after: minutes(90).toISOString() }]],
  ]);
  it.each([
    [
      "extended by somebody",
      { leaseUntil: minutes(90) },
      extended,
      "Ana extended *Twitch* to 20:30.",
    ],
    [
      "moved, nobody knows by whom",
      { leaseUntil: minutes(90) },
      new Map(),
      "*Twitch* now goes off at 20:30.",
    ],
    [
      "held",
      { holdUntil: minutes(90), heldBy: ben },
      new Map([["dest_twitch", [{ what: "hold", by: ben, after: minutes(90).toISOString() }]]]),
      "Ben holds *Twitch* until 20:30.",
    ],
    [
      "stopped",
      {
        desired: "off",
        phase: "stopping",
        intent: anIntent({ id: "intent_2", by: ben, at: minutes(46) }),
      },
      new Map(),
      "Ben stopped *Twitch* at 19:46.",
    ],
    [
      "over",
      {
        desired: "off",
        intent: anIntent({ id: "intent_2", by: leaseEnd, reason: "its time was over", at: end }),
      },
      new Map(),
      "*Twitch* was stopped at 20:00 (its time was over).",
    ],
    [
      "ended by itself",
      { desired: "off", phase: "failed", leaseUntil: null, ...noHold },
      new Map(),
      "*Twitch* went off by itself.",
    ],
    [
      "started anew",
      { intent: anIntent({ id: "intent_3" }) },
      new Map(),
      "*Twitch* was stopped, and started again.",
    ],
  ] as const)("says in its place that it was %s", (...[, more, moves, words]) => {
    const { say, amend } = decidePrompts(
      facts(47, { destinations: [onAir(more)], live: [said()], moves }),
    );
    expect(say.every(({ destinationId }) => destinationId === "dest_twitch")).toBe(true);
    expect(amend).toMatchObject([{ open: false, content: { buttons: [] } }]);
    expect(inWords(amend[0]?.content.lines[0] ?? [])).toBe(words);
  });

  it("stands while it is true, and gives way to the next one, the end, and a row that is gone", () => {
    const words = (at: number, more: Partial<PromptFacts> = {}) =>
      decidePrompts(facts(at, { live: [said()], ...more })).amend.map(({ content }) =>
        inWords(content.lines[0] ?? []),
      );
    expect(words(46)).toEqual([]);
    expect(words(52)).toEqual([]);
    expect(words(55)).toEqual(["*Twitch*: asked again, 5 min before 20:00."]);
    expect(words(60)).toEqual(["*Twitch*: its time was over at 20:00."]);
    expect(words(46, { destinations: [] })).toEqual(["That destination does not exist any more."]);
  });
});
