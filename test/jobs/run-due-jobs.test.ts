import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay, type PatchbayOptions } from "../support/patchbay.ts";
import { aWorld } from "../support/world.ts";

/** A site that lives with a note that says these words; `told` is what people hear of it. */
async function aSiteWith(key: string, words: string, options: PatchbayOptions = {}) {
  const world = aWorld({ now: new Date("2026-11-22T08:58:00Z") });
  world.notes.put(key, words);
  await aPatchbay(world, options).live(7);
  const told = world.announcements
    .all()
    .filter((each) => each.key.startsWith("unreadable."))
    .map((each) => [each.key, ...each.content.lines.map(inWords)]);
  return { world, told };
}

describe("a job that cannot read a note", () => {
  it.each(['{"version":2,"hardCap":true}', "not JSON"])(
    "has people told once what of the budget is not enforced (%s)",
    async (words) => {
      const { world, told } = await aSiteWith("settings", words);
      expect(told).toEqual([
        [
          "unreadable.settings",
          "The budget and the choice of reports cannot be read, because the note `settings` is damaged or from a newer patchbay: nothing of the budget is enforced, and no report comes by itself.",
          "Run the newer patchbay, or delete that note from patchbay's table. An admin then sets the budget again: `/stream budget set 400`.",
        ],
      ]);
      expect(await world.notes.read("settings")).toBe(words);
    },
  );

  it.each([
    [
      "price-corrections",
      /^What the bill has taught about prices cannot be read.*nothing of the budget is enforced/,
    ],
    ["known-since", /^Since when patchbay has looked after the site cannot be read/],
    [
      "leaks.ignored",
      /^What the daily list is to leave out cannot be read.*: the list leaves nothing out\.$/,
    ],
    [
      "bill#2026-11-20",
      /^What was billed on a day cannot be read.*: no more is learned from the bill/,
    ],
    ["budget-alerts#2026-11", /^What was said of the month's budget cannot be read/],
    ["usage-reports", /^What was reported last cannot be read.*`\/stream report` still answers\.$/],
    ["advisor", /^Something patchbay noted cannot be read.*: what rests on it waits\.$/],
  ])("says of the note %s what that means", async (key, words) => {
    const bill = { day: () => Promise.resolve([]) };
    const { world, told } = await aSiteWith(key, "{}", { ports: { bill } });
    expect(told).toEqual([[`unreadable.${key}`, expect.stringMatching(words), expect.any(String)]]);
    expect(await world.notes.read(key)).toBe("{}");
  });

  it("says nothing of a failure that may pass, and logs it", async () => {
    const world = aWorld({ now: new Date("2026-11-22T08:58:00Z") });
    const failed = new OpsError("not-configured", "No such table.");
    world.failNext("spans.list", failed, { times: 1_000 });
    await aPatchbay(world).live(7);
    expect(world.log.lines.map(({ event }) => event)).toContain("job-failed");
    expect(world.announcements.all()).toEqual([]);
  });
});
