import type { Actor } from "../domain/destination.ts";
import { comesOn } from "../domain/schedule.ts";
import type { Show } from "../domain/show.ts";
import { showWords } from "../domain/show-words.ts";
import { showFrom, toStoredShow } from "../domain/stored-show.ts";
import { isRemoved } from "../domain/waiting-lines.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import type { Line } from "./record.ts";
import { putRecorded } from "./recorded-note.ts";
import { readShowList, type ShowList, showPrefix } from "./stored.ts";

export type NewShow = Omit<Show, "id" | "createdAt" | "skipped">;

/** Who leaves out, or takes back, which date of which show. */
export type DateChange = { showId: string; date: string; by: Actor };

/** The verbs for planned shows; each change is compared and set, and stands in the audit. */
export type Shows = {
  list(): Promise<ShowList>;
  /** Throws `already-so` when a show has this name. */
  add(show: NewShow): Promise<Show>;
  /** Leaves a date out. Throws `not-found` when the show does not come on it, `already-so` when it is left out. */
  skip(change: DateChange): Promise<Show>;
  /** Takes a left-out date back. Throws `already-so` when it is not left out. */
  unskip(change: DateChange): Promise<Show>;
  /** Answers with the show as it was. Throws `not-found`. */
  remove(showId: string, by: Actor): Promise<Show>;
};

type Needs = Pick<Ports, "notes" | "audit" | "clock" | "ids" | "log">;

const keyOf = (showId: string): string => `${showPrefix}${showId}`;
const writeAttempts = 5;

/** Planned shows, each a note of its own. A note that cannot be read is never overwritten. */
export function createShows(ports: Needs): Shows {
  const list = () => readShowList(ports);
  return {
    list,
    async add(planned) {
      refuseSameName(planned, await list());
      const id = ports.ids.next("show");
      const show: Show = { ...planned, id, skipped: [], createdAt: ports.clock.now() };
      const isKept = await putRecorded(ports, {
        key: keyOf(id),
        words: toStoredShow(show),
        previous: null,
        line: { object: show.name, what: "show added", by: show.owner, after: inWords(show) },
      });
      if (!isKept) throw tooMany();
      return show;
    },
    async skip({ showId, date, by }) {
      const done = { what: "show skipped", by, after: date };
      const { after } = await change(ports, showId, (show) => [leftOut(show, date), done]);
      return after;
    },
    async unskip({ showId, date, by }) {
      const done = { what: "show unskipped", by, before: date };
      const { after } = await change(ports, showId, (show) => [takenBack(show, date), done]);
      return after;
    },
    async remove(showId, by) {
      const done = (show: Show) => ({ what: "show removed", by, before: inWords(show) });
      const { before } = await change(ports, showId, (show) => [null, done(show)]);
      return before;
    },
  };
}

/** Throws `already-so` when a show is called so. */
export function refuseSameName({ name }: NewShow, { shows }: ShowList): void {
  if (shows.some((show) => show.name.toLowerCase() === name.toLowerCase()))
    throw new OpsError("already-so", "There is a show of that name already.", {
      hint: "Give it another name, or remove that one first: `/stream schedule`.",
    });
}

/** Without this date. Throws `not-found` when the show does not come on it, `already-so` when it is left out. */
export function leftOut(show: Show, date: string): Show {
  if (!comesOn(show, date))
    throw new OpsError("not-found", `${show.name} does not come on ${date}.`, {
      hint: "See its next dates: `/stream schedule`.",
    });
  if (show.skipped.includes(date))
    throw new OpsError("already-so", `${show.name} is left out on ${date} already.`);
  return { ...show, skipped: [...show.skipped, date].toSorted() };
}

/** With this date again. Throws `already-so` when it is not left out. */
export function takenBack(show: Show, date: string): Show {
  if (!show.skipped.includes(date))
    throw new OpsError("already-so", `${show.name} is not left out on ${date}.`);
  return { ...show, skipped: show.skipped.filter((each) => each !== date) };
}

/** Reads, changes and writes; another writer in between means reading again. */
async function change<After extends Show | null>(
  ports: Needs,
  showId: string,
  apply: (show: Show) => [After, Omit<Line, "object">],
): Promise<{ before: Show; after: After }> {
  const key = keyOf(showId);
  for (let attempt = 0; attempt < writeAttempts; attempt++) {
    const previous = await ports.notes.read(key);
    if (previous === null || isRemoved(previous))
      throw new OpsError("not-found", "That show does not exist any more.");
    const before = showFrom(previous);
    if (before === null) throw unreadable(showId);
    const [after, done] = apply(before);
    const words = after === null ? null : toStoredShow(after);
    const line = { ...done, object: before.name };
    if (await putRecorded(ports, { key, words, previous, line })) return { before, after };
  }
  throw tooMany();
}

const tooMany = (): OpsError =>
  new OpsError("conflict", "Too many people are changing that show at once.", {
    hint: "Try again.",
  });

const unreadable = (showId: string): OpsError =>
  new OpsError("conflict", "That show is damaged or from a newer version, so I leave it alone.", {
    hint: "An admin can look at its note.",
    context: { showId },
  });

const inWords = (show: Show): string => showWords(show, show.destinationIds);
