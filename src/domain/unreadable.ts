import { type Announcement, saying } from "./announcement.ts";
import { occurrenceNote } from "./occurrence-memory.ts";
import { untilWords } from "./offers.ts";
import type { Planned } from "./planned-shows.ts";
import { latestStartOf } from "./show-plan.ts";
import { code, strong, type Text, text } from "./text.ts";

/** Said once of something stored that is damaged or from a newer version: it is left out, and nothing of it is changed. */
const announced = (key: string, lines: readonly Text[], now: Date): Announcement => ({
  key: `unreadable.${key}`,
  at: now,
  broadcastId: null,
  loud: true,
  destinationId: null,
  open: false,
  content: saying(lines),
});

/** What was done about a date of a show cannot be read, so that nothing more is done about it. */
export function unreadableDate(planned: Planned, now: Date): Announcement {
  const { show, occurrence } = planned;
  const note = occurrenceNote(occurrence);
  const start = `/stream start ${occurrence.destinationIds.join(" ")} ${untilWords(occurrence.endsAt)}`;
  return announced(
    note,
    [
      text`${strong(show.name)} at ${occurrence.startsAt} is left to you: what was done about that date cannot be read, because the note ${code(note)} is damaged or from a newer patchbay.`,
      text`Nothing is started or extended for it, and the note stays as it is. Other dates and shows go on as planned.`,
      text`Start it by hand: ${code(start)}. It starts by itself if, before ${latestStartOf(planned)}, the newer patchbay runs or somebody deletes that note from patchbay's table.`,
    ],
    now,
  );
}
