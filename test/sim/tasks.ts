import type { Task } from "./campaign.ts";
import type { Asked } from "./command-line.ts";
import type { Form } from "./forms.ts";
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

/** The lives that once failed, short runs of which some are lived twice for their hashes, and two whole years. */
export const ciTasks = (): Task[] => [
  ...regressions.map(({ was: _, ...life }) => ({ ...life, mutant: null })),
  ...seedsFrom(1, { count: 4, days: 5, form: "light" }),
  ...seedsFrom(1, { count: 24, days: 5, form: "light" }),
  ...seedsFrom(26, { count: 2, days: 365, form: "light" }),
];

const seedsFrom = (
  first: number,
  { count, ...life }: { count: number; days: number; form: Form },
): Task[] =>
  Array.from({ length: count }, (_, index) => ({ seed: first + index, ...life, mutant: null }));
