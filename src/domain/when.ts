import { differenceInHours } from "date-fns/differenceInHours";
import { OpsError } from "../errors.ts";
import {
  addDaysTo,
  instantsAt,
  isDate,
  isZone,
  type WallTime,
  wallDate,
  wallTime,
} from "./wall-time.ts";

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
  const minutes = minutesIn(typed);
  if (minutes === null) return no("I do not understand that length of time.");
  return minutes === 0 ? no("A length of time must be more than nothing.") : minutes;
}

/** The same without a complaint: null for what is no length of time, 0 for nothing at all. */
export function minutesIn(typed: string): number | null {
  const words = typed.toLowerCase().trim();
  const [both, hours, minutes = "0"] = hoursAndMinutes.exec(words) ?? [];
  if (both !== undefined) return Number(hours) * 60 + Number(minutes);
  const [half, whole] = halfHours.exec(words) ?? [];
  if (half !== undefined) return Number(whole) * 60 + 30;
  const only = minutesOnly.exec(words)?.[1];
  return only === undefined ? null : Number(only);
}

const moment =
  /^(?:(today|tomorrow|\d{4}-\d{2}-\d{2})[ t]+)?(?:at )?(\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm)?)(?:\s+([a-z]+(?:\/[a-z_+\-0-9]+)*))?$/;
const clock = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/;

/** Clock time of the site, or of the zone that was typed with it, on a day that may be left open. */
type ClockTime = { day: string | null; timeLocal: string; zone: string };

/**
 * The instant meant by `21:30`, `9:30pm`, `tomorrow 01:00`, `2026-11-22 21:30` or `21:30 UTC`. A bare time that has
 * passed means tomorrow when that is within 12 hours. A time that a clock change skips or repeats, an impossible or a
 * past one throws `invalid-input`.
 */
export function parseUntil(typed: string, zone: string, now: Date): Date {
  const time = parseClockTime(typed, zone);
  const today = wallDate(now, time.zone);
  const passed = time.day === null && wallTime(now, time.zone) >= time.timeLocal;
  const date = passed ? addDaysTo(today, 1) : parseDay(time.day ?? "today", today);
  const at = onlyInstantAt({ ...time, date });
  if (at <= now || (passed && differenceInHours(at, now) >= 12))
    return no("That time has passed already.");
  return at;
}

function parseClockTime(typed: string, siteZone: string): ClockTime {
  const [, day = null, time = "", zone] = moment.exec(typed.trim().toLowerCase()) ?? [];
  const timeLocal = clockIn(time) ?? no("I do not understand that time.");
  return { day, timeLocal, zone: zone === undefined ? siteZone : parseZone(zone) };
}

/** "21:30" for `21:30` or `9:30pm`; null for what is no time of day. Throws `invalid-input` for an hour that never comes. */
export function clockIn(typed: string): string | null {
  const [match, hour = "", minute, half] = clock.exec(typed.toLowerCase()) ?? [];
  if (match === undefined || (minute === undefined && half === undefined)) return null;
  const hours = hoursOf(Number(hour), half);
  if (hours === null || Number(minute ?? 0) > 59) return no("There is no such time of day.");
  return `${String(hours).padStart(2, "0")}:${minute ?? "00"}`;
}

function hoursOf(typed: number, half: string | undefined): number | null {
  if (half === undefined) return typed < 24 ? typed : null;
  if (typed < 1 || typed > 12) return null;
  return (typed % 12) + (half === "pm" ? 12 : 0);
}

/** The IANA zone that is meant, in its own spelling; throws `invalid-input` for one that does not exist. */
export function parseZone(typed: string): string {
  const wanted = typed.toLowerCase();
  if (wanted === "utc" || wanted === "gmt" || wanted === "z") return "UTC";
  if (!wanted.includes("/") || !isZone(wanted))
    return no("I do not know that time zone; one is `Europe/London`, for example.");
  return new Intl.DateTimeFormat("en", { timeZone: wanted }).resolvedOptions().timeZone;
}

/** The date meant by `today`, `tomorrow` or `2026-11-22`; throws `invalid-input` for a day that never comes. */
export function parseDay(typed: string, today: string): string {
  const day = typed.toLowerCase();
  if (day === "today") return today;
  if (day === "tomorrow") return addDaysTo(today, 1);
  return isDate(day) ? day : no("There is no such day.");
}

function onlyInstantAt(time: WallTime): Date {
  const [at, again] = instantsAt(time);
  if (at === undefined) return no("The clocks go forward then, so that time does not exist.");
  return again === undefined ? at : no("The clocks go back then, so that time comes twice.");
}
