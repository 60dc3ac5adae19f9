import { addMinutes } from "date-fns/addMinutes";
import { OpsError } from "../../errors.ts";
import { keptAnswers } from "../kept-answers.ts";
import { addDaysTo, firstInstantAt, wallDate } from "../wall-time.ts";
import type { Interval } from "./interval.ts";

export type PeriodKind = "day" | "week" | "month";

/** A day, a week from Monday, or a month of a zone's calendar; `name` is "2026-11-22" (its first day) or "2026-11". */
export type Period = Interval & { kind: PeriodKind; name: string; zone: string };

const hint = "For example `today`, `week`, `month` or `2026-11`.";

/** The day, week or month that an instant lies in. Throws `not-configured` for a zone that does not exist. */
export const periodAt = (kind: PeriodKind, at: Date, zone: string): Period =>
  periodFrom(kind, wallDate(at, zone), zone);

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

/** The words that mean a period, beside a month's own. */
export const periodNames: readonly string[] = Object.keys(words);

/** The period meant by `today`, `week`, `last month` or `2026-11`; throws `invalid-input` for anything else. */
export function parsePeriod(typed: string, { zone, now }: { zone: string; now: Date }): Period {
  const asked = typed.toLowerCase().trim().replaceAll(/\s+/g, " ");
  const known = Object.hasOwn(words, asked) ? words[asked] : undefined;
  if (known !== undefined) {
    const current = periodAt(known.kind, now, zone);
    return known.before ? previousPeriod(current) : current;
  }
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(asked))
    throw new OpsError("invalid-input", "I do not know that period.", { hint });
  return periodFrom("month", `${asked}-01`, zone);
}

/** The period that a date of the zone's calendar lies in. */
function periodFrom(kind: PeriodKind, date: string, zone: string): Period {
  const startOf = startsOf(zone);
  const [first, next] = bounds[kind](date);
  const name = kind === "month" ? first.slice(0, 7) : first;
  return { kind, name, zone, from: startOf(first), to: startOf(next) };
}

/** The first date of a period, and the one after its last. */
const bounds: Record<PeriodKind, (date: string) => [string, string]> = {
  day: (date) => [date, addDaysTo(date, 1)],
  week: (date) => {
    const weekday = new Date(`${date}T00:00Z`).getUTCDay();
    const monday = addDaysTo(date, -((weekday + 6) % 7));
    return [monday, addDaysTo(monday, 7)];
  },
  month: (date) => {
    const first = `${date.slice(0, 7)}-01`;
    return [first, `${addDaysTo(first, 31).slice(0, 7)}-01`];
  },
};

/** The first instant of a date by zone, also where the clocks change at midnight: a forecast asks for the same days often. */
const startsOf = keptAnswers(20, (zone: string) =>
  keptAnswers(5_000, (date: string) => firstInstantAt({ date, timeLocal: "00:00", zone })),
);
