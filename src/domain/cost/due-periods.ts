import { firstInstantAt, wallDate } from "../wall-time.ts";
import { type Period, type PeriodKind, periodAt, previousPeriod } from "./period.ts";

/**
 * True in the minutes in which something can fall due: local times are whole quarters of an hour away from UTC, and what
 * such a minute misses the next one finds.
 */
export const mayFallDue = (now: Date): boolean => now.getUTCMinutes() % 15 === 0;

export type DueQuestion = {
  kind: PeriodKind;
  /** At this wall time of the day after a period something is due about it, "08:00". */
  timeLocal: string;
  zone: string;
  /** How many periods back something missed is still made good. */
  depth: number;
  /** The name of the last period that is done; "" for none. */
  after: string;
  now: Date;
};

export type DuePeriod = { period: Period; dueAt: Date };

/** The finished periods about which something is due and not done yet, oldest first. */
export function duePeriods(question: DueQuestion): DuePeriod[] {
  const { kind, zone, depth, after, now } = question;
  const periods = [previousPeriod(periodAt(kind, now, zone))];
  for (let last = periods[0]; last !== undefined && periods.length < depth; last = periods.at(-1))
    periods.push(previousPeriod(last));
  return periods
    .filter(({ name }) => name > after)
    .map((period) => ({ period, dueAt: dueAt(period, question) }))
    .filter((each) => each.dueAt <= now)
    .toReversed();
}

const dueAt = ({ to }: Period, { timeLocal, zone }: DueQuestion): Date =>
  firstInstantAt({ date: wallDate(to, zone), timeLocal, zone });
