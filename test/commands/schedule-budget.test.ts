import { describe, expect, it } from "vitest";
import { aCommandLine, linesOf, operator } from "../support/command-line.ts";

const london = { policy: { zone: "Europe/London" } };
const sunday = 'schedule add "Sunday service" sundays 10:00 for 90m youtube twitch';

describe("a planned show and the budget", () => {
  it("says when it breaks the budget, and stays planned", async () => {
    const line = aCommandLine({ ...london, now: new Date("2026-11-02T12:00:00Z") });
    const { forecast } = await line.manager.costs.month();
    await line.manager.settings.change({ budgetUsd: forecast.usd + 7 }, operator);
    const added = linesOf(await line.run(sunday));
    expect(added).toContainEqual(
      expect.stringMatching(
        /^This breaks the budget in week 4 of November 2026: the forecast is now \$/,
      ),
    );
    expect((await line.manager.shows.list()).shows).toHaveLength(1);
  });

  it("says which later month's budget it breaks, and when", async () => {
    const line = aCommandLine({ ...london, now: new Date("2026-11-28T12:00:00Z") });
    const december = new Date("2026-12-01T00:00:00Z");
    const { forecast } = await line.manager.costs.monthWith([], december);
    await line.manager.settings.change({ budgetUsd: forecast.usd + 7 }, operator);
    const budgetLines = async (typed: string) =>
      linesOf(await line.run(typed)).filter((each) => each.includes("budget"));
    expect(await budgetLines(sunday)).toEqual([
      expect.stringMatching(/^This breaks the budget in week 3 of December 2026: the forecast/),
      expect.stringMatching(/^This breaks the budget in week 3 of January 2027: the forecast/),
    ]);
  });

  it("says that a later month is over its budget already, and nothing of months it is not in", async () => {
    const line = aCommandLine({ ...london, now: new Date("2026-11-28T12:00:00Z") });
    await line.manager.settings.change({ budgetUsd: 1 }, operator);
    const added = linesOf(await line.run(sunday.replace("sundays", "2026-12-13")));
    expect(added.filter((each) => each.includes("budget"))).toEqual([
      expect.stringMatching(/^December 2026 is over its budget even without it: the forecast is/),
    ]);
  });
});
