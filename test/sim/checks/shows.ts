import { canStart, hasBegun, toChannelState } from "../../../src/domain/channel.ts";
import type { Destination } from "../../../src/domain/destination.ts";
import { occurrences } from "../../../src/domain/schedule.ts";
import type { Occurrence, Show } from "../../../src/domain/show.ts";
import { showFrom } from "../../../src/domain/stored-show.ts";
import { type CheckContext, type Checker, channelOf } from "./context.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A show that is planned in the last minute may find patchbay at rest. */
const aheadMs = dayMs;
/** How long after its time something must have come of a date, in minutes in which somebody could have acted. */
const mostMinutes = 5;
/** From here on it counts what nobody could do, and what came of a start: its lead is at most fifteen minutes. */
const earlyMs = 20 * minuteMs;

/** One destination of one date of a show. */
type Due = { show: Show; occurrence: Occurrence; destinationId: string; excusedMs: number };

/** M8 on-time: what is planned is on its way at its time, or somebody wanted it otherwise, or it was said why not. */
export function showChecker(context: CheckContext) {
  const { world, timeline, options, violations, excusedMs } = context;
  const shows = new Map<string, Show>();
  const told = new Set<string>();
  const taken = new Set<string>();
  let due: Due[] = [];
  let lookedUntil = timeline.now() + earlyMs;

  /** The dates whose time comes in this minute. */
  function gather(): void {
    const until = timeline.now() + earlyMs;
    const [from, to] = [new Date(lookedUntil), new Date(until)];
    lookedUntil = until;
    const dates = [...shows.values()].flatMap((show) =>
      occurrences(show, from, to).map((occurrence) => ({ show, occurrence })),
    );
    const soon = dates.filter(
      ({ show, occurrence }) => occurrence.startsAt >= from && isKnownLong(show, occurrence),
    );
    for (const { show, occurrence } of soon)
      for (const destinationId of occurrence.destinationIds)
        due.push({ show, occurrence, destinationId, excusedMs: excusedMs() });
  }

  const isKnownLong = (show: Show, { startsAt }: Occurrence): boolean =>
    startsAt.getTime() - show.createdAt.getTime() > aheadMs;

  /** It was left out, taken off the plan, or planned anew. */
  function isOff({ show, occurrence: { showId, date } }: Due): boolean {
    const now = shows.get(showId);
    return now === undefined || now.skipped.includes(date) || now.createdAt > show.createdAt;
  }

  function isDone(each: Due): boolean {
    const { occurrence, destinationId } = each;
    const row = world.destinations.get(destinationId);
    const state = world.history.now(channelOf(row))?.state ?? "deleted";
    const isOn = row.desired === "on" && hasBegun(state);
    const cannot = row.desired === "on" && !canStart(toChannelState(state));
    return isOn || cannot || taken.has(keyOf(occurrence, destinationId)) || isOff(each);
  }

  const hasWords = ({ showId, date }: Occurrence): boolean =>
    ["missed", "barred", "refused"].some((kind) => told.has(`${showId}_${date}_${kind}`));

  /** A person's stop, or an end by a rule, that came after the date's start was asked. */
  function noteTaken(row: Destination): void {
    for (const { occurrence, destinationId } of due)
      if (destinationId === row.id && row.desired === "off")
        taken.add(keyOf(occurrence, destinationId));
  }

  const checker: Checker = {
    watcher: {
      rowWritten(row, before) {
        if (due.length > 0 && row.intent?.id !== before?.intent?.id) noteTaken(row);
        if (due.length > 0 && before?.phase !== "failed" && row.phase === "failed") noteTaken(row);
      },
    },
    listener: {
      sent(_, { name, args }) {
        if (name === "announcements.add") told.add((args[0] as { key: string }).key);
        if (name === "notes.write") noteShow(args as [string, string | null]);
      },
    },
  };
  return {
    ...checker,
    /** True from some minutes before a show's time until something has come of it. */
    isAwaited: (): boolean => due.length > 0,
    minute(): void {
      if (!options.shows) return;
      gather();
      due = due.filter((each) => {
        const { startsAt } = each.occurrence;
        const lateMs = timeline.now() - startsAt.getTime() - (excusedMs() - each.excusedMs);
        if (lateMs < 0) return true;
        if (isDone(each)) return false;
        const isLate = lateMs > mostMinutes * minuteMs + 2 * options.maxSkewMs;
        violations.check(
          !isLate || hasWords(each.occurrence),
          "M8 on-time",
          () =>
            `${each.show.name} of ${each.occurrence.date} was to be on ${each.destinationId} at ${startsAt.toISOString()}, and nobody was told`,
        );
        return !isLate;
      });
    },
  };

  function noteShow([key, words]: [string, string | null]): void {
    if (!key.startsWith("show#")) return;
    const show = words === null ? null : showFrom(words);
    if (show === null) shows.delete(key.slice("show#".length));
    else shows.set(show.id, show);
  }
}

const keyOf = ({ showId, date }: Occurrence, destinationId: string): string =>
  `${showId} ${date} ${destinationId}`;
