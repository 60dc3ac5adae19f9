import { TZDate } from "@date-fns/tz";
import { addMinutes } from "date-fns/addMinutes";
import { subMilliseconds } from "date-fns/subMilliseconds";
import { OpsError } from "../../errors.ts";
import type { Interval } from "./interval.ts";

export type PeriodKind = "day" | "week" | "month";

/** A day, a week from Monday, or a month of a zone's calendar; `name` is "2026-11-22" (its first day) or "2026-11". */
export type Period = Interval & { kind: PeriodKind; name: string; zone: string };

/** A day of the calendar; `month` is 1 to 12, and a day before the first or after the last belongs to a neighbour. */
type CalendarDay = { year: number; month: number; day: number };

const hint = "For example `today`, `week`, `month` or `2026-11`.";

/** The day, week or month that an instant lies in. Throws `not-configured` for a zone that does not exist. */
export const periodAt = (kind: PeriodKind, at: Date, zone: string): Period =>
  periodFrom(kind, dayAt(at, zone), zone);

/** The day, week or month before or after this one. */
export const previousPeriod = ({ kind, from, zone }: Period): Period =>
  periodAt(kind, addMinutes(from, -1), zone);
export const nextPeriod = ({ kind, to, zone }: Period): Period => periodAt(kind, to, zone);

/** The days of a period, in order. */
export function daysOf({ from, to, zone }: Period): Period[] {
  const days = [periodAt("day", from, zone)];
  for (let last = days[0]; last !== undefined && last.to < to; last = days.at(-1))
    days.push(nextPeriod(last));
  return days;
}

const words: Record<string, { kind: PeriodKind; before: boolean }> = {
  today: { kind: "day", before: false },
  day: { kind: "day", before: false },
  yesterday: { kind: "day", before: true },
  week: { kind: "week", before: false },
  "this week": { kind: "week", before: false },
  "last week": { kind: "week", before: true },
  month: { kind: "month", before: false },
  "this month": { kind: "month", before: false },
  "last month": { kind: "month", before: true },
};

/** The period meant by `today`, `week`, `last month` or `2026-11`; throws `invalid-input` for anything else. */
export function parsePeriod(typed: string, { zone, now }: { zone: string; now: Date }): Period {
  const asked = typed.toLowerCase().trim().replaceAll(/\s+/g, " ");
  const known = Object.hasOwn(words, asked) ? words[asked] : undefined;
  if (known !== undefined) {
    const current = periodAt(known.kind, now, zone);
    return known.before ? previousPeriod(current) : current;
  }
  const [, year, month] = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(asked) ?? [];
  if (year === undefined || month === undefined)
    throw new OpsError("invalid-input", "I do not know that period.", { hint });
  return periodFrom("month", { year: Number(year), month: Number(month), day: 1 }, zone);
}

function periodFrom(kind: PeriodKind, day: CalendarDay, zone: string): Period {
  const [first, next] = bounds[kind](day);
  const from = startOf(first, zone);
  const date = dateWords(dayAt(from, zone));
  return {
    kind,
    name: kind === "month" ? date.slice(0, 7) : date,
    zone,
    from,
    to: startOf(next, zone),
  };
}

const bounds: Record<PeriodKind, (day: CalendarDay) => [CalendarDay, CalendarDay]> = {
  day: (day) => [day, { ...day, day: day.day + 1 }],
  week: ({ year, month, day }) => {
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
    const monday = day - ((weekday + 6) % 7);
    return [
      { year, month, day: monday },
      { year, month, day: monday + 7 },
    ];
  },
  month: ({ year, month }) => [
    { year, month, day: 1 },
    { year, month: month + 1, day: 1 },
  ],
};

const dateWords = ({ year, month, day }: CalendarDay): string =>
  [year, month, day].map((each) => String(each).padStart(2, "0")).join("-");

/** The day of the zone's calendar that an instant lies in: the one that has begun last. */
function dayAt(at: Date, zone: string): CalendarDay {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  for (const shift of [1, 0, -1]) {
    const date = { year, month, day: day + shift };
    if (startOf(date, zone) <= at) return normal(date);
  }
  return readDay(at, zone);
}

const utcOf = ({ year, month, day }: CalendarDay): Date => new Date(Date.UTC(year, month - 1, day));

function normal(date: CalendarDay): CalendarDay {
  const utc = utcOf(date);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() };
}

function readDay(at: Date, zone: string): CalendarDay {
  const local = new TZDate(at, zone);
  if (Number.isNaN(local.getTime()))
    throw new OpsError("not-configured", `There is no time zone ${zone.slice(0, 60)}.`, {
      hint: "For example Europe/London or UTC.",
    });
  return { year: local.getFullYear(), month: local.getMonth() + 1, day: local.getDate() };
}

/** Clocks change by whole quarters of an hour, and no zone is further from UTC than 15 hours. */
const quarterMinutes = 15;
const widestQuarters = 60;

/** The first instant that a zone's calendar counts to a day, also where the clocks change at midnight. */
function startOf(date: CalendarDay, zone: string): Date {
  const wanted = Date.UTC(date.year, date.month - 1, date.day);
  const starts = known.get(zone) ?? new Map<number, Date>();
  const start = starts.get(wanted) ?? findStart(new Date(wanted), zone);
  if (starts.size >= mostKnown) starts.clear();
  known.set(zone, starts.set(wanted, start));
  return start;
}

/** Reading a zone's clock takes long, and a month has few days: their beginnings are kept by zone. */
const known = new Map<string, Map<number, Date>>();
const mostKnown = 5_000;

function findStart(wanted: Date, zone: string): Date {
  const words = wanted.toISOString().slice(0, 10);
  const isBefore = (at: Date) => dateWords(readDay(at, zone)) < words;
  const usual = addMinutes(wanted, new TZDate(wanted, zone).getTimezoneOffset());
  return !isBefore(usual) && isBefore(subMilliseconds(usual, 1))
    ? usual
    : searchStart(wanted, isBefore);
}

function searchStart(wanted: Date, isBefore: (at: Date) => boolean): Date {
  const shifted = (quarters: number) => addMinutes(wanted, quarters * quarterMinutes);
  let [before, since] = [-widestQuarters, widestQuarters];
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (isBefore(shifted(middle))) before = middle;
    else since = middle;
  }
  return shifted(since);
}
