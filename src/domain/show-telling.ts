import { type Announcement, saying, siteMessage } from "./announcement.ts";
import type { Destination } from "./destination.ts";
import { occurrenceKey } from "./occurrence-memory.ts";
import { hourlyOf, startOffer } from "./offers.ts";
import type { Planned } from "./planned-shows.ts";
import { latestStart } from "./show-decision.ts";
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
  { told, ...offered }: Offered & { told: readonly string[] },
): (Announcement & { kind: string })[] {
  const { occurrence } = planned;
  const kinds = (["late", "missed", "barred", "refused", "short"] as const).filter(
    (kind) => news[kind].length > 0 && !told.includes(kind),
  );
  return kinds
    .filter((kind) => kind !== "missed" || !told.includes("barred"))
    .map((kind) => ({
      kind,
      ...siteMessage({
        key: occurrenceKey(occurrence, kind),
        at: offered.now,
        content: saying(words[kind](planned, news), offers(planned, news, { kind, ...offered })),
      }),
    }));
}

/** Said once for a show, ahead of the first date of which nothing can come. */
export const nowhereAnnouncement = ({ show, occurrence }: Planned, now: Date): Announcement =>
  siteMessage({
    key: `${show.id}_nowhere`,
    at: now,
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
    text`An admin can raise the budget (${code("/stream budget set 500")}) until ${latestStart(planned.occurrence, planned.show)}, or start it by hand.`,
  ],
  refused: (planned, { refused }) => [
    text`${strong(planned.show.name)} cannot start everything; I try again until ${latestStart(planned.occurrence, planned.show)}.`,
    ...refused.map(mishapWords),
  ],
  short: ({ show, occurrence }, { short }) => [
    text`${strong(show.name)} goes on until ${occurrence.endsAt}, but not everywhere.`,
    ...short.map(mishapWords),
  ],
};

const mishapWords = ({ row, why }: Mishap): Text => text`${strong(row.name)}: ${why}`;

const names = (rows: readonly Destination[]): string => rows.map(({ name }) => name).join(", ");

/** Prices are by destination, and left out where they are not known. */
type Offered = { usdPerHour: ReadonlyMap<string, number>; now: Date };

/** What was not started can be started by hand while its time lasts. */
function offers(
  { occurrence: { endsAt } }: Planned,
  { missed, barred }: ShowNews,
  { kind, usdPerHour, now }: Offered & { kind: string },
): Button[] {
  const rows = kind === "missed" ? missed : kind === "barred" ? barred : [];
  if (rows.length === 0 || endsAt <= now) return [];
  const price = hourlyOf(rows, usdPerHour);
  return [startOffer(rows, { label: "Start it now", until: endsAt, usdPerHour: price })];
}
