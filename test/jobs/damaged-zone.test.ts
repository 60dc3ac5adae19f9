import { expect, it } from "vitest";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aShow } from "../support/shows.ts";
import { aWorld } from "../support/world.ts";

it("a stored show with a damaged zone starts nothing and stops no job: the others go on", async () => {
  const world = aWorld({ now: new Date("2026-11-22T09:55:00Z"), flow: "active" });
  const damaged = toStoredShow(aShow({ id: "show_2", zone: "Mars/Base" }));
  world.notes.put("show#show_1", toStoredShow(aShow({ destinationIds: ["dest_youtube"] })));
  world.notes.put("show#show_2", damaged);
  const patchbay = aPatchbay(world);
  await patchbay.live(10);
  const wishes = world.destinations.all().map(({ id, desired }) => [id, desired]);
  expect(wishes).toContainEqual(["dest_youtube", "on"]);
  expect(wishes).toContainEqual(["dest_twitch", "off"]);
  expect(await world.notes.read("show#show_2")).toBe(damaged);
  expect(world.log.lines.filter(({ event }) => event === "job-failed")).toEqual([]);
});
