import { addMinutes, addSeconds, max } from "date-fns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeptAnnouncement } from "../../../src/domain/announcement.ts";
import { autoShutdown, type Destination } from "../../../src/domain/destination.ts";
import { decideLoss } from "../../../src/domain/watch/last-call.ts";
import { anIntent, ben, siteNow } from "../../support/builders.ts";
import { inWords } from "../../support/command-line.ts";
import { type Case, facts, minutes, onAir } from "../../support/source-loss.ts";

const linesOf = (lines: KeptAnnouncement["content"]["lines"]) => lines.map((each) => inWords(each));
const kept = (given: Case): KeptAnnouncement[] =>
  decideLoss(facts(given)).say.map((each) => ({ ...each, revision: 1, shown: null }));
const stopped = (given: Case) => decideLoss(facts(given)).stops.map(({ id }) => id);

/** The call that was made at 19:02. */
const calls = kept({ at: 2 });

describe("the last call", () => {
  it("gives evidence, money, what is stopped when, and the ways out", () => {
    const [call, ...more] = decideLoss(facts({ at: 2 })).say;
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      key: "last-call.2026-11-22T19:00:00.000Z",
      broadcastId: "broadcast_1",
      loud: true,
      open: true,
    });
    expect(linesOf(call?.content.lines ?? [])).toEqual([
      "*No source*: no SRT packets for 2 min, spending $4.60/h.",
      "*YouTube* and *Twitch* go off at 19:12 unless the source is back.",
      "*HLS player* goes off at 19:17 unless the source is back.",
    ]);
    const all = "dest_primary dest_youtube dest_twitch";
    expect(call?.content.buttons.map(({ label, command }) => [label, command])).toEqual([
      ["Stop now", `stop ${all}`],
      ["Keep 30 min · $2.30", `hold ${all} until 2026-11-22 19:32 UTC waiting for the source`],
      ["It's a break until 19:17 · $1.15", `hold ${all} until 2026-11-22 19:17 UTC break`],
      ["It's a break until 19:32 · $2.30", `hold ${all} until 2026-11-22 19:32 UTC break`],
      ["It's a break until 20:02 · $4.60", `hold ${all} until 2026-11-22 20:02 UTC break`],
    ]);
    expect(inWords(call?.content.buttons[0]?.confirm?.text ?? [])).toBe(
      "HLS player, YouTube, Twitch: off air at once, which saves $4.60/h. Everything else stays as it is.",
    );
  });

  it.each([
    ["is due while the source was seen missing until now", minutes(20), ["dest_youtube"]],
    ["stops nothing where that was minutes ago", minutes(17), []],
    ["stops nothing where nobody noted it", null, []],
  ])("M5 no-surprise-stop: %s", (_, seenAt, expected) => {
    const rows = [onAir("youtube")];
    const live = kept({ at: 2, rows });
    expect(stopped({ at: 20, live, rows, seenAt })).toEqual(expected);
  });

  it("is made again when a hold is over and the source is not there, with the times from then", () => {
    const rows = [onAir("youtube", { holdUntil: minutes(30), heldBy: ben, holdReason: "break" })];
    const { say, amend } = decideLoss(facts({ at: 31, live: calls, rows }));
    expect(say).toMatchObject([
      {
        key: "last-call.2026-11-22T19:00:00.000Z.held-until-2026-11-22T19:30:00.000Z",
        loud: true,
        open: true,
      },
    ]);
    expect(linesOf(say[0]?.content.lines ?? [])).toContain(
      "*YouTube* goes off at 19:41 unless the source is back.",
    );
    expect(say[0]?.content.buttons.map(({ label }) => label)).toEqual([
      "Stop now",
      "Keep 30 min · $0.40",
      "It's a break until 19:46 · $0.20",
      "It's a break until 20:01 · $0.40",
      "It's a break until 20:31 · $0.80",
    ]);
    expect(amend).toMatchObject([{ open: false, content: { buttons: [] } }]);
    expect(linesOf(amend[0]?.content.lines ?? [])).toEqual([
      "The hold is over, and the source is not there. A new call says so.",
    ]);
  });

  it("is made for all whose hold is over together, also beside one that stands for others", () => {
    const until = minutes(30);
    const held = { heldBy: ben, holdReason: "break" };
    const rows = [
      onAir("primary"),
      onAir("youtube", { ...held, holdUntil: until }),
      onAir("twitch", { ...held, holdUntil: addSeconds(until, 2) }),
    ];
    const [again, ...more] = kept({ at: 31, live: calls, rows });
    expect(more).toEqual([]);
    expect(linesOf(again?.content.lines ?? []).slice(1)).toEqual([
      "*YouTube* and *Twitch* go off at 19:41 unless the source is back.",
    ]);
    const live = [...calls, ...(again === undefined ? [] : [again])];
    expect(stopped({ at: 40, live, rows: rows.slice(1) })).toEqual([]);
    expect(stopped({ at: 41, live, rows: rows.slice(1) })).toEqual(["dest_youtube", "dest_twitch"]);
  });

  it("is not made again for a hold that was over before the source was lost", () => {
    const rows = [onAir("youtube", { holdUntil: minutes(-5) })];
    expect(kept({ at: 2, rows })).toMatchObject([{ key: calls[0]?.key }]);
  });

  it("names who holds what when the source is back, and offers the release", () => {
    const held = { holdUntil: minutes(60), heldBy: ben, holdReason: "break" };
    const rows = [onAir("primary"), onAir("twitch", held)];
    const given = { at: 5, live: calls, rows, lostSince: null, connected: true };
    const [over] = decideLoss(facts(given)).amend;
    expect(linesOf(over?.content.lines ?? [])).toEqual([
      "The source is back, after 5 min. The call is over.",
      "*Twitch* stays on: Ben holds it until 20:00 (break).",
    ]);
    expect(over?.content.buttons).toMatchObject([
      { label: "Release Twitch", command: "release dest_twitch" },
    ]);
  });

  it.each([
    ["the reading failed", { at: 2, connected: null }],
    ["the source is there", { at: 2, connected: true }],
    ["nothing is known of a loss", { at: 2, lostSince: null }],
    ["the site's memory cannot be read", { at: 2, version: -1 }],
    ["nothing runs yet", { at: 2, rows: [onAir("twitch", { phase: "starting" })] }],
    ["all is held", { at: 2, rows: [onAir("twitch", { holdUntil: minutes(20) })] }],
  ] satisfies [string, Case][])("is not made when %s", (_, given) => {
    expect(decideLoss(facts(given))).toMatchObject({ say: [], amend: [], stops: [] });
  });

  it("stands unchanged while nothing changes, and says who holds what", () => {
    expect(decideLoss(facts({ at: 7, live: calls })).amend).toEqual([]);
    const held = onAir("twitch", { holdUntil: minutes(40), heldBy: ben, holdReason: "break" });
    const rows = [onAir("youtube"), held];
    const [redrawn] = decideLoss(facts({ at: 7, live: calls, rows })).amend;
    expect(redrawn?.open).toBe(true);
    expect(linesOf(redrawn?.content.lines ?? [])).toContain(
      "*Twitch* stays on: Ben holds it until 19:40 (break).",
    );
    expect(redrawn?.content.buttons[0]?.command).toBe("stop dest_youtube");
  });

  it("is made anew for what comes to run without a source, with its own grace", () => {
    const late = onAir("linkedin", { runningSince: minutes(8) });
    const rows = [onAir("youtube"), late];
    const [own, ...more] = kept({ at: 9, live: calls, rows });
    expect(more).toEqual([]);
    expect(own).toMatchObject({
      key: "last-call.2026-11-22T19:00:00.000Z.intent_linkedin",
      destinationId: "dest_linkedin",
    });
    const live = [...calls, ...(own === undefined ? [] : [own])];
    expect(stopped({ at: 12, live, rows })).toEqual(["dest_youtube"]);
    expect(stopped({ at: 18, live, rows: [late] })).toEqual([]);
    expect(stopped({ at: 19, live, rows: [late] })).toEqual(["dest_linkedin"]);
  });

  it.each([
    [
      "the source is back",
      { at: 5, lostSince: null, connected: true },
      ["The source is back, after 5 min. The call is over."],
    ],
    [
      "all is off",
      { at: 5, lostSince: null, rows: [] },
      ["What it was for is off. The call is over."],
    ],
    [
      "the source was back and is lost again",
      { at: 5, lostSince: minutes(4) },
      ["The source was back or out of sight for a while: it counts as gone from 19:04."],
    ],
    [
      "the source is back, but nobody saw when",
      { at: 30, lostSince: null, seenAt: minutes(4), connected: true },
      ["The source is back. The call is over."],
    ],
  ] satisfies [string, Case, string[]][])(
    "is taken back in its place when %s",
    (_, given, words) => {
      const [over] = decideLoss(facts({ ...given, live: calls })).amend;
      expect(over).toMatchObject({ open: false, content: { buttons: [] } });
      expect(linesOf(over?.content.lines ?? [])).toEqual(words);
    },
  );

  it("ends with what was stopped, and offers the way back", () => {
    const intent = anIntent({ id: "intent_9", by: autoShutdown, at: minutes(12) });
    const rows = [onAir("twitch", { desired: "off", phase: "off", intent })];
    const [over] = decideLoss(facts({ at: 13, live: calls, lostSince: null, rows })).amend;
    expect(linesOf(over?.content.lines ?? [])).toEqual([
      "*Twitch*: stopped, because no source came.",
    ]);
    expect(over?.content.buttons).toMatchObject([
      { label: "Start Twitch again · $0.80/h", command: "start dest_twitch", seen: "intent_9" },
    ]);
  });
});

/** A grace after the call, the beginning and the hold, whichever is last; never without a call. */
function earliestStop({ kind, runningSince, holdUntil }: Destination, calledAt: number | null) {
  if (calledAt === null) return new Date(8.64e15);
  const from = [minutes(calledAt), runningSince, holdUntil].filter((each) => each !== null);
  return addMinutes(max(from), kind === "primary" ? 15 : 10);
}

describe("stopping without a source", () => {
  it("waits for the grace of each, and takes the primary last", () => {
    expect(stopped({ at: 11, live: calls })).toEqual([]);
    expect(stopped({ at: 12, live: calls })).toEqual(["dest_youtube", "dest_twitch"]);
    expect(stopped({ at: 16, live: calls, rows: [onAir("primary")] })).toEqual([]);
    expect(stopped({ at: 17, live: calls, rows: [onAir("primary")] })).toEqual(["dest_primary"]);
  });

  it("counts from the call, so that nothing is stopped at once after an absence", () => {
    expect(stopped({ at: 300 })).toEqual([]);
    expect(stopped({ at: 309, live: kept({ at: 300 }) })).toEqual([]);
    expect(stopped({ at: 310, live: kept({ at: 300 }) })).toHaveLength(2);
  });

  it("gives the whole grace after a hold", () => {
    const rows = [onAir("twitch", { holdUntil: minutes(30) })];
    expect(stopped({ at: 29, live: calls, rows })).toEqual([]);
    expect(stopped({ at: 45, live: calls, rows })).toEqual([]);
    const live = [...calls, ...kept({ at: 30, live: calls, rows })];
    expect(stopped({ at: 39, live, rows })).toEqual([]);
    expect(stopped({ at: 40, live, rows })).toEqual(["dest_twitch"]);
  });

  it("M5 no-surprise-stop: never without a call, a grace and a reading, and never what is held", () => {
    const anyRow = (platform: string) =>
      fc
        .record({
          desired: fc.constantFrom("on" as const, "on" as const, "off" as const),
          phase: fc.constantFrom("accepted" as const, "running" as const, "running" as const),
          runningSince: fc.integer({ min: -40, max: 30 }),
          holdUntil: fc.option(fc.integer({ min: -10, max: 60 })),
        })
        .map((row) =>
          onAir(platform, {
            ...row,
            runningSince: minutes(row.runningSince),
            holdUntil: row.holdUntil === null ? null : minutes(row.holdUntil),
          }),
        );
    const anyCase = fc.record({
      rows: fc.tuple(anyRow("primary"), anyRow("youtube"), anyRow("twitch")),
      calledAt: fc.option(fc.integer({ min: 0, max: 20 })),
      at: fc.integer({ min: 0, max: 60 }),
      connected: fc.constantFrom(true, false, false, null),
      lostSince: fc.constantFrom(siteNow, siteNow, minutes(3), null),
      version: fc.constantFrom(1, 1, -1),
    });
    let stops = 0;
    fc.assert(
      fc.property(anyCase, ({ calledAt, ...given }) => {
        const live = calledAt === null ? [] : kept({ rows: given.rows, at: calledAt });
        for (const row of decideLoss(facts({ ...given, live })).stops) {
          stops++;
          expect(given).toMatchObject({ connected: false, lostSince: siteNow, version: 1 });
          expect(row).toMatchObject({ desired: "on", phase: "running" });
          expect(minutes(given.at) >= earliestStop(row, calledAt)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(stops).toBeGreaterThan(20);
  });
});
