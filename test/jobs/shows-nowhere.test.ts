import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { showStarts } from "../../src/jobs/shows.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { channelByPlatform } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aShow } from "../support/shows.ts";
import { aWorld } from "../support/world.ts";

const sunday = (time: string) => new Date(`2026-11-22T${time}:00Z`);

/** Sunday service is planned for 10:00 to 11:30 UTC for destinations that may be gone; `at` runs the job then. */
function aSite(...destinationIds: string[]) {
  const world = aWorld({ now: sunday("08:00") });
  const { manager, converge } = aPatchbay(world);
  world.notes.put("show#show_1", toStoredShow(aShow({ zone: "UTC", destinationIds })));
  const at = async (when: Date) => {
    world.clock.set(when);
    const context = { manager, ports: world.ports, policy: defaultPolicy };
    await showStarts.run(when, createTick(context));
    await converge();
  };
  const told = () => world.announcements.all();
  return { world, at, told };
}

describe("a planned show whose destinations are all gone", () => {
  it("is told ahead of its time, with the way to mend it", async () => {
    const { world, at, told } = aSite("dest_old", "dest_older");
    await at(sunday("08:59"));
    expect(told()).toEqual([]);
    await at(sunday("09:05"));
    expect(told()[0]?.content.lines.map(inWords)).toEqual([
      "*Sunday service* starts nothing at 10:00, nor on any other date: none of its destinations is there any more.",
      'To mend that, remove it and plan it again with the destinations that you want, for example: `/stream schedule add "Sunday service" sun 10:00 UTC for 90m all late 15m`',
    ]);
    expect(told()[0]?.content.buttons).toMatchObject([
      { label: "Remove the show", command: "schedule remove show_1" },
    ]);
    expect(world.channels.running()).toEqual([]);
  });

  it("is told once, whatever dates follow and however often it is looked at", async () => {
    const { told, at } = aSite("dest_old");
    for (const time of ["09:05", "09:06", "09:58", "10:20"]) await at(sunday(time));
    await at(new Date("2026-11-29T09:10:00Z"));
    expect(told().map(({ key }) => key)).toEqual(["show_1_nowhere"]);
  });

  it("is not told of a date that is over", async () => {
    const { told, at } = aSite("dest_old");
    await at(sunday("11:30"));
    expect(told()).toEqual([]);
  });

  it("starts what is left while some of them are", async () => {
    const { world, told, at } = aSite("dest_old", "dest_twitch");
    await at(sunday("09:56"));
    expect(world.channels.running()).toEqual([channelByPlatform.twitch]);
    expect(told()).toEqual([]);
  });
});
