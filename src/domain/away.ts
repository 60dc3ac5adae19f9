import { addHours } from "date-fns/addHours";
import { addSeconds } from "date-fns/addSeconds";
import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { type Announcement, saying, siteMessage } from "./announcement.ts";
import { type Destination, deadlineSwitch, type Intent, outsider } from "./destination.ts";
import type { Drift } from "./drift.ts";
import { spoken } from "./duration.ts";
import { endOf, isLeaseOver } from "./lease.ts";
import { strong, type Text, text } from "./text.ts";

/** What is found on coming back; `shows` are lines on the shows that were due meanwhile. */
export type AwayFacts = {
  from: Date;
  now: Date;
  destinations: readonly Destination[];
  drifts: readonly Drift[];
  shows: readonly Text[];
};

/** A tick that is missing for longer than this was not only late. */
const absentMinutes = 3;
/** An absence in which nothing was on and nothing was due is worth a word only from here on. */
const quietMinutes = 10;
/** Ticks come a moment early or late. */
const noteSeconds = 55;
/** A noted time so far ahead is a clock that was wrong; one that is less ahead may be another process's. */
const wrongHours = 12;

/** When the last tick was, by its note; null for one that is missing or damaged. */
export function lastTick(words: string | null): Date | null {
  const at = new Date(words ?? "");
  return Number.isNaN(at.getTime()) ? null : at;
}

/** True when nobody has ticked for so long that something may have been missed. */
export const isAbsence = (last: Date | null, now: Date): last is Date =>
  last !== null && differenceInSeconds(now, last) > absentMinutes * 60;

/** True when this tick is to be noted: about once a minute, and never backwards but for a clock that was wrong. */
export const isToNote = (last: Date | null, now: Date): boolean =>
  last === null || now >= addSeconds(last, noteSeconds) || last > addHours(now, wrongHours);

/** One message for one absence: what was due and came late, and what changed meanwhile; null when nobody missed it. */
export function tellAway(facts: AwayFacts): Announcement | null {
  const { from, now, destinations } = facts;
  const missed = [
    ...destinations.flatMap((each) => missedBy(each, facts)),
    ...facts.shows,
    ...facts.drifts.filter(({ since }) => since > from).flatMap(({ lines }) => lines.slice(0, 1)),
  ];
  const stillOn = destinations.filter((each) => isStillOn(each, facts));
  const minutes = differenceInMinutes(now, from);
  const quiet = missed.length + stillOn.length === 0;
  if (quiet && minutes <= quietMinutes) return null;
  const length = spoken(minutes * 60);
  return siteMessage({
    key: `away.${from.toISOString()}`,
    at: now,
    content: saying([
      text`patchbay was away from ${from} to ${now} (${length}).${quiet ? " Nothing was due." : ""}`,
      ...missed,
      ...stillOnLine(stillOn),
    ]),
  });
}

const isStillOn = (row: Destination, { from, now }: AwayFacts): boolean =>
  row.desired === "on" && !isLeaseOver(row, now) && row.intent !== null && row.intent.at <= from;

const stillOnLine = (rows: readonly Destination[]): Text[] =>
  rows.length === 0 ? [] : [text`Still on: ${strong(rows.map(({ name }) => name).join(", "))}.`];

const bySwitch = ({ name }: Destination, { at, reason }: Intent): Text =>
  reason === null
    ? text`${strong(name)}: its time was over, and the switch in AWS stopped it at ${at}.`
    : text`${strong(name)} went off at ${at}: ${reason}.`;

/** What became of a destination meanwhile, if anything. */
function missedBy(row: Destination, { from, now }: AwayFacts): Text[] {
  const name = strong(row.name);
  const end = endOf(row);
  if (row.desired === "on" && end !== null && isLeaseOver(row, now) && end > from) {
    const late = spoken(differenceInSeconds(now, end));
    return [text`${name}: its time was over at ${end}; it is being stopped now, ${late} late.`];
  }
  if (row.desired === "on" || row.intent === null) return [];
  const { by, at } = row.intent;
  if (by.id === deadlineSwitch.id && at > from) return [bySwitch(row, row.intent)];
  if (by.id === outsider.id && at > from) return [text`${name} was stopped outside patchbay.`];
  const failed = row.phase === "failed" && row.settledAt !== null && row.settledAt > from;
  return failed && row.lastError !== null ? [text`${name} is off: ${row.lastError}.`] : [];
}
