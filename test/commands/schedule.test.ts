import { describe, expect, it } from "vitest";
import type { Show } from "../../src/domain/show.ts";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { OpsError } from "../../src/errors.ts";
import { spendPart } from "../support/budget.ts";
import { aDestination } from "../support/builders.ts";
import {
  aCommandLine,
  buttonsOf,
  linesOf,
  operator,
  otherOperator,
  viewer,
} from "../support/command-line.ts";
import { aShow } from "../support/shows.ts";

const london = { policy: { zone: "Europe/London" } };
const sunday = 'schedule add "Sunday service" sundays 10:00 for 90m youtube twitch';

type Line = ReturnType<typeof aCommandLine>;
const planned = async ({ manager }: Line): Promise<readonly Show[]> =>
  (await manager.shows.list()).shows;

/** A site with one show. */
async function aSunday() {
  const line = aCommandLine(london);
  await line.run(sunday);
  const [show = aShow()] = await planned(line);
  return { ...line, show };
}

describe("schedule add", () => {
  it("plans a show, and says when it comes next", async () => {
    const line = aCommandLine(london);
    const reply = await line.run(sunday);
    expect(linesOf(reply)).toEqual([
      "*Sunday service* is planned.",
      "*Sunday service* · Sundays 10:00 Europe/London for 1 h 30 min · YouTube, Twitch · by Ana · about $2.78 each time",
      "Next: 10:00, 10:00, 10:00, 10:00, 10:00.",
      "It may start 15 min late; after that it is left out, and you are told.",
    ]);
    const [show] = await planned(line);
    expect(show).toMatchObject({
      name: "Sunday service",
      destinationIds: ["dest_youtube", "dest_twitch"],
      owner: { id: operator.id, name: operator.name },
    });
    expect(buttonsOf(reply)).toEqual([`Remove it again → schedule remove ${show?.id}`]);
  });

  it("understands what a phone makes of quotes and dashes", async () => {
    const line = aCommandLine(london);
    await line.run("Schedule ADD “Sunday service” Mon–Fri 10:00 for 90m YouTube");
    expect(await planned(line)).toMatchObject([{ name: "Sunday service", days: [1, 2, 3, 4, 5] }]);
  });

  it("takes every enabled destination for all", async () => {
    const destinations = [aDestination(), aDestination({ platform: "youtube", enabled: false })];
    const line = aCommandLine({ ...london, destinations });
    await line.run('schedule add "X" daily 10:00 for 1h all');
    expect(await planned(line)).toMatchObject([{ destinationIds: ["dest_twitch"] }]);
  });

  it("says what the clocks do to it within a year", async () => {
    const { run } = aCommandLine(london);
    expect(linesOf(await run('schedule add "Night" sundays 01:30 for 1h twitch'))).toEqual(
      expect.arrayContaining([
        "The clocks skip 01:30 on 2027-03-28: it starts right after, at 01:00.",
        "01:30 comes twice on 2027-10-31: it starts the first time, at 00:30.",
      ]),
    );
  });

  it("asks which destination is meant, and keeps the rest", async () => {
    const destinations = ["a", "b"].map((id) =>
      aDestination({ id: `dest_${id}`, name: `Stage ${id}` }),
    );
    const line = aCommandLine({ ...london, destinations });
    const reply = await line.run('schedule add "X" daily 10:00 for 1h twitch');
    expect(buttonsOf(reply)).toHaveLength(2);
    const [first = ""] = buttonsOf(reply).map((button) => button.split(" → ")[1] ?? "");
    await line.run(first);
    expect(await planned(line)).toMatchObject([
      { name: "X", minutes: 60, destinationIds: ["dest_a"] },
    ]);
  });

  it("plans no second show of the same name", async () => {
    const line = await aSunday();
    await expect(line.run(sunday)).rejects.toMatchObject({ code: "already-so" });
    expect(await planned(line)).toHaveLength(1);
  });

  it("needs an admin for a start this month when a start by hand needs a second person", async () => {
    const line = aCommandLine(london);
    await spendPart(line, 0.85);
    const today = sunday.replace("sundays 10:00", "2026-11-23 20:00");
    const message = "84 % of the budget is spent, so this month a start needs a second person.";
    await expect(line.run(today)).rejects.toMatchObject({ code: "over-budget", message });
    await expect(line.run(sunday)).rejects.toMatchObject({ code: "over-budget" });
    expect(await planned(line)).toEqual([]);
    await line.run(sunday, { asker: { ...otherOperator, role: "admin" } });
    await line.run(sunday.replace("Sunday", "Christmas").replace("sundays", "2026-12-25"));
    expect(await planned(line)).toHaveLength(2);
  });

  it("goes without its price while nobody can say it", async () => {
    const line = aCommandLine(london);
    const fault = new OpsError("aws-unavailable", "No answer.");
    line.world.failNext("siteMemory.read", fault, { times: 9 });
    expect(linesOf(await line.run(sunday))[1]).not.toMatch(/\$/);
  });

  it("is refused to a viewer", async () => {
    const line = aCommandLine(london);
    const refused = line.run(sunday, { asker: viewer });
    await expect(refused).rejects.toMatchObject({
      code: "not-allowed",
      message: "Only an operator can do that with `/stream schedule`, and you are a viewer.",
    });
    expect(await planned(line)).toEqual([]);
  });
});

describe("schedule", () => {
  it("shows everybody what is planned, the soonest first", async () => {
    const line = aCommandLine(london);
    await line.run('schedule add "Carols" 2026-12-24 22:00 for 2h twitch');
    await line.run(sunday, { asker: otherOperator });
    for (const typed of ["schedule", "schedule list"])
      expect(linesOf(await line.run(typed, { asker: viewer }))).toEqual([
        "*Sunday service* · Sundays 10:00 Europe/London for 1 h 30 min · YouTube, Twitch · by Ben · about $2.78 each time",
        "Next: 10:00, 10:00, 10:00, 10:00, 10:00.",
        "*Carols* · 2026-12-24 22:00 Europe/London for 2 h · Twitch · by Ana · about $2.01 each time",
        "Next: 22:00.",
      ]);
  });

  it("gives an example when nothing is planned", async () => {
    const { run } = aCommandLine();
    expect(linesOf(await run("schedule"))).toEqual([
      'Nothing is planned. Plan a show: `/stream schedule add "Sunday service" sundays 10:00 for 90m youtube`',
    ]);
  });

  it("says what is on now, over, left out, gone, or cannot be read", async () => {
    const { world, run } = aCommandLine(london);
    const put = (show: Show) => world.notes.put(`show#${show.id}`, toStoredShow(show));
    const now = { startsLocal: "18:30", skipped: ["2026-11-15", "2026-12-06"] };
    put(aShow({ id: "show_a", name: "Now", destinationIds: ["dest_old"], ...now }));
    put(aShow({ id: "show_b", name: "Over", date: "2026-11-20" }));
    world.notes.put("show#show_c", "{");
    expect(linesOf(await run("schedule"))).toEqual([
      "*Now* · Sundays 18:30 Europe/London for 1 h 30 min · dest_old (gone) · by Ana · about $0.24 each time",
      "On now until 20:00. Next: 18:30, 18:30, 18:30, 18:30, 18:30. Left out: 2026-12-06.",
      "*Over* · 2026-11-20 10:00 Europe/London for 1 h 30 min · YouTube, Twitch · by Ana · about $2.78 each time",
      "No more starts.",
      "The show `show_c` is damaged or from a newer version: it is left as it is, and does not start.",
    ]);
  });

  it("ends a long list with how many more there are", async () => {
    const { world, run } = aCommandLine(london);
    for (let count = 0; count < 23; count++) {
      const show = aShow({ id: `show_${count}`, name: `Show ${count}` });
      world.notes.put(`show#${show.id}`, toStoredShow(show));
    }
    const lines = linesOf(await run("schedule"));
    expect(lines).toHaveLength(41);
    expect(lines.at(-1)).toBe("And 3 more.");
  });

  it.each([
    ["schedule ad", "Did you mean `/stream schedule add`?"],
    ["schedule dance", /^For example `\/stream schedule add /],
  ])("answers “%s” with what can be said", async (typed, hint) => {
    const refused = aCommandLine().run(typed);
    await expect(refused).rejects.toMatchObject({
      code: "invalid-input",
      hint: expect.stringMatching(hint),
    });
  });
});

describe("schedule skip", () => {
  it.each(['skip "Sunday service" 2026-11-29', "skip sunday SERVICE 2026-11-29"])(
    "leaves out one date, and says how to undo that: %s",
    async (typed) => {
      const line = await aSunday();
      const reply = await line.run(`schedule ${typed}`, { asker: otherOperator });
      expect(linesOf(reply)).toEqual([
        "*Sunday service* is left out on 2026-11-29 at 10:00.",
        'To undo that: `/stream schedule unskip "Sunday service" 2026-11-29`',
      ]);
      expect(await planned(line)).toMatchObject([{ skipped: ["2026-11-29"] }]);
      const [button = ""] = buttonsOf(reply).map((each) => each.split(" → ")[1] ?? "");
      const undone = linesOf(await line.run(button));
      expect(undone[0]).toBe("*Sunday service* comes again on 2026-11-29 at 10:00.");
      expect(await planned(line)).toMatchObject([{ skipped: [] }]);
    },
  );

  it("says that what is on air stays on air", async () => {
    const line = aCommandLine({ now: new Date("2026-11-22T10:30:00Z"), ...london });
    const show = aShow({ id: "show_now" });
    line.world.notes.put("show#show_now", toStoredShow(show));
    const lines = linesOf(await line.run("schedule skip show_now today"));
    expect(lines[1]).toBe("What is on air already stays on: `/stream stop all` ends it.");
  });

  it.each([
    ['skip "Sunday service" 2026-11-30', "Sunday service does not come on 2026-11-30."],
    ['skip "Sunday service" 2026-11-22', "That date is over."],
    ['skip "Sunday service" 2027-02-29', "There is no such day."],
    ['skip "Sunday service" 25:00', "There is no such day."],
    ['skip "Sunday service"', "Which date?"],
    ["skip", "Which show?"],
    ["skip 2026-11-29", "Which show?"],
    ["skip Sunday servise 2026-11-29", "There is no show called “sunday servise”."],
    ['unskip "Sunday service" 2026-11-29', "Sunday service is not left out on 2026-11-29."],
    ["remove", "Which show?"],
    ["remove Evensong", "There is no show called “evensong”."],
    ["remove __proto__", /There is no show called/],
  ])("does nothing with %s", async (typed, message) => {
    const line = await aSunday();
    await expect(line.run(`schedule ${typed}`)).rejects.toThrow(message);
    expect(await planned(line)).toEqual([line.show]);
  });

  it.each(["skip x 2026-11-29", "unskip x 2026-11-29", "remove x"])(
    "is refused to a viewer: %s",
    async (typed) => {
      const refused = aCommandLine().run(`schedule ${typed}`, { asker: viewer });
      await expect(refused).rejects.toMatchObject({ code: "not-allowed" });
    },
  );
});

describe("schedule remove", () => {
  it("ends a show, and gives the line that plans it again", async () => {
    const line = await aSunday();
    const reply = await line.run("schedule remove sunday service");
    const again =
      'schedule add "Sunday service" sun 10:00 Europe/London for 90m YouTube Twitch late 15m';
    expect(linesOf(reply)).toEqual([
      "*Sunday service* is planned no more. What is on air stays on.",
      `To plan it again: \`/stream ${again}\``,
    ]);
    expect(await planned(line)).toEqual([]);
    expect(buttonsOf(reply)).toEqual([`Plan it again → ${again}`]);
    await line.run(again);
    const { id: _id, ...rest } = line.show;
    expect(await planned(line)).toMatchObject([rest]);
  });

  it("says that left-out dates come again with it", async () => {
    const line = await aSunday();
    await line.run(`schedule skip ${line.show.id} 2026-11-29`);
    const lines = linesOf(await line.run(`schedule remove ${line.show.id}`));
    expect(lines[1]).toMatch(/^To plan it again \(without the dates that were left out\): /);
  });

  it("calls destinations of the same name, or of an odd one, by their ids", async () => {
    const destinations = [
      aDestination({ id: "dest_a", name: "Stage" }),
      aDestination({ id: "dest_b", name: "stage" }),
      aDestination({ id: "dest_c", name: "The `odd` one" }),
    ];
    const line = aCommandLine({ ...london, destinations });
    await line.run('schedule add "X" daily 10:00 UTC for 1h dest_a dest_b dest_c');
    const [button] = buttonsOf(await line.run("schedule remove x"));
    expect(button).toMatch(/for 60m dest_a dest_b dest_c late 15m$/);
  });

  it("asks which one is meant of two that have the same name", async () => {
    const line = aCommandLine(london);
    for (const id of ["show_a", "show_b"])
      line.world.notes.put(`show#${id}`, toStoredShow(aShow({ id })));
    expect(buttonsOf(await line.run("schedule remove sunday service"))).toEqual([
      "Sunday service (show_a) → schedule remove show_a",
      "Sunday service (show_b) → schedule remove show_b",
    ]);
    expect(buttonsOf(await line.run("schedule skip sunday service 2026-11-29"))[0]).toBe(
      "Sunday service (show_a) → schedule skip show_a 2026-11-29",
    );
  });
});
