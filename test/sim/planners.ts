import { occurrences } from "../../src/domain/schedule.ts";
import { showFrom } from "../../src/domain/stored-show.ts";
import { addDaysTo, wallDate } from "../../src/domain/wall-time.ts";
import type { Faults } from "./faults.ts";
import type { SimOptions } from "./options.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";
import type { SimWorld } from "./world.ts";

type Parts = {
  options: SimOptions;
  world: SimWorld;
  timeline: Timeline;
  random: Random;
  faults: Faults;
  /** Types a line; an admin does, if nobody else may. */
  say(text: string, admin?: boolean): void;
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Among them times that a clock change skips or repeats. */
const times = ["01:30", "02:10", "02:30", "09:00", "19:30", "23:50"];
const weekly = ["sundays", "weekdays", "daily", "sat,sun", "mon,thu"];

/** People who plan shows, leave dates out and take them off again, and admins who keep the money together. */
export function createPlanners({ options, world, timeline, random, faults, say }: Parts) {
  const names: string[] = [];

  const some = () =>
    options.platforms.filter(() => random.chance(0.6)).join(" ") || options.platforms[0];
  const dateIn = (days: number): string =>
    addDaysTo(wallDate(new Date(timeline.now()), options.policy.zone), days);

  function addShow(): void {
    const name = `Show ${names.length + 1}`;
    const when = random.chance(0.6) ? random.pick(weekly) : dateIn(2 + random.below(3));
    const minutes = 20 + random.below(100);
    say(`schedule add "${name}" ${when} ${random.pick(times)} for ${minutes}m ${some()}`);
    names.push(name);
  }

  function changeShow(): void {
    if (names.length === 0) return;
    const name = random.pick(names);
    if (random.chance(0.1)) say(`schedule remove "${name}"`);
    else say(`schedule ${random.pick(["skip", "skip", "unskip"])} "${name}" ${dateIn(2)}`);
  }

  function setBudget(): void {
    const lines = [`budget set ${5 + random.below(60)}`, "budget hardcap on", "budget off"];
    say(random.chance(0.7) ? (lines[0] ?? "") : random.pick(lines), true);
  }

  /** Nothing is quiet when a show is near: each minute has its tick. */
  async function stirForShows(at: number): Promise<void> {
    const notes = await world.notes.list("show#");
    const shows = notes.flatMap(({ words }) => showFrom(words) ?? []);
    for (const show of shows)
      for (const { startsAt } of occurrences(show, new Date(at), new Date(at + day)))
        timeline.at(Math.max(timeline.now(), startsAt.getTime() - 15 * minute), () =>
          faults.stir(25),
        );
  }

  const sometime = (at: number, probability: number, act: () => void): void => {
    if (!random.chance(probability)) return;
    timeline.at(at + random.between(hour, day - hour), () => {
      if (!faults.isCalm()) act();
    });
  };

  return {
    /** Plans one day; `at` is its beginning. */
    plan(at: number): void {
      if (options.budgets) sometime(at, 0.5, setBudget);
      if (options.budgets) sometime(at, 0.1, () => say("budget hardcap on", true));
      if (!options.shows) return;
      sometime(at, names.length < 3 ? 0.8 : 0.1, addShow);
      sometime(at, 0.2, changeShow);
      void stirForShows(at);
    },
  };
}
