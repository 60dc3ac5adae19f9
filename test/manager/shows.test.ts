import { describe, expect, it } from "vitest";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { OpsError } from "../../src/errors.ts";
import { createShows } from "../../src/manager/shows.ts";
import { ana, ben } from "../support/builders.ts";
import { aShow } from "../support/shows.ts";
import { aWorld } from "../support/world.ts";

function aSchedule() {
  const world = aWorld();
  return { world, shows: createShows(world.ports), another: createShows(world.ports) };
}

const { id: _id, createdAt: _at, skipped: _skipped, ...planned } = aShow();
const lost = new OpsError("aws-unavailable", "DynamoDB did not answer.");
const newer = JSON.stringify({ ...JSON.parse(toStoredShow(aShow())), version: 2 });

describe("shows", () => {
  it("are kept with an id and the time they were made", async () => {
    const { world, shows, another } = aSchedule();
    const show = await shows.add(planned);
    expect(show).toEqual({ ...planned, id: show.id, skipped: [], createdAt: world.clock.now() });
    expect(await another.list()).toEqual({ shows: [show], unreadable: [] });
  });

  it("have names that differ", async () => {
    const { shows } = aSchedule();
    await shows.add(planned);
    const again = shows.add({ ...planned, name: "SUNDAY service" });
    await expect(again).rejects.toMatchObject({ code: "already-so" });
    expect((await shows.list()).shows).toHaveLength(1);
  });

  it("leave out a date, and take it back", async () => {
    const { shows } = aSchedule();
    const { id: showId } = await shows.add(planned);
    await shows.skip({ showId, date: "2026-12-06", by: ben });
    const both = await shows.skip({ showId, date: "2026-11-29", by: ben });
    expect(both.skipped).toEqual(["2026-11-29", "2026-12-06"]);
    const again = shows.skip({ showId, date: "2026-11-29", by: ben });
    await expect(again).rejects.toMatchObject({ code: "already-so" });
    await shows.unskip({ showId, date: "2026-12-06", by: ben });
    expect((await shows.list()).shows[0]?.skipped).toEqual(["2026-11-29"]);
    const none = shows.unskip({ showId, date: "2026-12-06", by: ben });
    await expect(none).rejects.toMatchObject({ code: "already-so" });
  });

  it("leave out no date on which they do not come", async () => {
    const { shows } = aSchedule();
    const { id: showId } = await shows.add(planned);
    const monday = shows.skip({ showId, date: "2026-11-30", by: ben });
    await expect(monday).rejects.toMatchObject({ code: "not-found" });
  });

  it("are gone when they are removed", async () => {
    const { shows } = aSchedule();
    const show = await shows.add(planned);
    expect(await shows.remove(show.id, ben)).toEqual(show);
    expect((await shows.list()).shows).toEqual([]);
    await expect(shows.remove(show.id, ben)).rejects.toMatchObject({ code: "not-found" });
    const skip = shows.skip({ showId: show.id, date: "2026-11-29", by: ben });
    await expect(skip).rejects.toMatchObject({ code: "not-found" });
  });

  it("stand in the audit with who did what, in words that make them again", async () => {
    const { world, shows } = aSchedule();
    const { id: showId } = await shows.add(planned);
    await shows.skip({ showId, date: "2026-11-29", by: ben });
    await shows.unskip({ showId, date: "2026-11-29", by: ben });
    await shows.remove(showId, ben);
    const words =
      '"Sunday service" sun 10:00 Europe/London for 90m dest_youtube dest_twitch late 15m';
    const lines = world.audit
      .all()
      .map(({ by, what, before, after }) => [by.name, what, before, after]);
    expect(lines).toEqual([
      [ana.name, "show added", null, words],
      [ben.name, "show skipped", null, "2026-11-29"],
      [ben.name, "show unskipped", "2026-11-29", null],
      [ben.name, "show removed", words, null],
    ]);
    expect(world.audit.all().every(({ object }) => object === "Sunday service")).toBe(true);
  });

  it("are changed all the same when the audit cannot be written, and their lines wait", async () => {
    const { world, shows } = aSchedule();
    world.failNext("audit.add", lost);
    const show = await shows.add(planned);
    expect((await shows.list()).shows).toEqual([show]);
    expect(world.audit.all()).toEqual([]);
    await shows.skip({ showId: show.id, date: "2026-11-29", by: ben });
    expect(world.audit.all().map(({ what }) => what)).toEqual(["show added", "show skipped"]);
  });
});

describe("two who change a show at once", () => {
  it("both get what they want", async () => {
    const { shows, another } = aSchedule();
    const { id: showId } = await shows.add(planned);
    await Promise.all([
      shows.skip({ showId, date: "2026-11-29", by: ana }),
      another.skip({ showId, date: "2026-12-06", by: ben }),
    ]);
    expect((await shows.list()).shows[0]?.skipped).toEqual(["2026-11-29", "2026-12-06"]);
  });

  it("are told when it does not come to rest", async () => {
    const { world, shows } = aSchedule();
    const { id: showId } = await shows.add(planned);
    const conflict = new OpsError("conflict", "Somebody else changed this in between.");
    world.failNext("notes.write", conflict, { times: 5 });
    const skip = shows.skip({ showId, date: "2026-11-29", by: ben });
    await expect(skip).rejects.toMatchObject({ code: "conflict", hint: "Try again." });
  });
});

describe("a write whose answer is lost", () => {
  it.each([
    ["after it happened", true, 1],
    ["before it happened", false, 0],
  ])("%s is told as it is", async (_when, effect, kept) => {
    const { world, shows } = aSchedule();
    world.failNext("notes.write", lost, { effect });
    const added = await shows.add(planned).catch((error: unknown) => error);
    expect(added instanceof OpsError).toBe(!effect);
    expect((await shows.list()).shows).toHaveLength(kept);
  });

  it("of a removal is a removal", async () => {
    const { world, shows } = aSchedule();
    const show = await shows.add(planned);
    world.failNext("notes.write", lost, { effect: true });
    expect(await shows.remove(show.id, ben)).toEqual(show);
  });
});

describe("notes of shows that cannot be read", () => {
  it.each([
    ["damaged", "{"],
    ["from a newer version", newer],
  ])("are listed and left as they are: %s", async (_what, words) => {
    const { world, shows } = aSchedule();
    const show = await shows.add(planned);
    world.notes.put("show#show_odd", words);
    expect(await shows.list()).toEqual({ shows: [show], unreadable: ["show_odd"] });
    const date = "2026-11-29";
    for (const act of [
      shows.skip({ showId: "show_odd", date, by: ben }),
      shows.unskip({ showId: "show_odd", date, by: ben }),
      shows.remove("show_odd", ben),
    ])
      await expect(act).rejects.toThrow("That show is damaged or from a newer version");
    expect(await world.notes.read("show#show_odd")).toBe(words);
  });
});
