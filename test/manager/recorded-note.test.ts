import { describe, expect, it } from "vitest";
import { OpsError } from "../../src/errors.ts";
import { createSettings } from "../../src/manager/settings.ts";
import { createShows } from "../../src/manager/shows.ts";
import { ana, ben } from "../support/builders.ts";
import { crashAt, hooked } from "../support/hooked.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aShow } from "../support/shows.ts";
import { aWorld, type World } from "../support/world.ts";

const { id: _id, createdAt: _at, skipped: _skipped, ...planned } = aShow();
const lost = new OpsError("aws-unavailable", "DynamoDB did not answer.");
const linesOf = (world: World) => world.audit.all().map(({ what, by }) => `${what} by ${by.name}`);

describe("the audit of settings and shows", () => {
  it("P4 crash: has one line for each change that took effect, wherever a process dies", async () => {
    for (let moment = 0, dead = true; dead; moment++) {
      const world = aWorld();
      const shows = createShows(world.ports);
      const { id: showId } = await shows.add(planned);
      const { wrap } = crashAt(moment);
      const ports = hooked(world.ports, wrap);
      const act = async () => {
        await createSettings(ports).change({ budgetUsd: 400 }, ana);
        await createShows(ports).skip({ showId, date: "2026-11-29", by: ben });
        await createShows(ports).remove(showId, ana);
      };
      dead = await act().then(
        () => false,
        () => true,
      );
      const { budgetUsd } = await createSettings(world.ports).read();
      const [left] = (await shows.list()).shows;
      await aPatchbay(world).live(16);
      expect(linesOf(world)).toEqual([
        "show added by Ana",
        ...(budgetUsd === 400 ? ["budget set by Ana"] : []),
        ...(left === undefined || left.skipped.length > 0 ? ["show skipped by Ben"] : []),
        ...(left === undefined ? ["show removed by Ana"] : []),
      ]);
    }
  });

  it("gets its lines when it can be written again, in order and at their time", async () => {
    const world = aWorld();
    const settings = createSettings(world.ports);
    const at = world.clock.now();
    world.failNext("audit.add", lost, { times: 3 });
    await settings.change({ budgetUsd: 300 }, ana);
    await settings.change({ budgetUsd: 400 }, ben);
    await settings.setReport("day", false, ben);
    expect(linesOf(world)).toEqual([]);
    expect(await settings.read()).toEqual({
      budgetUsd: 400,
      hardCap: false,
      reports: ["week", "month"],
    });
    await aPatchbay(world).live(16);
    expect(linesOf(world)).toEqual([
      "budget set by Ana",
      "budget set by Ben",
      "reports set by Ben",
    ]);
    expect(world.audit.all().every((line) => line.at.getTime() === at.getTime())).toBe(true);
    expect(await world.notes.read("settings")).not.toContain("audit");
  });

  it("T4 single effect: has each line once when an answer is lost and two look for what waits", async () => {
    const world = aWorld();
    world.failNext("audit.add", lost, { effect: true });
    await createSettings(world.ports).change({ hardCap: true }, ana);
    await Promise.all([aPatchbay(world).live(16), aPatchbay(world).live(16)]);
    expect(linesOf(world)).toEqual(["budget set by Ana"]);
  });

  it("lets a show be gone whose removal still waits for the audit", async () => {
    const world = aWorld();
    const shows = createShows(world.ports);
    const { id } = await shows.add(planned);
    world.failNext("audit.add", lost);
    await shows.remove(id, ben);
    expect(await shows.list()).toEqual({ shows: [], unreadable: [] });
    await expect(shows.remove(id, ben)).rejects.toMatchObject({ code: "not-found" });
    await shows.add(planned);
    await aPatchbay(world).live(16);
    expect(await world.notes.read(`show#${id}`)).toBeNull();
    expect(linesOf(world)).toContain("show removed by Ben");
  });

  it("does not touch a note that is damaged or from a newer version", async () => {
    const world = aWorld();
    const words = '{"version":2,"audit":[]}';
    world.notes.put("show#x", words);
    world.notes.put("show#y", "not JSON");
    await aPatchbay(world).live(16);
    expect(await world.notes.read("show#x")).toBe(words);
    expect(await world.notes.read("show#y")).toBe("not JSON");
  });
});
