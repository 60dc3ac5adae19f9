import { describe, expect, it } from "vitest";
import { spendPart } from "../support/budget.ts";
import { aCommandLine, buttonsOf, linesOf, viewer } from "../support/command-line.ts";

type Line = ReturnType<typeof aCommandLine>;

/** All that a plan must leave as it is. */
const stateOf = async ({ world }: Line) => ({
  calls: [...world.calls],
  rows: world.destinations.all(),
  shows: await world.notes.list("show#"),
  requests: await world.notes.list("second#"),
  announcements: world.announcements.all(),
  audit: world.audit.all(),
});

async function planned(line: Line, command: string, more: Parameters<Line["run"]>[1] = {}) {
  const before = await stateOf(line);
  const reply = await line.run(`plan ${command}`, more);
  expect(await stateOf(line)).toEqual(before);
  return reply;
}

describe("plan", () => {
  it("says what a start would do, in calls, minutes and dollars", async () => {
    const reply = await planned(aCommandLine(), "start twitch for 3h");
    expect(linesOf(reply)).toEqual([
      "*Nothing is done.* `/stream start twitch for 3h` would answer:",
      "Starting *Twitch* until 22:00. $0.85/h, about $2.54.",
      "Plus the flow: $0.16/h while anything is on.",
      "Calls to AWS: `StartFlow`, `UpdateChannel Twitch`, `StartChannel Twitch`",
      "*Twitch* is on air about 2 min later.",
      "Together $1.01/h with the flow, about $3.02 until the end; at least about $0.14, because AWS bills ten minutes.",
    ]);
    expect(buttonsOf(reply)).toEqual(["Do it · $3.02 → start twitch for 3h"]);
  });

  it("plans all at once without asking first", async () => {
    const said = linesOf(await planned(aCommandLine({ flow: "active" }), "start all for 3h"));
    expect(said.filter((each) => each.startsWith("Starting"))).toHaveLength(5);
    expect(said.join()).not.toContain("StartFlow");
    expect(said.join()).toContain("Together $4.23/h");
  });

  it("says what a stop would end", async () => {
    const line = aCommandLine({ flow: "active" });
    await line.run("start twitch");
    await line.pass(6);
    const said = linesOf(await planned(line, "stop twitch"));
    expect(said).toContain("Calls to AWS: `StopChannel Twitch`");
    expect(said.at(-1)).toBe("That ends $0.85/h of spending.");
  });

  it("plans moves of an end", async () => {
    const line = aCommandLine({ flow: "active" });
    await line.run("start twitch for 2h");
    await line.pass(6);
    for (const command of ["extend twitch 30m", "hold twitch 3h a guest"]) {
      const said = linesOf(await planned(line, command));
      expect(said).toContain("No call to AWS starts or stops anything.");
    }
  });

  it("plans shows", async () => {
    const line = aCommandLine();
    const reply = await planned(line, 'schedule add "Carols" 2026-12-24 22:00 for 2h twitch');
    expect(linesOf(reply)[1]).toBe("*Carols* is planned.");
    expect(buttonsOf(reply)).toEqual([
      'Do it → schedule add "Carols" 2026-12-24 22:00 for 2h twitch',
    ]);
    await line.run('schedule add "Carols" 2026-12-24 22:00 for 2h twitch');
    expect(linesOf(await planned(line, "schedule remove carols"))[1]).toMatch(/planned no more/);
    expect(linesOf(await planned(line, "schedule skip carols 2026-12-24"))[1]).toMatch(/left out/);
  });

  it("shows a viewer, but lets them do nothing", async () => {
    const reply = await planned(aCommandLine(), "start twitch", { asker: viewer });
    expect(linesOf(reply)[1]).toMatch(/^Starting/);
    expect(buttonsOf(reply)).toEqual([]);
  });

  it("asks no second person", async () => {
    const line = aCommandLine();
    await spendPart(line, 0.835);
    expect(linesOf(await planned(line, "start twitch"))[1]).toMatch(/a second person has to agree/);
  });

  it("refuses what the command itself refuses", async () => {
    await expect(aCommandLine().run("plan start periscope")).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(aCommandLine().run("plan extend youtube 30m")).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  it.each([
    ["plan cost", "`/stream cost` only looks: nothing comes of it."],
    ["plan sync", "`/stream sync` cannot be planned."],
    ["plan plan start all", "`/stream plan` only looks: nothing comes of it."],
    ["plan schedule", "Nothing is planned."],
    ["plan stop all", "Nothing to stop: everything is already off or stopping."],
  ])("has little to say of “%s”", async (typed, words) => {
    expect(linesOf(await aCommandLine().run(typed))[0]).toContain(words);
  });

  it.each([
    ["plan", "For example `/stream plan start all for 3h`."],
    ["plan strat twitch", "Did you mean `/stream plan start`?"],
  ])("asks what “%s” means", async (typed, hint) => {
    await expect(aCommandLine().run(typed)).rejects.toMatchObject({ code: "invalid-input", hint });
  });
});
