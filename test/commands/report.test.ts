import { describe, expect, it } from "vitest";
import { spendPart } from "../support/budget.ts";
import { aCommandLine, linesOf, viewer } from "../support/command-line.ts";

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
