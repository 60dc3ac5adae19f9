import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/commands/reply.ts";
import { OpsError } from "../../src/errors.ts";
import { aCommandLine, buttonsOf, linesOf } from "../support/command-line.ts";

/** Words that no verb has any use for, wherever they stand. */
const words: Record<string, string> = {
  "four thousand characters": "a".repeat(4_000),
  "a hundred thousand characters": "a b ".repeat(25_000),
  "a thousand characters that unfold to more": "\ufdfa".repeat(990),
  "a word that is not known": "periscope",
  "a prototype": "__proto__",
  "a constructor": "constructor",
  "a method of objects": "toString",
  "a star": "*",
  "a path": "../../etc/passwd",
  "a template": "$\u007bprocess.env}",
  "another template": "{{constructor.constructor('return 1')()}}",
  "a piece of SQL": "'; DROP TABLE destinations; --",
  "a broadcast mention": "<!channel>",
  "a broadcast mention as Slack escapes it": "&lt;!channel&gt;",
  "a mention": "<@U0ANA>",
  "a link": "<http://evil.example|click here>",
  "a pile of marks": "*_~`x`~_*",
  "an open mark of code": "`twitter spaces",
  "a homoglyph": "twіtch",
  "a text turned around": "\u202ehctiwt\u202c",
  "nothing that is seen": "p\u200be\u200dr\u2060i\ufeff",
  "a NUL": "peri\u0000scope",
  controls: "peri\u001b[31mscope\u0007",
  "an emoji": "🎬📺",
  "an emoji of several": "👨‍👩‍👧‍👦",
  "half an emoji": "peri\ud83cscope",
  "a flood of accents": `z${"\u0335\u0321\u0489".repeat(300)}`,
  "two commands": "youtube && stop twitch",
  "two commands with a semicolon": "youtube ; stop twitch",
  "a piped command": "youtube | tee x",
  "an open quote": '"periscope',
  "an open curly quote": "“periscope",
  "curly quotes": "‘periscope’",
  "a dash for an option": "—periscope",
  "an option": "--force",
  "all and more": "all twitch",
  "a line break": "periscope\nstop all",
  "a stream key of Twitch": "live_987654_SeCrEtKeyOfTwItCh",
  "a stream key of YouTube": "s3cr-3tk3-y0fy-0utu-b3b3",
  "a random key": "SeCrEt123456789012345",
  "an address with a key": "rtmp://relay.example.com/live/secretkey",
  "a key among words": "youtube SeCrEt123456789012345 twitch",
};

/** Ends that a start cannot have; the site is in Los Angeles. */
const spring = "2027-03-13T20:00:00Z";
const autumn = "2026-10-31T22:00:00Z";
const ends: [end: string, now?: string][] = [
  ["for"],
  ["until"],
  ["for 0"],
  ["for 0h"],
  ["for 0m"],
  ["for -1h"],
  ["for 1e9h"],
  ["for NaN"],
  ["for Infinity h"],
  ["for २h"],
  ["for 99999999999999h"],
  ["for 25h"],
  ["for 2h 3h"],
  ["for 2h for 3h"],
  ["for 2h until 21:30"],
  ["for ever"],
  ["for live_987654_SeCrEtKeyOfTwItCh"],
  ["until 25:00"],
  ["until 12:60"],
  ["until 13pm"],
  ["until 0am"],
  ["until 24:00"],
  ["until later"],
  ["until 21:30 Mars/Base"],
  ["until 02:30", spring],
  ["until 2027-03-14 02:30", spring],
  ["until 2026-11-01 01:30", autumn],
  ["until tomorrow 01:30", autumn],
  ["until 2027-02-29 10:00", "2027-02-28T20:00:00Z"],
  ["until 2026-13-01 10:00"],
  ["until 2026-11-31 10:00"],
  ["until 0000-00-00 00:00"],
  ["until 2026-11-21 21:30"],
  ["until today 00:01"],
  ["until yesterday 21:30"],
  ["until 9999-12-31 23:59"],
];

const secrets = ["secret", "s3cr"];

/** Everything that a person is shown of an error, with what may be typed taken out. */
const shownOf = ({ message, hint = "" }: OpsError) => `${message} ${hint}`;

function expectCalmError(error: unknown) {
  if (!(error instanceof OpsError)) throw error;
  expect(["invalid-input", "not-found"]).toContain(error.code);
  expect(error.hint).toMatch(/`[^`]+`|There are: |Keys never go/);
  expect(error.cause).toBeUndefined();
  const shown = shownOf(error);
  expect(shown.length).toBeLessThan(260);
  expect(shown).not.toMatch(/\n|\bat .*:\d+|[Oo]bject|undefined|null|NaN/);
  expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]|\p{M}{3}/u);
  const prose = shown.replace(/`[^`]+`/g, "");
  expect(prose).not.toMatch(/[`*~<>&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u);
  for (const secret of secrets) expect(shown.toLowerCase()).not.toContain(secret);
}

function expectCalmReply(reply: Reply) {
  const said = [...linesOf(reply), ...buttonsOf(reply)].join("\n").toLowerCase();
  for (const secret of secrets) expect(said).not.toContain(secret);
}

type Line = ReturnType<typeof aCommandLine>;

/** What a bad line must never change. */
const stateOf = async ({ world }: Line) => ({
  calls: [...world.calls],
  rows: world.destinations.all(),
  memory: world.siteMemory.current(),
  broadcast: await world.broadcasts.latest(),
  notes: (await world.notes.list("")).filter(({ key }) => key !== "known-since"),
  announcements: world.announcements.all(),
  audit: world.audit.all(),
  log: [...world.log.lines],
});

async function expectNoEffect(line: Line, typed: string) {
  const before = await stateOf(line);
  try {
    expectCalmReply(await line.run(typed));
  } catch (error) {
    expectCalmError(error);
  }
  expect(await stateOf(line)).toEqual(before);
}

describe.each(Object.entries(words))("%s", (_what, bad) => {
  it.each([
    "",
    "start ",
    "stop ",
    "status ",
    "help ",
    "start twitch ",
    "schedule ",
    "schedule skip ",
    "schedule remove ",
    "extend twitch ",
    "hold ",
    "release ",
    "cost ",
    "budget ",
    "report ",
    "history ",
    "sync ",
    "plan ",
    "plan start ",
  ])("after “/stream %s” gets a calm answer and does nothing", async (before) => {
    await expectNoEffect(aCommandLine(), before + bad);
  });
});

describe.each(ends)("start twitch %s", (end, now = "2026-11-22T19:00:00Z") => {
  it("gets a calm answer and starts nothing", async () => {
    const policy = { zone: "America/Los_Angeles" };
    const line = aCommandLine({ now: new Date(now), policy });
    await expectNoEffect(line, `start twitch ${end}`);
    await expect(line.run(`start twitch ${end}`)).rejects.toBeInstanceOf(OpsError);
  });
});

/** What no show can be; the site is in Los Angeles. */
const shows: [words: string, now?: string][] = [
  [""],
  ['"" sundays 10:00 for 90m twitch'],
  ["Sunday service sundays 10:00 for 90m twitch"],
  ['"Sunday service sundays 10:00 for 90m twitch'],
  ['"X" 10:00 for 90m twitch'],
  ['"X" someday 10:00 for 90m twitch'],
  ['"X" constructor 10:00 for 90m twitch'],
  ['"X" sundays for 90m twitch'],
  ['"X" sundays NaN for 90m twitch'],
  ['"X" sundays 25:00 for 90m twitch'],
  ['"X" sundays 10:60 for 90m twitch'],
  ['"X" sundays 10:00 twitch'],
  ['"X" sundays 10:00 for twitch'],
  ['"X" sundays 10:00 for -1h twitch'],
  ['"X" sundays 10:00 for 1e9h twitch'],
  ['"X" sundays 10:00 for NaN twitch'],
  ['"X" sundays 10:00 for 0h twitch'],
  ['"X" sundays 10:00 for 25h twitch'],
  ['"X" sundays 10:00 for 1h until 11:00 twitch'],
  ['"X" sundays 10:00 for 1h for 2h twitch'],
  ['"X" sundays 10:00 until 10:00 twitch'],
  ['"X" sundays 10:00 until later twitch'],
  ['"X" sundays 10:00 Mars/Base for 1h twitch'],
  ['"X" sundays 10:00 UTC Europe/London for 1h twitch'],
  ['"X" sundays 10:00 for 1h'],
  ['"X" sundays 10:00 for 1h periscope'],
  ['"X" sundays 10:00 for 1h twitch late -5m'],
  ['"X" sundays 10:00 for 1h twitch late'],
  ['"X" 2027-02-29 10:00 for 1h twitch'],
  ['"X" 2026-11-21 10:00 for 1h twitch'],
  ['"X" 2027-03-14 02:30 for 1h twitch', spring],
  ['"X" 9999-12-31 10:00 for 1h twitch'],
  ['"X" 2026-12-24 sundays 10:00 for 1h twitch'],
  ['"live_987654_SeCrEtKeyOfTwItCh" sundays 10:00 for 1h twitch'],
  ['"X" sundays 10:00 for 1h rtmp://relay.example.com/live/secretkey'],
];

describe.each(shows)("schedule add %s", (words, now = "2026-11-22T19:00:00Z") => {
  it("gets a calm answer and plans nothing", async () => {
    const policy = { zone: "America/Los_Angeles" };
    const line = aCommandLine({ now: new Date(now), policy });
    await expectNoEffect(line, `schedule add ${words}`);
    await expect(line.run(`schedule add ${words}`)).rejects.toBeInstanceOf(OpsError);
  });
});

/** Moves of an end that cannot be; the site is in Los Angeles. */
const moves: [words: string, now?: string][] = [
  [""],
  ["0m"],
  ["-"],
  ["1e9h"],
  ["NaN"],
  ["२h"],
  ["99999999999999h"],
  ["30m 40m"],
  ["30m until 22:00"],
  ["until 22:00 30m"],
  ["until 22:00 until 23:00"],
  ["until 25:00"],
  ["until later"],
  ["until 02:30", spring],
  ["until 2026-11-01 01:30", autumn],
  ["until 21:30 Mars/Base"],
  ["until 2027-02-29 10:00"],
  ["until yesterday"],
  ["30m live_987654_SeCrEtKeyOfTwItCh"],
  ["until rtmp://relay.example.com/live/secretkey"],
];

describe.each(moves)("twitch %s", (words, now = "2026-11-22T19:00:00Z") => {
  it.each(["extend", "hold"])("after %s gets a calm answer and moves nothing", async (verb) => {
    const policy = { zone: "America/Los_Angeles" };
    const line = aCommandLine({ now: new Date(now), policy });
    await line.run("start twitch");
    await expectNoEffect(line, `${verb} twitch ${words}`);
    await expect(line.run(`${verb} twitch ${words}`)).rejects.toBeInstanceOf(OpsError);
  });
});

describe("a command without its words", () => {
  it.each(["start", "stop", "start ,", 'stop ""', "start for 2h"])(
    "gets the question that it leaves open: %s",
    async (typed) => {
      const line = aCommandLine();
      await expectNoEffect(line, typed);
      await expect(line.run(typed)).rejects.toMatchObject({
        message: "Which destination?",
        hint: "There are: HLS player, YouTube, Twitch, LinkedIn, Custom RTMP. `all` means every one.",
      });
    },
  );

  it.each(["start all", "stop all"])(
    "that means everything does nothing unasked: %s",
    async (typed) => {
      await expectNoEffect(aCommandLine(), typed);
    },
  );
});

describe("a time without its word", () => {
  it.each(["start twitch 2h", "start twitch 90 min", "start twitch 21:30"])(
    "gets the way to say it: %s",
    async (typed) => {
      const line = aCommandLine();
      await expectNoEffect(line, typed);
      await expect(line.run(typed)).rejects.toMatchObject({
        hint: "To give an end, say `for 2h` or `until 21:30`.",
      });
    },
  );
});
