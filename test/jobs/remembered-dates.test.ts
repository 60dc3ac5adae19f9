import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/domain/policy.ts";
import type { Show } from "../../src/domain/show.ts";
import { toStoredShow } from "../../src/domain/stored-show.ts";
import { goNoGoCalls } from "../../src/jobs/go-no-go.ts";
import { showStarts } from "../../src/jobs/shows.ts";
import { createTick } from "../../src/jobs/tick.ts";
import { channelByPlatform } from "../support/builders.ts";
import { inWords } from "../support/command-line.ts";
import { aPatchbay } from "../support/patchbay.ts";
import { aShow } from "../support/shows.ts";
import { aWorld } from "../support/world.ts";

const sunday = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const damaged = "occurrence#show_1#2026-11-22";

/** Sunday service is planned for 10:00 to 11:30 UTC, and its note says these words; `at` runs both jobs of shows then. */
function aSite(words: string, ...others: Partial<Show>[]) {
  const world = aWorld({ now: sunday("08:00"), flow: "active" });
  for (const show of [{ destinationIds: ["dest_youtube"] }, ...others]) {
    const planned = aShow({ zone: "UTC", ...show });
    world.notes.put(`show#${planned.id}`, toStoredShow(planned));
  }
  world.notes.put(damaged, words);
  const patchbay = aPatchbay(world);
  const at = async (time: string) => {
    world.clock.set(sunday(time));
    const context = { manager: patchbay.manager, ports: world.ports, policy: defaultPolicy };
    await showStarts.run(world.clock.now(), createTick(context));
    await goNoGoCalls.run(world.clock.now(), createTick(context));
    await patchbay.converge();
  };
  const told = () => world.announcements.all();
  return { world, at, told };
}

describe("a date whose memory cannot be read", () => {
  it("is left to people, who are told once", async () => {
    const { world, at, told } = aSite('{"version":2}');
    for (const time of ["09:30", "09:56", "09:57", "10:05"]) await at(time);
    expect(world.channels.running()).toEqual([]);
    expect(await world.notes.read(damaged)).toBe('{"version":2}');
    expect(told().map(({ key, loud }) => [key, loud])).toEqual([[`unreadable.${damaged}`, true]]);
    expect(told()[0]?.content.lines.map(inWords)).toEqual([
      `*Sunday service* at 10:00 is left to you: what was done about that date cannot be read, because the note \`${damaged}\` is damaged or from a newer patchbay.`,
      "Nothing is started or extended for it, and the note stays as it is. Other dates and shows go on as planned.",
      "Start it by hand: `/stream start dest_youtube until 2026-11-22 11:30 UTC`. It starts by itself if, before 10:15, the newer patchbay runs or somebody deletes that note from patchbay's table.",
    ]);
  });

  it.each(["{}", "not JSON", '{"version":2}'])(
    "does not keep the other shows from their time and their questions (%s)",
    async (words) => {
      const { world, at, told } = aSite(words, {
        id: "show_2",
        name: "Coffee",
        destinationIds: ["dest_twitch"],
      });
      await at("09:30");
      expect(told().map(({ key }) => key)).toContain("show_2_2026-11-22_go");
      await at("09:56");
      expect(world.channels.running()).toEqual([channelByPlatform.twitch]);
    },
  );

  it("is not spoken of when the date is over", async () => {
    const { at, told } = aSite('{"version":2}');
    await at("11:31");
    expect(told()).toEqual([]);
  });
});
