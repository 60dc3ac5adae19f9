import { describe, expect, it } from "vitest";
import { spendPart } from "../support/budget.ts";
import { aCommandLine, linesOf, operator, viewer } from "../support/command-line.ts";

/** A site on which 60 % of the budget is spent. */
async function spent() {
  const line = aCommandLine();
  await spendPart(line, 0.6);
  return line;
}

const figuresOf = (reply: Awaited<ReturnType<Awaited<ReturnType<typeof spent>>["run"]>>) =>
  reply.kind === "lines" ? { table: reply.table, chart: reply.chart } : {};

describe("cost", () => {
  it("says what this month has cost and will have cost, to everybody", async () => {
    const { run } = await spent();
    const reply = await run("cost", { asker: viewer });
    expect(linesOf(reply)[0]).toMatch(
      /^\*November 2026\*: \$8\.\d\d spent, forecast \$\d+\.\d\d; the budget is \$1\d\.\d\d\.$/,
    );
    expect(linesOf(reply).at(-1)).toMatch(/^Estimates by list prices of 20\d\d-/);
    expect(figuresOf(reply)).toMatchObject({
      table: { rows: expect.arrayContaining([expect.arrayContaining(["Twitch", "10.0", "1"])]) },
      chart: { kind: "bar", labels: ["Twitch"] },
    });
  });

  it.each(["cost today", "cost week", "cost 2026-11", "cost month"])("takes %s", async (typed) => {
    const { run } = await spent();
    expect(linesOf(await run(typed))[0]).toMatch(/spent/);
  });

  it("has figures also when nothing was on", async () => {
    const reply = await aCommandLine().run("cost 2026-10");
    expect(linesOf(reply)[0]).toBe("*October 2026*: $0.00 spent.");
    expect(figuresOf(reply)).toMatchObject({
      chart: null,
      table: {
        rows: [["Flow and idle fees"], ["Total"]].map((row) => expect.arrayContaining(row)),
      },
    });
  });

  it.each(["cost 2027-01", "cost 2026-13", "cost yesteryear", "cost 1e99"])(
    "refuses %s with an example",
    async (typed) => {
      await expect(aCommandLine().run(typed)).rejects.toMatchObject({
        code: "invalid-input",
        hint: expect.stringContaining("`2026-11`"),
      });
    },
  );
});

describe("report", () => {
  it("is for the person who asks, with a button that posts it", async () => {
    const line = await spent();
    const reply = await line.run("report");
    expect(linesOf(reply)[0]).toMatch(/^\*November 2026\*: 10 h in 1 session, \$8\.\d\d\.$/);
    expect(figuresOf(reply).table?.rows.length).toBeGreaterThan(1);
    expect(reply).toMatchObject({
      buttons: [{ label: "Post with CSV in the conversation", command: "report month post" }],
    });
    expect(line.world.announcements.all()).toEqual([]);
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
      "19:01 · Ana: extend *Twitch*: 21:00 → 21:30 (the speaker is late)",
      "19:00 · Ana: start *Twitch*: 21:00",
    ]);
    expect(linesOf(await line.run("history twitch"))).toHaveLength(2);
    expect(linesOf(await line.run("history youtube"))).toEqual(["Nothing is written down yet."]);
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

describe("sync", () => {
  it("says that all is as people asked", async () => {
    expect(linesOf(await aCommandLine().run("sync"))).toEqual([
      "Looked at AWS: 5 channels, the flow is standby, 5 destinations.",
      "AWS is as people asked: there was nothing to do.",
      "Nothing is there that nobody asked for.",
    ]);
  });

  it("puts right what can be, and asks about what nobody started here", async () => {
    const line = aCommandLine({ flow: "active" });
    line.world.channels.put({ channelId: "1003", state: "running" });
    await line.pass(2);
    const reply = await line.run("sync");
    expect(linesOf(reply)).toContainEqual(expect.stringMatching(/^Who is this\? \*Twitch\*/));
    expect(reply).toMatchObject({
      buttons: expect.arrayContaining([expect.objectContaining({ label: "Stop" })]),
    });
  });

  it("is not for viewers, and takes no words", async () => {
    const { run } = aCommandLine();
    await expect(run("sync", { asker: viewer })).rejects.toMatchObject({ code: "not-allowed" });
    await expect(run("sync twitch")).rejects.toMatchObject({ code: "invalid-input" });
  });
});
