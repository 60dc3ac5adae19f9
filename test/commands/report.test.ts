import { describe, expect, it } from "vitest";
import { spendPart } from "../support/budget.ts";
import { aCommandLine, buttonsOf, linesOf, operator, viewer } from "../support/command-line.ts";

/** A site on which 60 % of the budget is spent. */
async function spent() {
  const line = aCommandLine();
  await spendPart(line, 0.6);
  return line;
}

describe("report", () => {
  it("is for the person who asks, with a button that posts it", async () => {
    const line = await spent();
    const reply = await line.run("report");
    expect(linesOf(reply)[0]).toMatch(/^\*November 2026\*: 10 h in 1 session, \$8\.\d\d\.$/);
    expect(reply).toMatchObject({
      table: { rows: expect.arrayContaining([expect.arrayContaining(["Twitch", "10.0"])]) },
      buttons: [{ label: "Post with CSV in the conversation", command: "report month post" }],
    });
    expect(line.world.announcements.all()).toEqual([]);
  });

  it.each([
    ["report moth", "month"],
    ["cost yesterdy", "yesterday"],
    ["report last wek post", "last week"],
  ])("knows what “%s” is nearly", async (typed, near) => {
    await expect(aCommandLine().run(typed)).rejects.toMatchObject({
      message: "I do not know that period.",
      hint: `Did you mean \`${near}\`?`,
    });
  });

  it("has no such button for a viewer, who may not post", async () => {
    const { run } = await spent();
    expect(await run("report week", { asker: viewer })).toMatchObject({ buttons: [] });
    await expect(run("report week post", { asker: viewer })).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  it("is posted once with its file, however often the button is pressed", async () => {
    const { world, run } = await spent();
    expect(linesOf(await run("report month post"))).toEqual([
      "The report is on its way to the conversation.",
    ]);
    expect(linesOf(await run("report month post"))).toEqual([
      "That report was posted within this hour already.",
    ]);
    expect(world.announcements.all()).toMatchObject([
      { open: false, content: { file: { name: "usage-month-2026-11.csv" } } },
    ]);
  });
});

const admin = { asker: { id: "U0ADA", name: "Ada", role: "admin" as const } };

describe("report daily, weekly and monthly", () => {
  it("switches one kind of report off, and leaves the others as they are", async () => {
    const line = aCommandLine();
    const reply = await line.run("report Daily OFF", admin);
    expect(linesOf(reply)).toEqual([
      "From now on the daily report does not come by itself.",
      "Reports that come by themselves: weekly, monthly. Admins choose them: `/stream report daily on`.",
    ]);
    expect(buttonsOf(reply)).toEqual(["Undo → report daily on"]);
    expect((await line.manager.settings.read()).reports).toEqual(["week", "month"]);
    const [entry] = await line.manager.history({ limit: 1 });
    expect(entry).toMatchObject({
      what: "reports set",
      by: { name: "Ada" },
      before: "daily, weekly, monthly",
      after: "weekly, monthly",
    });
  });

  it("switches it on again, in its place", async () => {
    const line = aCommandLine();
    await line.run("report daily off", admin);
    await line.run("report weekly off", admin);
    const reply = await line.run("report weekly on", admin);
    expect(linesOf(reply)[0]).toBe("From now on the weekly report comes on Mondays at 08:00.");
    expect(buttonsOf(reply)).toEqual(["Undo → report weekly off"]);
    expect((await line.manager.settings.read()).reports).toEqual(["week", "month"]);
  });

  it("says when it is so already, with nothing to undo", async () => {
    const reply = await aCommandLine().run("report monthly on", admin);
    expect(linesOf(reply)[0]).toBe(
      "The monthly report comes on the first of the month at 08:00 already.",
    );
    expect(buttonsOf(reply)).toEqual([]);
  });

  it("keeps the budget that somebody sets at the same time", async () => {
    const line = aCommandLine();
    await Promise.all([
      line.run("budget set 400", admin),
      line.run("report daily off", admin),
      line.run("report monthly off", admin),
    ]);
    expect(await line.manager.settings.read()).toMatchObject({
      budgetUsd: 400,
      reports: ["week"],
    });
  });

  it.each([operator, viewer])("is refused to $name", async (asker) => {
    const line = aCommandLine();
    await expect(line.run("report daily off", { asker })).rejects.toMatchObject({
      code: "not-allowed",
    });
    expect(await line.world.notes.list("settings")).toEqual([]);
  });

  it.each(["daily", "weekly maybe", "monthly off now", "daily post"])(
    "refuses “%s” with an example, and sets nothing",
    async (words) => {
      const line = aCommandLine();
      await expect(line.run(`report ${words}`, admin)).rejects.toMatchObject({
        code: "invalid-input",
        hint: expect.stringMatching(/\/stream report (daily|weekly|monthly) off/),
      });
      expect(await line.world.notes.list("settings")).toEqual([]);
    },
  );

  it("is what a report says last, to the person who asks", async () => {
    const { run, world } = await spent();
    expect(linesOf(await run("report")).at(-1)).toMatch(
      /^Reports that come by themselves: daily, weekly, monthly\./,
    );
    await run("report month post");
    const [posted] = world.announcements.all();
    expect(JSON.stringify(posted?.content.lines)).not.toContain("by themselves");
  });
});
