import { OpsError } from "../errors.ts";
import { type Announcement, saying, siteMessage } from "./announcement.ts";
import { occurrenceNote } from "./occurrence-memory.ts";
import { untilWords } from "./offers.ts";
import type { Planned } from "./planned-shows.ts";
import { latestStart } from "./show-decision.ts";
import { code, strong, type Text, text } from "./text.ts";

/** Said once of something stored that is damaged or from a newer version: it is left out, and nothing of it is changed. */
export const unreadableAnnouncement = (
  key: string,
  lines: readonly Text[],
  now: Date,
): Announcement =>
  siteMessage({
    key: `unreadable.${key}`,
    at: now,
    loud: true,
    content: saying(lines),
  });

/** What was done about a date of a show cannot be read, so that nothing more is done about it. */
export function unreadableDate(planned: Planned, now: Date): Announcement {
  const { show, occurrence } = planned;
  const note = occurrenceNote(occurrence);
  const start = `/stream start ${occurrence.destinationIds.join(" ")} ${untilWords(occurrence.endsAt)}`;
  const lines = [
    text`${strong(show.name)} at ${occurrence.startsAt} is left to you: what was done about that date cannot be read, because the note ${code(note)} is damaged or from a newer patchbay.`,
    text`Nothing is started or extended for it, and the note stays as it is. Other dates and shows go on as planned.`,
    text`Start it by hand: ${code(start)}. It starts by itself if, before ${latestStart(planned.occurrence, planned.show)}, the newer patchbay runs or somebody deletes that note from patchbay's table.`,
  ];
  return unreadableAnnouncement(note, lines, now);
}

/** What a note is for, what it means that it cannot be read, and what to do when it has been deleted. */
type About = { what: string; means: string; after?: string };

/** By what the key begins with. */
const notes: Readonly<Record<string, About>> = {
  settings: {
    what: "The budget and the choice of reports",
    means: "nothing of the budget is enforced, and no report comes by itself",
    after: " An admin then sets the budget again: `/stream budget set 400`.",
  },
  "price-corrections": {
    what: "What the bill has taught about prices",
    means: "nobody can say what anything costs, and nothing of the budget is enforced",
  },
  "known-since": {
    what: "Since when patchbay has looked after the site",
    means: "nobody can say what anything costs, and nothing of the budget is enforced",
  },
  "budget-alerts#": {
    what: "What was said of the month's budget",
    means: "no more is said of it, no end is moved and nothing is stopped for it; starts obey it",
  },
  "bill#": { what: "What was billed on a day", means: "no more is learned from the bill" },
  "usage-reports": {
    what: "What was reported last",
    means: "no report comes by itself; `/stream report` still answers",
  },
  "show#": { what: "A planned show", means: "it starts nothing, and the other shows go on" },
  "leaks.ignored": {
    what: "What the daily list is to leave out",
    means: "the list leaves nothing out",
  },
};

const anyNote: About = { what: "Something patchbay noted", means: "what rests on it waits" };

/** The failure of reading a note: what it means, and how to mend it. It is never written over. */
export function unreadableNote(key: string): OpsError {
  const known = Object.keys(notes).find((prefix) => key.startsWith(prefix)) ?? "";
  const { what, means, after = "" } = notes[known] ?? anyNote;
  return new OpsError(
    "not-configured",
    `${what} cannot be read, because the note \`${key}\` is damaged or from a newer patchbay: ${means}.`,
    {
      hint: `Run the newer patchbay, or delete that note from patchbay's table.${after}`,
      context: { note: key },
    },
  );
}

/** True when a failure is a note that cannot be read, and not one that may pass by itself. */
export const isUnreadableNote = (error: unknown): error is OpsError =>
  error instanceof OpsError && error.code === "not-configured" && "note" in error.context;

/** The same in sentences for people. */
export const unreadableLines = ({ message, hint = "" }: OpsError): Text[] =>
  [message, hint].map(inParts);

/** The news of such a failure. */
export const unreadableNews = (error: OpsError, now: Date): Announcement =>
  unreadableAnnouncement(error.context.note ?? "", unreadableLines(error), now);

/** What stands between backticks is something to type. */
const inParts = (sentence: string): Text =>
  sentence
    .split("`")
    .map((part, index) => (index % 2 === 1 ? code(part) : part))
    .filter((part) => part !== "");
