import { addMinutes } from "date-fns/addMinutes";
import { max } from "date-fns/max";
import { subMinutes } from "date-fns/subMinutes";
import type { Occurrence, Show, Weekday } from "./show.ts";
import { addDaysTo, firstInstantAt, instantsAt, wallDate } from "./wall-time.ts";

/**
 * The dates of a show that overlap this time, oldest first; `to` is not part of it. A start that the clocks skip comes at
 * the first minute after the gap, one that they repeat comes the first time; a show has none from before it was made.
 */
export const occurrences = (show: Show, from: Date, to: Date): Occurrence[] =>
  datesOf(show, from, to)
    .filter((date) => !show.skipped.includes(date))
    .map((date) => occurrenceOn(show, date))
    .filter(({ startsAt, endsAt }) => endsAt > from && startsAt < to)
    .filter(({ startsAt }) => startsAt >= show.createdAt);

/** What a show would be on that wall date, skipped or not. */
export function occurrenceOn(show: Show, date: string): Occurrence {
  const { id, destinationIds, minutes } = show;
  const startsAt = firstInstantAt({ date, timeLocal: show.startsLocal, zone: show.zone });
  return { showId: id, date, startsAt, endsAt: addMinutes(startsAt, minutes), destinationIds };
}

/** True when the show is planned for that wall date, skipped or not. */
export const comesOn = ({ date, days }: Show, wanted: string): boolean =>
  date === null ? days.includes(weekdayOf(wanted)) : date === wanted;

/** The next starts of a show from `now` on, at most `count` and at most two years away. */
export function nextStarts(show: Show, now: Date, count: number): Occurrence[] {
  const found: Occurrence[] = [];
  for (let weeks = 0; weeks <= 104 && found.length < count; weeks++) {
    const from = addMinutes(now, weeks * weekMinutes);
    const week = occurrences(show, from, addMinutes(from, weekMinutes));
    found.push(...week.filter(({ startsAt }) => startsAt >= from));
  }
  return found.slice(0, count);
}

const weekMinutes = 7 * 24 * 60;

/** A start that a clock change moves (the wall time does not exist that day) or makes ambiguous (it comes twice). */
export type OddStart = Occurrence & { kind: "skipped" | "repeated" };

/** The starts in this time that a clock change touches. */
export const oddStarts = (show: Show, from: Date, to: Date): OddStart[] =>
  occurrences(show, from, to).flatMap((each): OddStart[] => {
    const { length } = instantsAt({
      date: each.date,
      timeLocal: show.startsLocal,
      zone: show.zone,
    });
    return length === 1 ? [] : [{ ...each, kind: length === 0 ? "skipped" : "repeated" }];
  });

/** A clock can be moved by hours on a show's night, so a day more on each side is looked at. */
function datesOf(show: Show, from: Date, to: Date): string[] {
  if (show.date !== null) return [show.date];
  const first = addDaysTo(wallDate(subMinutes(from, show.minutes), show.zone), -1);
  const last = addDaysTo(wallDate(to, show.zone), 1);
  const dates: string[] = [];
  for (let date = first; date <= last; date = addDaysTo(date, 1))
    if (comesOn(show, date)) dates.push(date);
  return dates;
}

const isoWeek: readonly Weekday[] = [7, 1, 2, 3, 4, 5, 6];

function weekdayOf(date: string): Weekday {
  return isoWeek[new Date(`${date}T00:00Z`).getUTCDay()] ?? 7;
}

/** A time during which at least one show wants a destination, and which dates these are. */
export type WantedTime = {
  destinationId: string;
  startsAt: Date;
  endsAt: Date;
  occurrences: readonly Occurrence[];
};

/** What shows together want of each destination: those that overlap or touch are one time with the latest end. */
export function mergedEnds(planned: readonly Occurrence[]): WantedTime[] {
  const oldestFirst = planned.toSorted(
    (left, right) => left.startsAt.getTime() - right.startsAt.getTime(),
  );
  const destinationIds = new Set(oldestFirst.flatMap((each) => each.destinationIds));
  return [...destinationIds].flatMap((destinationId) =>
    oldestFirst
      .filter((each) => each.destinationIds.includes(destinationId))
      .reduce<WantedTime[]>((times, next) => joined(times, next, destinationId), []),
  );
}

function joined(times: readonly WantedTime[], next: Occurrence, destinationId: string) {
  const { startsAt, endsAt } = next;
  const last = times.at(-1);
  if (last === undefined || last.endsAt < startsAt)
    return [...times, { destinationId, startsAt, endsAt, occurrences: [next] }];
  const longer = {
    ...last,
    endsAt: max([last.endsAt, endsAt]),
    occurrences: [...last.occurrences, next],
  };
  return [...times.slice(0, -1), longer];
}
