import { describe, expect, it } from "vitest";
import { aCommandLine, linesOf, operator, viewer } from "../support/command-line.ts";

describe("history", () => {
  it("says who did what, when and why, newest first", async () => {
    const line = aCommandLine({ flow: "active" });
    await line.run("start twitch for 2h");
    await line.world.clock.advance(60_000);
    await line.run("extend twitch 30m the speaker is late");
    await line.world.clock.advance(60_000);
    await line.pass(2);
    await line.run("budget set 400", { asker: { ...operator, role: "admin" } });
    const said = linesOf(await line.run("history", { asker: viewer }));
    expect(said.slice(0, 3)).toEqual([
      expect.stringMatching(/Ana: budget set \*the site\*: none, hard cap off → \$400\.00 a month/),
      "19:01 · Ana: end of *Twitch* moved from 21:00 to 21:30 (the speaker is late)",
      "19:00 · Ana: started *Twitch* until 21:00",
    ]);
    expect(linesOf(await line.run("history twitch"))).toHaveLength(2);
    expect(linesOf(await line.run("history youtube"))).toEqual(["Nothing is written down yet."]);
  });

  it.each([
    ["stop twitch", "stopped *Twitch*, to go off at 21:00"],
    ["extend twitch until 20:00", "*Twitch* shortened from 21:00 to 20:00"],
    ["hold twitch until 22:00", "*Twitch* held until 22:00"],
    ["ignore flow until 2026-12-22", "leak *flow* set aside until 2026-12-22"],
  ])("tells of “%s” in plain words", async (typed, words) => {
    const line = aCommandLine({ flow: "active" });
    await line.run("start twitch for 2h");
    await line.pass(6);
    await line.run(typed);
    await line.pass(6);
    expect(linesOf(await line.run("history"))[0]).toBe(`19:00 · Ana: ${words}`);
  });

  it("calls the destinations of a show by their names", async () => {
    const { run } = aCommandLine();
    await run('schedule add "Sunday service" sundays 10:00 for 90m youtube twitch');
    await run('schedule remove "Sunday service"');
    expect(linesOf(await run("history"))[0]).toMatch(/for 90m YouTube Twitch late 15m$/);
  });

  it("repeats nothing that looks like a secret", async () => {
    const { world, run } = aCommandLine();
    await world.ports.audit.add({
      id: "audit_1",
      at: world.clock.now(),
      by: operator,
      what: "failed",
      destinationId: null,
      object: "Twitch",
      why: "refused live_987654_SeCrEtKeyOfTwItCh",
      before: null,
      after: null,
      intentId: null,
    });
    expect(linesOf(await run("history"))).toEqual(["19:00 · Ana: failed *Twitch* ([left out])"]);
  });
});
