import { addMinutes } from "date-fns/addMinutes";
import { subMinutes } from "date-fns/subMinutes";
import { mergedEnds, occurrences, type WantedTime } from "./schedule.ts";
import type { Occurrence, Show } from "./show.ts";

/** One date of a show. */
export type Planned = { show: Show; occurrence: Occurrence };

/** How far ahead a date is prepared, and how far back one is looked for that was missed. */
const ahead = 60;
const back = 24 * 60;
/** No lease is longer than a day, so that nothing later can belong to the same time. */
const farAhead = 24 * 60;

/** The dates of shows about which something may be to do now, oldest first. */
export const plannedAround = (shows: readonly Show[], now: Date): Planned[] =>
  around(shows, now, ahead).toSorted(
    (left, right) => left.occurrence.startsAt.getTime() - right.occurrence.startsAt.getTime(),
  );

function around(shows: readonly Show[], now: Date, aheadMinutes: number): Planned[] {
  const [from, to] = [subMinutes(now, back), addMinutes(now, aheadMinutes)];
  return shows.flatMap((show) =>
    occurrences(show, from, to).map((occurrence) => ({ show, occurrence })),
  );
}

/** Until when a destination stays on for a date of a show: shows that follow at once go on without a break. */
export function mergedEnd(shows: readonly Show[], now: Date) {
  let times: readonly WantedTime[] | null = null;
  return ({ startsAt, endsAt }: Occurrence, destinationId: string): Date => {
    times ??= mergedEnds(around(shows, now, farAhead).map(({ occurrence }) => occurrence));
    const own = times.find(
      (time) =>
        time.destinationId === destinationId && time.startsAt <= startsAt && time.endsAt >= endsAt,
    );
    return own?.endsAt ?? endsAt;
  };
}
