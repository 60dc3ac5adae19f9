import { describe, expect, it } from "vitest";
import { type GoNoGoFacts, goNoGo, type PlannedStart } from "../../src/domain/go-no-go.ts";
import { platformOf } from "../../src/domain/platforms/index.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { occurrenceOn } from "../../src/domain/schedule.ts";
import { unknownSource } from "../../src/domain/source.ts";
import { decideStart } from "../../src/domain/wish.ts";
import { aBindings, aDestination, aFlowReading, ana } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aShow } from "../support/shows.ts";

const show = aShow({ minutes: 300, destinationIds: ["dest_linkedin", "dest_twitch"] });
const occurrence = occurrenceOn(show, "2026-11-22");

/** What a start of it comes to at the show's time. */
function planned(more: Parameters<typeof aDestination>[0] = {}): PlannedStart {
  const destination = aDestination(more);
  const now = occurrence.startsAt;
  const until = occurrence.endsAt;
  const open = { minutes: null, maxLeaseMinutes: null, seenIntentId: null };
  const wish = { intentId: "x", by: ana, reason: null, until, now, ...open };
  const platform = platformOf(destination.platform);
  const all = [destination];
  const context = { destination, all, bindings: aBindings(), platform, policy: defaultPolicy };
  return { destination, decision: decideStart(wish, context), isKeyThere: true };
}

const twitch = planned();
const facts = (more: Partial<GoNoGoFacts> = {}): GoNoGoFacts => ({
  occurrence: { ...occurrence, destinationIds: ["dest_twitch"] },
  starts: [twitch],
  source: aFlowReading().source,
  budget: { leftUsd: 200, costUsd: 3.456 },
  quota: { running: 1, limit: 5 },
  isOwnerKnown: true,
  ...more,
});
const asked = (more: Partial<GoNoGoFacts>) =>
  goNoGo(facts(more)).checks.map(({ name, ok, words }) => `${name} ${ok}: ${inWords(words)}`);

describe("before a show", () => {
  it("everything is green when it is", () => {
    expect(asked({})).toEqual([
      "source true: The source is in.",
      "keys true: All stream keys are there.",
      "budget true: The show costs about $3.46; $200.00 of this month's budget is left.",
      "channels true: Its channels are not in use.",
      "lease true: It can stay on air until 15:00.",
      "owner true: Its owner is known.",
    ]);
    expect(goNoGo(facts()).green).toEqual(["dest_twitch"]);
  });

  it.each<[string, Partial<GoNoGoFacts>]>([
    ["source false: No source is in yet.", { source: { ...unknownSource, connected: false } }],
    ["source null: Nobody can say whether a source is in.", { source: unknownSource }],
    ["source null: Nobody can say whether a source is in.", { source: null }],
    ["keys false: No stream key: Twitch.", { starts: [{ ...twitch, isKeyThere: false }] }],
    [
      "keys null: Stream keys that could not be looked up: Twitch.",
      { starts: [{ ...twitch, isKeyThere: null }] },
    ],
    ["budget null: Nobody can say what is spent.", { budget: null }],
    [
      "budget true: The show costs about $3.00; no budget is set.",
      { budget: { leftUsd: null, costUsd: 3 } },
    ],
    ["budget true: No budget is set.", { budget: { leftUsd: null, costUsd: null } }],
    [
      "budget false: The show costs about $3.00; $2.99 of this month's budget is left.",
      { budget: { leftUsd: 2.99, costUsd: 3 } },
    ],
    [
      "budget false: $0.00 of this month's budget is left.",
      { budget: { leftUsd: -4, costUsd: null } },
    ],
    [
      "budget null: $4.00 of this month's budget is left.",
      { budget: { leftUsd: 4, costUsd: null } },
    ],
    ["channels false: Twitch is disabled.", { starts: [planned({ enabled: false })] }],
    ["channels false: 1 of its destinations no longer exist.", { starts: [] }],
    [
      "channels false: AWS allows 5 channels at once, and 5 run already.",
      { quota: { running: 5, limit: 5 } },
    ],
    [
      "channels null: Its channels are not in use; AWS did not say how many may run.",
      { quota: null },
    ],
    [
      "lease false: Not to the end: LinkedIn stops at 14:00.",
      { starts: [planned({ platform: "linkedin" })] },
    ],
    ["owner false: Its owner is not here any more.", { isOwnerKnown: false }],
    ["owner null: Nobody can say who owns it.", { isOwnerKnown: null }],
  ])("is said: %s", (line, more) => {
    expect(asked(more)).toContain(line);
  });

  it("only what can be started is offered to be started", () => {
    const starts = [
      twitch,
      planned({ platform: "youtube", enabled: false }),
      { ...planned({ platform: "custom" }), isKeyThere: false },
      { ...planned({ platform: "linkedin" }), isKeyThere: null },
      planned({ platform: "primary", desired: "on" }),
    ];
    expect(goNoGo(facts({ starts })).green).toEqual(["dest_twitch", "dest_linkedin"]);
  });

  it("a destination that is on already is no trouble", () => {
    const starts = [planned({ desired: "on" })];
    const oks = goNoGo(facts({ starts, quota: { running: 5, limit: 5 } })).checks.map(
      ({ ok }) => ok,
    );
    expect(oks).toEqual([true, true, true, true, true, true]);
  });
});
