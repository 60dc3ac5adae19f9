import {
  type OccurrenceMemory,
  occurrenceMemory,
  occurrenceNote,
  occurrencePrefix,
} from "../domain/occurrence-memory.ts";
import type { Planned } from "../domain/planned-shows.ts";
import { unreadableDate } from "../domain/unreadable.ts";
import { type Memo, memoOf } from "../manager/memo.ts";
import type { Tick } from "./job.ts";

/** A date of a show with what is remembered of it; `isNew` while nothing was ever written down. */
export type RememberedDate = Planned & { memo: Memo<OccurrenceMemory>; isNew: boolean };

/** What is remembered of these dates. One of which that cannot be read is left out and told; the others go on. */
export async function rememberedDates(
  near: readonly Planned[],
  now: Date,
  tick: Tick,
): Promise<RememberedDate[]> {
  if (near.length === 0) return [];
  const { notes } = tick.ports;
  const kept = await notes.list(occurrencePrefix);
  const dates: RememberedDate[] = [];
  for (const planned of near) {
    const key = occurrenceNote(planned.occurrence);
    const words = kept.find((note) => note.key === key)?.words ?? null;
    if (words === null || occurrenceMemory.from(words) !== null)
      dates.push({
        ...planned,
        memo: memoOf({ notes, key, words }, occurrenceMemory),
        isNew: words === null,
      });
    else if (now < planned.occurrence.endsAt) await tick.say(unreadableDate(planned, now));
  }
  return dates;
}
