import { addDays } from "date-fns/addDays";
import type { Destination } from "../domain/destination.ts";
import { spoken } from "../domain/duration.ts";
import { usdWords } from "../domain/money.ts";
import { nextStarts, type OddStart, occurrences, oddStarts } from "../domain/schedule.ts";
import type { Show } from "../domain/show.ts";
import { showWords, spokenWhen } from "../domain/show-words.ts";
import { strong, type Text, text } from "../domain/text.ts";

/** What a line about a show is drawn from. */
export type ShowLook = {
  show: Show;
  destinations: readonly Destination[];
  /** What it costs each time, in dollars; null while nobody can say. */
  costUsd: number | null;
  now: Date;
};

const startsShown = 5;

/** What a show is, and when it comes next. */
export function linesOfShow(look: ShowLook): Text[] {
  const { show, destinations, costUsd } = look;
  const names = show.destinationIds.map((id) => nameOf(id, destinations)).join(", ");
  return [
    [
      ...text`${strong(show.name)} · ${spokenWhen(show)} for ${spoken(show.minutes * 60)}`,
      ` · ${names} · by ${show.owner.name}`,
      ...(costUsd === null ? [] : [` · about ${usdWords(costUsd)} each time`]),
    ],
    nextLine(look),
  ];
}

function nextLine({ show, now }: ShowLook): Text {
  const [under] = occurrences(show, now, addDays(now, 1)).filter(({ startsAt }) => startsAt < now);
  const starts = nextStarts(show, now, startsShown).map(({ startsAt }) => startsAt);
  const out = show.skipped.filter((date) => date >= now.toISOString().slice(0, 10));
  const onNow: Text = under === undefined ? [] : text`On now until ${under.endsAt}. `;
  const next: Text = starts.length === 0 ? ["No more starts."] : ["Next: ", ...listed(starts), "."];
  return [...onNow, ...next, ...(out.length === 0 ? [] : [` Left out: ${out.join(", ")}.`])];
}

const listed = (times: readonly Date[]): Text =>
  times.flatMap((time, index) => (index === 0 ? [{ time }] : [", ", { time }]));

/** The starts of the next year that a clock change touches, with what becomes of them. */
export const clockLines = (show: Show, now: Date): Text[] =>
  oddStarts(show, now, addDays(now, 370)).map((each) => clockLine(show, each));

const clockLine = ({ startsLocal }: Show, { date, kind, startsAt }: OddStart): Text =>
  kind === "skipped"
    ? text`The clocks skip ${startsLocal} on ${date}: it starts right after, at ${startsAt}.`
    : text`${startsLocal} comes twice on ${date}: it starts the first time, at ${startsAt}.`;

const nameOf = (id: string, destinations: readonly Destination[]): string =>
  destinations.find((each) => each.id === id)?.name ?? `${id} (gone)`;

/**
 * The line to type that makes a show again, without destinations that are gone (with all of them when none is left); those
 * whose name others share are called by their id.
 */
export function lineToAdd(show: Show, destinations: readonly Destination[]): string {
  const wordFor = ({ id, name }: Destination): string => {
    const isPlain = /^[\p{L}\p{N} ._-]+$/u.test(name);
    const same = destinations.filter((each) => each.name.toLowerCase() === name.toLowerCase());
    return isPlain && same.length === 1 ? name : id;
  };
  const left = show.destinationIds.flatMap(
    (id) => destinations.find((each) => each.id === id) ?? [],
  );
  return `schedule add ${showWords(show, left.length === 0 ? ["all"] : left.map(wordFor))}`;
}
