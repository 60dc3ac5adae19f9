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
const owner = {
  name: "Ana",
  showName: "Sunday service",
  role: "operator",
  hasLeft: false,
} as const;
const facts = (more: Partial<GoNoGoFacts> = {}): GoNoGoFacts => ({
  occurrence: { ...occurrence, destinationIds: ["dest_twitch"] },
  starts: [twitch],
  flow: aFlowReading(),
  budget: { leftUsd: 200, costUsd: 3.456 },
  channels: { running: 1, existing: 6 },
  channelQuota: null,
  owner,
  ...more,
});
const asked = (more: Partial<GoNoGoFacts>) =>
  goNoGo(facts(more)).checks.map(
    ({ name, verdict, words }) => `${name} ${verdict}: ${inWords(words)}`,
  );

describe("before a show", () => {
  it("everything is green when it is", () => {
    expect(asked({})).toEqual([
      "source yes: The source is in.",
      "keys yes: All stream keys are there.",
      "budget yes: The show costs about $3.46; $200.00 of this month's budget is left.",
      "channels yes: Its channels are not in use.",
      "quota yes: At most 1 of the region's 6 channels run then; AWS's default quota is 5.",
      "lease yes: It can stay on air until 15:00.",
      "owner yes: Ana, who planned it, may start it.",
    ]);
    expect(goNoGo(facts()).green).toEqual(["dest_twitch"]);
  });

  it.each<[string, Partial<GoNoGoFacts>]>([
    [
      "source no: No source is in yet.",
      { flow: aFlowReading({ source: { ...unknownSource, connected: false } }) },
    ],
    [
      "source unknown: Nobody can say whether a source is in.",
      { flow: aFlowReading({ source: unknownSource }) },
    ],
    ["source unknown: Nobody can say whether a source is in.", { flow: null }],
    [
      "source unknown: The flow is on standby: a source shows once it is active.",
      { flow: aFlowReading({ state: "standby", source: unknownSource }) },
    ],
    ["keys no: No stream key: Twitch.", { starts: [{ ...twitch, isKeyThere: false }] }],
    [
      "keys unknown: Stream keys that could not be looked up: Twitch.",
      { starts: [{ ...twitch, isKeyThere: null }] },
    ],
    ["budget unknown: Nobody can say what is spent.", { budget: null }],
    [
      "budget yes: The show costs about $3.00; no budget is set.",
      { budget: { leftUsd: null, costUsd: 3 } },
    ],
    ["budget yes: No budget is set.", { budget: { leftUsd: null, costUsd: null } }],
    [
      "budget no: The show costs about $3.00; $2.99 of this month's budget is left.",
      { budget: { leftUsd: 2.99, costUsd: 3 } },
    ],
    [
      "budget no: $0.00 of this month's budget is left.",
      { budget: { leftUsd: -4, costUsd: null } },
    ],
    [
      "budget unknown: $4.00 of this month's budget is left.",
      { budget: { leftUsd: 4, costUsd: null } },
    ],
    ["channels no: Twitch is disabled.", { starts: [planned({ enabled: false })] }],
    ["channels no: 1 of its destinations no longer exist.", { starts: [] }],
    [
      "quota no: At most 6 of the region's 7 channels run then; the account's quota is 5. Leave something out, or ask AWS for a higher one in Service Quotas.",
      { channels: { running: 6, existing: 7 }, channelQuota: 5 },
    ],
    [
      "quota yes: At most 6 of the region's 7 channels run then; the account's quota is 10.",
      { channels: { running: 6, existing: 7 }, channelQuota: 10 },
    ],
    [
      "quota unknown: At most 6 of the region's 7 channels run then; AWS's default quota is 5, and nobody has told me the account's own (`PATCHBAY_CHANNEL_QUOTA`).",
      { channels: { running: 6, existing: 7 } },
    ],
    [
      "quota unknown: AWS does not list its channels, so that no quota is checked.",
      { channels: null },
    ],
    [
      "lease no: Not to the end: LinkedIn stops at 14:00.",
      { starts: [planned({ platform: "linkedin" })] },
    ],
    [
      'owner careful: Ana, who planned it, has left. It starts all the same; an operator takes it over: `/stream schedule remove "Sunday service"`, then *Plan it again*.',
      { owner: { ...owner, hasLeft: true } },
    ],
    [
      'owner careful: Ana, who planned it, may not start anything any more. It starts all the same; an operator takes it over: `/stream schedule remove "Sunday service"`, then *Plan it again*.',
      { owner: { ...owner, role: "viewer" } },
    ],
    [
      "owner unknown: Ana, who planned it, may start it; Slack does not say whether they are still here.",
      { owner: { ...owner, hasLeft: null } },
    ],
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
    const verdicts = goNoGo(facts({ starts })).checks.map(({ verdict }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(["yes"]));
  });
});
