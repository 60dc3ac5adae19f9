import type { Faults } from "./faults.ts";
import type { SimOptions } from "./options.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

type Parts = { options: SimOptions; timeline: Timeline; faults: Faults; random: Random };

const minute = 60_000;
const day = 24 * 60 * minute;
const warmUpMs = 30 * minute;
const calmMs = 45 * minute;

/** A quiet beginning, then faults; every few days and at the end a calm in which everything must come right. */
export function createCalmSchedule({ options, timeline, faults, random }: Parts) {
  const end = Date.parse(options.startsAt) + options.days * day;
  const storm = () => {
    faults.calm(false);
    const calmAt = Math.min(timeline.now() + random.between(1, 4) * day, end - calmMs);
    timeline.at(calmAt, () => {
      faults.calm(true);
      if (timeline.now() + calmMs < end) timeline.after(calmMs, storm);
    });
  };
  return { start: () => timeline.after(warmUpMs, storm) };
}
