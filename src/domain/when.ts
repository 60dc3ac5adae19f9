import { TZDate } from "@date-fns/tz";
import { addDays } from "date-fns/addDays";
import { addMinutes } from "date-fns/addMinutes";
import { differenceInHours } from "date-fns/differenceInHours";
import { OpsError } from "../errors.ts";

const hint = "For example `for 2h`, `for 90m`, `until 21:30` or `until tomorrow 01:00`.";
const no = (message: string): never => {
  throw new OpsError("invalid-input", message, { hint });
};

const hoursAndMinutes =
  /^(\d{1,4})\s*(?:h|hr|hrs|hour|hours)(?:\s*(\d{1,2})\s*(?:m|min|mins|minutes?)?)?$/;
const halfHours = /^(\d{1,3})[.,]5\s*(?:h|hr|hrs|hours?)$/;
const minutesOnly = /^(\d{1,5})\s*(?:m|min|mins|minutes?)$/;

/** Minutes meant by `2h`, `1h30`, `1.5h`, `90 min`; throws `invalid-input` for anything else and for nothing at all. */
export function parseMinutes(typed: string): number {
  const words = typed.toLowerCase().trim();
  const minutes = minutesIn(words);
  if (minutes === null) return no("I do not understand that length of time.");
  return minutes === 0 ? no("A length of time must be more than nothing.") : minutes;
}

function minutesIn(words: string): number | null {
  const [both, hours, minutes = "0"] = hoursAndMinutes.exec(words) ?? [];
  if (both !== undefined) return Number(hours) * 60 + Number(minutes);
  const [half, whole] = halfHours.exec(words) ?? [];
  if (half !== undefined) return Number(whole) * 60 + 30;
  const only = minutesOnly.exec(words)?.[1];
  return only === undefined ? null : Number(only);
}

const moment =
  /^(?:(today|tomorrow|\d{4}-\d{2}-\d{2})[ t]+)?(?:at )?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?(?:\s+([a-z]+(?:\/[a-z_+\-0-9]+)*))?$/i;

/** Clock time of the site, or of the zone that was typed with it. */
type ClockTime = { day: string | null; hours: number; minutes: number; zone: string };

/**
 * The instant meant by `21:30`, `9:30pm`, `tomorrow 01:00`, `2026-11-22 21:30` or `21:30 UTC`. A bare time that has
 * passed means tomorrow when that is within 12 hours. A time that a clock change skips or repeats, an impossible or a
 * past one throws `invalid-input`.
 */
export function parseUntil(typed: string, zone: string, now: Date): Date {
  const time = parseClockTime(typed, zone);
  const today = new TZDate(now, time.zone);
  const passed = time.day === null && minutesOf(today) >= time.hours * 60 + time.minutes;
  const tomorrow = passed || time.day === "tomorrow";
  const at = instantOf(tomorrow ? addDays(today, 1) : dateOf(time.day, today), time);
  if (at <= now || (passed && differenceInHours(at, now) >= 12))
    return no("That time has passed already.");
  return at;
}

const minutesOf = (clock: TZDate): number => clock.getHours() * 60 + clock.getMinutes();

function parseClockTime(typed: string, siteZone: string): ClockTime {
  const match = moment.exec(typed.trim().toLowerCase());
  const [, day = null, hour = "", minute, half, zone] = match ?? [];
  if (match === null || (minute === undefined && half === undefined))
    return no("I do not understand that time.");
  const minutes = Number(minute ?? "0");
  const hours = hoursOf(Number(hour), half);
  if (hours === null || minutes > 59) return no("There is no such time of day.");
  return { day, hours, minutes, zone: zone === undefined ? siteZone : zoneOf(zone) };
}

function hoursOf(typed: number, half: string | undefined): number | null {
  if (half === undefined) return typed < 24 ? typed : null;
  if (typed < 1 || typed > 12) return null;
  return (typed % 12) + (half === "pm" ? 12 : 0);
}

function zoneOf(typed: string): string {
  const wanted = typed.toLowerCase();
  if (wanted === "utc" || wanted === "gmt" || wanted === "z") return "UTC";
  if (!wanted.includes("/")) return no("I do not know that time zone.");
  try {
    return new Intl.DateTimeFormat("en", { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return no("I do not know that time zone.");
  }
}

function dateOf(day: string | null, today: TZDate): TZDate {
  if (day === null || day === "today") return today;
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const made = new TZDate(year, month - 1, date, today.timeZone ?? "UTC");
  const real = made.getMonth() === month - 1 && made.getDate() === date;
  return real ? made : no("There is no such day.");
}

/** The one instant at which the clock of that zone shows this time on that day. */
function instantOf(date: Date, { hours, minutes, zone }: ClockTime): Date {
  const day = new TZDate(date, zone);
  const at = new TZDate(
    day.getFullYear(),
    day.getMonth(),
    day.getDate(),
    hours,
    minutes,
    0,
    0,
    zone,
  );
  if (at.getHours() !== hours || at.getMinutes() !== minutes)
    return no("The clocks go forward then, so that time does not exist.");
  const shown = (instant: Date) => minutesOf(new TZDate(instant, zone));
  const twice = [-60, -30, 30, 60].some((shift) => shown(addMinutes(at, shift)) === shown(at));
  if (twice) return no("The clocks go back then, so that time comes twice.");
  return new Date(at.getTime());
}
