import type { Task } from "./campaign.ts";
import type { Asked } from "./command-line.ts";
import type { Change, Life } from "./forms.ts";
import { regressions } from "./regressions.ts";

/** A fifth of a year; clock changes, month ends and a leap day are among the days that it may begin on. */
const longRun = 73;
const usualDays = 30;

/** What the words on the command line ask for, as seeds and their days. */
export function tasksFor({ do: deed, seed, seeds, days, years, form, change }: Asked): Task[] {
  if (deed === "ci") return ciTasks();
  const count = years === null ? seeds : Math.max(1, Math.round((years * 365) / longRun));
  const tasks = seedsFrom(seed, {
    count,
    days: years === null ? (days ?? usualDays) : longRun,
    form,
  });
  return change === null ? tasks : tasks.map((task) => ({ ...task, change }));
}

/** Lived twice for their hashes: with one process and with two, with a conversation and without. */
const twice = [2, 4, 7, 8];

/** Two days across a clock change with all that people do and much that goes wrong: most situations come about here. */
const crowded: Change = {
  instances: 2,
  messages: true,
  shows: true,
  budgets: true,
  broadcastsPerDay: 8,
  busyRate: 0.4,
  startsAt: "2027-03-13T00:00:00.000Z",
  faults: {
    lost: 1,
    crash: 1,
    throttled: 0.1,
    unavailable: 0.1,
    slow: 0.1,
    hang: 0.1,
    stale: 0.1,
    "key-trouble": 0,
    pause: 0.3,
    "outage-media": 1,
    "hand-edit": 0,
    "source-lost": 1,
    "slack-lost": 0.1,
    "slack-limited": 0.1,
  },
};

/** The lives that once failed, short ones of which some are lived twice, a crowded one, and two whole years. */
export const ciTasks = (): Task[] => [
  ...regressions.map(({ was: _, ...life }) => ({ ...life, mutant: null })),
  ...twice.flatMap((seed) => seedsFrom(seed, { count: 1, days: 5, form: "light" })),
  ...seedsFrom(1, { count: 24, days: 5, form: "light" }),
  ...seedsFrom(8, { count: 1, days: 2, form: "rough", change: crowded }),
  ...seedsFrom(26, { count: 2, days: 365, form: "light" }),
];

const seedsFrom = (
  first: number,
  { count, ...life }: Omit<Life, "seed"> & { count: number },
): Task[] =>
  Array.from({ length: count }, (_, index) => ({ seed: first + index, ...life, mutant: null }));
