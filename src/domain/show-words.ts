import { addYears } from "date-fns/addYears";
import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { isOpsError, OpsError } from "../errors.ts";
import { spoken } from "./duration.ts";
import type { Show, Weekday } from "./show.ts";
import { addDaysTo, firstInstantAt, instantsAt, wallDate } from "./wall-time.ts";
import { spokenDays, typedDays, weekdaysIn } from "./weekdays.ts";
import { clockIn, minutesIn, parseDay, parseMinutes, parseZone } from "./when.ts";

/** What the words of a show say of it. */
export type PlannedShow = Pick<
  Show,
  "name" | "startsLocal" | "zone" | "minutes" | "date" | "days" | "lateMinutes"
>;

/** What a show's words rest on: the site's zone for one that names none, and the longest time on air. */
export type ShowContext = { zone: string; maxMinutes: number; now: Date };

/** How late a show may start that does not say so. */
const defaultLateMinutes = 15;
const longestName = 60;
const hint =
  'For example `/stream schedule add "Sunday service" sundays 10:00 for 90m youtube twitch`.';

const no = (message: string): never => {
  throw new OpsError("invalid-input", message, { hint });
};

/**
 * Reads `"Sunday service" sundays 10:00 for 90m youtube`, `"Late night" mon,fri 23:30 until 01:00 all` or
 * `"Carols" 2026-12-24 22:00 Europe/London for 2h primary late 15m`; the words that name destinations are handed back.
 * Throws `invalid-input` with an example. A repeating show may have a start that a clock change skips, one that comes once
 * may not.
 */
export function parseShow(
  words: string,
  context: ShowContext,
): { show: PlannedShow; destinations: string } {
  try {
    return read(words, context);
  } catch (error) {
    throw isOpsError(error, "invalid-input")
      ? new OpsError(error.code, error.message, { hint })
      : error;
  }
}

function read(words: string, context: ShowContext) {
  const { name, rest } = takeName(words);
  const late = takeClause(tokensOf(rest), { late: isLength });
  const end = takeClause(late.rest, { for: isLength, until: isTime, till: isTime });
  const { zone, others } = takeZone(end.rest, context.zone);
  const at = others.findIndex(isTime);
  const startsLocal = clockIn(others[at] ?? "") ?? no("At what time does the show start?");
  const days = daysIn(others.slice(0, at), wallDate(context.now, zone));
  const start = { startsLocal, zone, ...days };
  checkOnce(start, context.now);
  const minutes = minutesUntil(end, start);
  if (minutes > context.maxMinutes)
    return no(`The longest time allowed here is ${spoken(context.maxMinutes * 60)}.`);
  const lateMinutes = late.value === "" ? defaultLateMinutes : parseMinutes(late.value);
  const destinations = others
    .slice(at + 1)
    .join(" ")
    .replace(/^(?:to|on) /i, "");
  return { show: { name, ...start, minutes, lateMinutes }, destinations };
}

function takeName(words: string): { name: string; rest: string } {
  const [, typed, rest = ""] = /^"([^"]*)"\s*(.*)$/s.exec(words.trim()) ?? [];
  if (typed === undefined) return no("A show needs a name in quotes.");
  const name = typed.trim();
  if (name === "") return no("The show's name is empty.");
  if (name.length > longestName || name.includes("`"))
    return no(`A show's name has at most ${longestName} characters and no backtick.`);
  return { name, rest };
}

/** Words, where quoted ones stay together; "9:30 pm" is one. */
const tokensOf = (words: string): string[] =>
  words.replace(/(\d) (?=[ap]m(?: |$))/gi, "$1").match(/"[^"]*"|[^\s"]+/g) ?? [];

const isLength = (words: string): boolean => minutesIn(words) !== null;
const isTime = (words: string): boolean => clockIn(words) !== null;

type Clause = { keyword: string; value: string; rest: string[] };

/** Takes one keyword with as many of the words after it as make sense together; two of them are one too many. */
function takeClause(
  tokens: readonly string[],
  kinds: Record<string, (words: string) => boolean>,
): Clause {
  const isKeyword = (token: string) => Object.hasOwn(kinds, token.toLowerCase());
  const at = tokens.findIndex(isKeyword);
  const keyword = tokens[at]?.toLowerCase() ?? "";
  const fits = kinds[keyword];
  if (fits === undefined) return { keyword: "", value: "", rest: [...tokens] };
  const after = tokens.slice(at + 1);
  if (after.some(isKeyword)) return no(`One “${Object.keys(kinds).join("” or “")}” is enough.`);
  const length = [3, 2, 1].find((count) => fits(after.slice(0, count).join(" ")));
  if (length === undefined) return no(`I do not understand the time after “${keyword}”.`);
  const value = after.slice(0, length).join(" ");
  return { keyword, value, rest: [...tokens.slice(0, at), ...after.slice(length)] };
}

const zoneLike = /^(?:utc|gmt|[a-z_]+(?:\/[a-z_+\-0-9]+)+)$/i;

function takeZone(tokens: readonly string[], siteZone: string) {
  const [zone, again] = tokens.filter((token) => zoneLike.test(token));
  if (again !== undefined) return no("One time zone is enough.");
  const others = tokens.filter((token) => token !== zone);
  return { zone: zone === undefined ? siteZone : parseZone(zone), others };
}

const fillers = new Set(["", "every", "each", "on", "at", "and", "&", "the"]);
const dateLike = /^(?:today|tomorrow|\d{4}-\d{2}-\d{2})$/;

type Days = Pick<Show, "date" | "days">;

function daysIn(tokens: readonly string[], today: string): Days {
  const words = tokens
    .flatMap((token) => token.toLowerCase().split(","))
    .filter((word) => !fillers.has(word));
  const [first = no("On which day, or on which days?"), ...more] = words;
  if (dateLike.test(first))
    return more.length === 0
      ? { date: parseDay(first, today), days: [] }
      : no("A show comes on one date or on days of the week.");
  const days = words.flatMap((word) => weekdaysIn(word) ?? no("I do not know that day."));
  return { date: null, days: [...new Set<Weekday>(days)].toSorted((left, right) => left - right) };
}

type Start = Days & Pick<Show, "startsLocal" | "zone">;

/** A start that comes once has to come at all, and soon enough to be no slip of the finger. */
function checkOnce({ date, startsLocal, zone }: Start, now: Date): void {
  if (date === null) return;
  const [at] = instantsAt({ date, timeLocal: startsLocal, zone });
  if (at === undefined) no("The clocks go forward then, so that time does not exist.");
  else if (at <= now) no("That time has passed already.");
  else if (at > addYears(now, 2)) no("That is more than two years away.");
}

function minutesUntil({ keyword, value }: Clause, start: Start): number {
  if (keyword === "") return no("How long is the show?");
  if (keyword === "for") return parseMinutes(value);
  const endsLocal = clockIn(value) ?? no("I do not understand that time.");
  if (endsLocal === start.startsLocal) return no("The show ends when it starts.");
  return start.date === null
    ? differenceInMinutes(...wallSpan({ ...start, zone: "UTC", date: "2026-01-01" }, endsLocal))
    : differenceInMinutes(...wallSpan({ ...start, date: start.date }, endsLocal));
}

/** End and beginning, where an end that is earlier in the day means the next day. */
function wallSpan(
  { date, startsLocal, zone }: Start & { date: string },
  endsLocal: string,
): [Date, Date] {
  const endDate = endsLocal > startsLocal ? date : addDaysTo(date, 1);
  return [
    firstInstantAt({ date: endDate, timeLocal: endsLocal, zone }),
    firstInstantAt({ date, timeLocal: startsLocal, zone }),
  ];
}

/** When a show comes, as people say it: "Sundays 10:00 Europe/London". */
export const spokenWhen = ({ date, days, startsLocal, zone }: Show): string =>
  `${date ?? spokenDays(days)} ${startsLocal} ${zone}`;

/** The words that make a show again when they follow `schedule add`; `destinations` are words that `pick` understands. */
export function showWords(show: PlannedShow, destinations: readonly string[]): string {
  const { name, date, days, startsLocal, zone, minutes, lateMinutes } = show;
  const quoted = destinations.map((each) => (/^[a-z0-9_-]+$/i.test(each) ? each : `"${each}"`));
  const when = `${date ?? typedDays(days)} ${startsLocal} ${zone}`;
  return `"${name}" ${when} for ${minutes}m ${quoted.join(" ")} late ${lateMinutes}m`;
}
