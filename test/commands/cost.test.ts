import { describe, expect, it } from "vitest";
import { spendPart } from "../support/budget.ts";
import { aCommandLine, linesOf, viewer } from "../support/command-line.ts";

/** A site on which 60 % of the budget is spent. */
async function spent() {
  const line = aCommandLine();
  await spendPart(line, 0.6);
  return line;
}

describe("cost", () => {
  it("says what this month has cost and will have cost, to everybody", async () => {
    const { run } = await spent();
    const reply = await run("cost", { asker: viewer });
    expect(linesOf(reply)[0]).toMatch(
      /^\*November 2026\*: \$8\.\d\d spent, forecast \$\d+\.\d\d; the budget is \$1\d\.\d\d\.$/,
    );
    expect(linesOf(reply).at(-1)).toMatch(/^Estimates by list prices of 20\d\d-/);
    expect(reply).toMatchObject({
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
    expect(reply).toMatchObject({
      chart: null,
      table: {
        rows: [["Flow and idle fees"], ["Total"]].map((row) => expect.arrayContaining(row)),
      },
    });
  });

  it.each(["cost 2027-01", "cost 2026-13", "cost decades", "cost 1e99"])(
    "refuses %s with an example",
    async (typed) => {
      await expect(aCommandLine().run(typed)).rejects.toMatchObject({
        code: "invalid-input",
        hint: expect.stringContaining("`2026-11`"),
      });
    },
  );

  it.each(["cost", "report"])(
    "answers %s also when the budget cannot be read, and says so",
    async (typed) => {
      const { world, run } = await spent();
      world.notes.put("settings", '{"version":2}');
      await world.clock.advance(120_000);
      const lines = linesOf(await run(typed)).join("\n");
      expect(lines).toMatch(/\$8\.\d\d/);
      expect(lines).toContain("nothing of the budget is enforced");
      expect(lines).toContain("`/stream budget set 400`");
    },
  );
});
