import type { Faults } from "./faults.ts";
import type { SimOptions } from "./options.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";
import type { SimWorld } from "./world.ts";

type Parts = {
  options: SimOptions;
  world: SimWorld;
  timeline: Timeline;
  faults: Faults;
  random: Random;
};

const minute = 60_000;
const day = 24 * 60 * minute;
const warmUpMs = 30 * minute;
const calmMs = 45 * minute;
const patienceMs = 2 * day;

/**
 * A quiet beginning, then faults; every few days and at the end a calm in which everything must come right. It comes in
 * the middle of something, if something goes on within two days.
 */
export function createCalmSchedule({ options, world, timeline, faults, random }: Parts) {
  const end = Date.parse(options.startsAt) + options.days * day;
  const isBusy = () => world.destinations.all().some(({ desired }) => desired === "on");

  function storm(): void {
    faults.calm(false);
    const dueAt = timeline.now() + random.between(1, 4) * day;
    lookAgain(dueAt, dueAt + patienceMs);
  }
  function lookAgain(at: number, latest: number): void {
    timeline.at(Math.min(at, end - calmMs), () => {
      const now = timeline.now();
      if (!isBusy() && now < Math.min(latest, end - calmMs))
        return lookAgain(now + random.between(1, 10) * minute, latest);
      faults.calm(true);
      if (now + calmMs < end) timeline.after(calmMs, storm);
    });
  }
  return { start: () => timeline.after(warmUpMs, storm) };
}
