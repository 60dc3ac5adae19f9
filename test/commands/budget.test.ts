import { describe, expect, it } from "vitest";
import { parseDollars } from "../../src/commands/dollars.ts";
import { spendPart } from "../support/budget.ts";
import { aCommandLine, buttonsOf, linesOf, operator, viewer } from "../support/command-line.ts";

const admin = { asker: { id: "U0ADA", name: "Ada", role: "admin" as const } };

describe("budget", () => {
  it("says that there is none, and how to set one", async () => {
    expect(linesOf(await aCommandLine().run("budget", { asker: viewer }))).toEqual([
      expect.stringMatching(/^No budget is set\. \*November 2026\*: \$0\.00 spent, forecast \$/),
      "An admin sets one with `/stream budget set 400`.",
    ]);
  });

  it("says what is spent, what is left, and what each step of the ladder means", async () => {
    const line = aCommandLine();
    await spendPart(line, 0.835);
    expect(linesOf(await line.run("budget"))).toEqual([
      expect.stringMatching(/^\*November 2026\*: \$\d+\.\d\d of \$\d+\.\d\d spent \(83 %\), \$\d/),
      expect.stringMatching(/^Forecast for the whole month: \$\d+\.\d\d \(\d+ %\)\.$/),
      expect.stringMatching(/^50 % \(\$\d+\.\d\d\): everybody is told · reached$/),
      expect.stringMatching(/^80 % .*: a start needs a second person · reached$/),
      expect.stringMatching(
        /^95 % .*: nothing is on for longer than 1 h at a time · the forecast gets there$/,
      ),
      expect.stringMatching(/^100 % .*: only admins start anything · the forecast gets there$/),
      "Hard cap off: what is on stays on until its end.",
    ]);
  });
});

describe("budget set", () => {
  it("sets it, says what it was, and how to undo that", async () => {
    const line = aCommandLine();
    const first = await line.run("budget set 300", admin);
    expect(buttonsOf(first)).toEqual(["Undo → budget off"]);
    const reply = await line.run("budget set $400.50", admin);
    expect(linesOf(reply)[0]).toBe("The budget is $400.50 a month now; it was $300.00 a month.");
    expect(buttonsOf(reply)).toEqual(["Undo → budget set 300"]);
    expect(linesOf(reply)[1]).toContain("of $400.50 spent");
    expect(await line.manager.settings.read()).toMatchObject({ budgetUsd: 400.5, hardCap: false });
    const [entry] = await line.manager.history({ limit: 1 });
    expect(entry).toMatchObject({ what: "budget set", by: { name: "Ada" } });
  });

  it("says that it is so already, with nothing to undo", async () => {
    const { run } = aCommandLine();
    await run("budget set 300", admin);
    const reply = await run("budget set 300", admin);
    expect(linesOf(reply)[0]).toBe("The budget is $300.00 a month already.");
    expect(buttonsOf(reply)).toEqual([]);
  });

  it("switches the hard cap, and the whole budget off", async () => {
    const line = aCommandLine();
    await line.run("budget set 400", admin);
    const capped = await line.run("budget hardcap ON", admin);
    expect(linesOf(capped)[0]).toBe("The hard cap is on now.");
    expect(buttonsOf(capped)).toEqual(["Undo → budget hardcap off"]);
    expect(linesOf(await line.run("budget off", admin))[0]).toBe(
      "The budget is off now; it was $400.00 a month.",
    );
    expect(await line.manager.settings.read()).toMatchObject({ budgetUsd: null, hardCap: true });
  });

  it.each(["budget set 400", "budget off", "budget hardcap on"])(
    "is refused to an operator: %s",
    async (typed) => {
      const line = aCommandLine();
      await expect(line.run(typed, { asker: operator })).rejects.toMatchObject({
        code: "not-allowed",
      });
      expect(await line.world.notes.list("settings")).toEqual([]);
    },
  );

  it("never overwrites settings that are damaged, and says what that means", async () => {
    const line = aCommandLine();
    line.world.notes.put("settings", '{"version":2}');
    await expect(line.run("budget")).rejects.toMatchObject({
      message: expect.stringContaining("nothing of the budget is enforced"),
      hint: expect.stringContaining("delete that note"),
    });
    await expect(line.run("budget set 400", admin)).rejects.toMatchObject({
      code: "not-configured",
    });
    expect(await line.world.notes.read("settings")).toBe('{"version":2}');
  });

  it.each([
    "set",
    "set NaN",
    "set 0",
    "set -5",
    "set 1e99",
    "set Infinity",
    "set €400",
    "set 400 euros",
    "set 99999999999999999999",
    "set 4.005",
    "set 1,2,3",
    "set ४००",
    "set live_987654_SeCrEtKeyOfTwItCh",
    "hardcap",
    "hardcap maybe",
    "off now",
    "sett 400",
    "__proto__",
  ])("refuses “%s” with an example, and sets nothing", async (words) => {
    const line = aCommandLine();
    const refused = line.run(`budget ${words}`, admin);
    await expect(refused).rejects.toMatchObject({ code: "invalid-input" });
    await expect(refused).rejects.not.toThrow(/SeCrEt/);
    expect(await line.world.notes.list("settings")).toEqual([]);
  });
});

describe("a sum of dollars", () => {
  it.each([
    ["400", 400],
    ["$400", 400],
    ["400$", 400],
    ["US$ 400", 400],
    ["400 dollars", 400],
    ["1,200.50 USD a month", 1200.5],
    ["0.5", 0.5],
  ])("is understood: %s", (typed, usd) => {
    expect(parseDollars(typed)).toBe(usd);
  });
});
