import { tzOffset } from "@date-fns/tz";
import { OpsError } from "../errors.ts";
import { keptAnswers } from "./kept-answers.ts";

/** What the clock of a zone shows: a date "2026-11-22", a time "19:30", and the IANA zone. */
export type WallTime = { date: string; timeLocal: string; zone: string };

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

/** The date that the clock of a zone shows. Throws `not-configured` for a zone that does not exist, as all of these do. */
export const wallDate = (at: Date, zone: string): string => wallClock(at, zone).slice(0, 10);

/** The time that the clock of a zone shows, without seconds. */
export const wallTime = (at: Date, zone: string): string => wallClock(at, zone).slice(11, 16);

const wallClock = (at: Date, zone: string): string =>
  new Date(at.getTime() + offsetOf(zone, at.getTime())).toISOString();

/** None has changed within a quarter of an hour for decades. */
const quarterMs = 15 * minuteMs;

/** Milliseconds that the clock of a zone is ahead of UTC, by the quarters since 1970: reading a zone's clock takes long. */
const offsetsOf = keptAnswers(20, (zone: string) => {
  const offsetAt = (ms: number) => tzOffset(zone, new Date(ms)) * minuteMs;
  if (Number.isNaN(offsetAt(0)))
    throw new OpsError("not-configured", `There is no time zone ${zone.slice(0, 60)}.`, {
      hint: "For example Europe/London or UTC.",
    });
  return keptAnswers(5_000, (quarter: number) => offsetAt(quarter * quarterMs));
});

const offsetOf = (zone: string, ms: number): number => offsetsOf(zone)(Math.floor(ms / quarterMs));

/** True for a time zone whose clock can be read and shown; asking takes long. */
export const isZone = keptAnswers(200, (words: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: words });
    offsetOf(words, 0);
    return true;
  } catch {
    return false;
  }
});

/** True for a day of the calendar as "2026-11-22". */
export function isDate(words: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(words)) return false;
  const at = new Date(`${words}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(words);
}

/** The date some days after another, whatever the clocks do in between. */
export const addDaysTo = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * dayMinutes * minuteMs).toISOString().slice(0, 10);

/**
 * Every instant at which that clock shows this time, oldest first: none when the clocks go forward over it, two when they
 * go back over it.
 */
export function instantsAt({ date, timeLocal, zone }: WallTime): Date[] {
  return instantsOf(Date.parse(`${date}T${timeLocal}Z`), zone);
}

/** The first of these instants; when there is none, the first minute that the clock shows after the gap. */
export function firstInstantAt({ date, timeLocal, zone }: WallTime): Date {
  const wall = Date.parse(`${date}T${timeLocal}Z`);
  for (let minutes = 0; minutes <= dayMinutes; minutes++) {
    const [first] = instantsOf(wall + minutes * minuteMs, zone);
    if (first !== undefined) return first;
  }
  throw new OpsError("invalid-input", "There is no such time in that zone.");
}

/** A clock changes at most once in two days, so the offsets of the day before and of the day after are all there are. */
function instantsOf(wall: number, zone: string): Date[] {
  const offsetAt = (ms: number) => offsetOf(zone, ms);
  const day = dayMinutes * minuteMs;
  const offsets = new Set([offsetAt(wall - day), offsetAt(wall + day)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((at) => at + offsetAt(at) === wall)
    .toSorted((left, right) => left - right)
    .map((at) => new Date(at));
}
