import { type Announcement, saying } from "./announcement.ts";
import type { Destination } from "./destination.ts";
import { occurrenceKey } from "./occurrence-memory.ts";
import { untilWords } from "./offers.ts";
import type { Planned } from "./planned-shows.ts";
import { latestStartOf } from "./show-plan.ts";
import { showWords } from "./show-words.ts";
import { type Button, code, strong, type Text, text } from "./text.ts";

/** What one date of a show came to at a destination, where that is not what was planned. */
export type Mishap = { row: Destination; why: string };

/** What is to be told of one date of a show, beside what the story tells anyway. */
export type ShowNews = {
  /** Started, but after its time. */
  late: readonly Destination[];
  /** Not started, and too late by now. */
  missed: readonly Destination[];
  /** Not started, because the budget is spent. */
  barred: readonly Destination[];
  /** Refused, and tried again until it is too late. */
  refused: readonly Mishap[];
  /** On, but not to the end. */
  short: readonly Mishap[];
};

/** Each kind of news once for each date of a show; `told` are the kinds that were told before. */
export function showAnnouncements(
  planned: Planned,
  news: ShowNews,
  { told, now }: { told: readonly string[]; now: Date },
): (Announcement & { kind: string })[] {
  const { occurrence } = planned;
  const kinds = (["late", "missed", "barred", "refused", "short"] as const).filter(
    (kind) => news[kind].length > 0 && !told.includes(kind),
  );
  return kinds
    .filter((kind) => kind !== "missed" || !told.includes("barred"))
    .map((kind) => ({
      kind,
      key: occurrenceKey(occurrence, kind),
      at: now,
      broadcastId: null,
      loud: false,
      destinationId: null,
      open: false,
      content: saying(words[kind](planned, news), offers(kind, planned, { news, now })),
    }));
}

/** Said once for a show, ahead of the first date of which nothing can come. */
export const nowhereAnnouncement = ({ show, occurrence }: Planned, now: Date): Announcement => ({
  key: `${show.id}_nowhere`,
  at: now,
  broadcastId: null,
  loud: false,
  destinationId: null,
  open: false,
  content: saying(
    [
      text`${strong(show.name)} starts nothing at ${occurrence.startsAt}, nor on any other date: none of its destinations is there any more.`,
      text`To mend that, remove it and plan it again with the destinations that you want, for example: ${code(`/stream schedule add ${showWords(show, ["all"])}`)}`,
    ],
    [
      {
        label: "Remove the show",
        command: `schedule remove ${show.id}`,
        confirm: {
          title: "Remove this show?",
          text: text`${strong(show.name)} is planned no more.`,
          yes: "Remove",
        },
      },
    ],
  ),
});

type Words = (planned: Planned, news: ShowNews) => Text[];

const words: Record<keyof ShowNews, Words> = {
  late: ({ show, occurrence }, { late }) => [
    text`${strong(show.name)} starts late: it was planned for ${occurrence.startsAt}. ${names(late)}.`,
  ],
  missed: ({ show, occurrence }, { missed }) => [
    text`${strong(show.name)} was not started: its time was ${occurrence.startsAt}, and it may be ${show.lateMinutes} min late at most. ${names(missed)}.`,
  ],
  barred: (planned, { barred }) => [
    text`${strong(planned.show.name)} does not start: the month's budget is spent. ${names(barred)}.`,
    text`An admin can raise the budget (${code("/stream budget set 500")}) until ${latestStartOf(planned)}, or start it by hand.`,
  ],
  refused: (planned, { refused }) => [
    text`${strong(planned.show.name)} cannot start everything; I try again until ${latestStartOf(planned)}.`,
    ...refused.map(mishapWords),
  ],
  short: ({ show, occurrence }, { short }) => [
    text`${strong(show.name)} goes on until ${occurrence.endsAt}, but not everywhere.`,
    ...short.map(mishapWords),
  ],
};

const mishapWords = ({ row, why }: Mishap): Text => text`${strong(row.name)}: ${why}`;

const names = (rows: readonly Destination[]): string => rows.map(({ name }) => name).join(", ");

type Offered = { news: ShowNews; now: Date };

/** What was not started can be started by hand while its time lasts. */
function offers(kind: string, { occurrence }: Planned, { news, now }: Offered): Button[] {
  const rows = kind === "missed" ? news.missed : kind === "barred" ? news.barred : [];
  if (rows.length === 0 || occurrence.endsAt <= now) return [];
  const ids = rows.map(({ id }) => id).join(" ");
  return [{ label: "Start it now", command: `start ${ids} ${untilWords(occurrence.endsAt)}` }];
}
