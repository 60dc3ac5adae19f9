import type { AuditEntry } from "../domain/audit.ts";
import type { Actor } from "../domain/destination.ts";
import { comesOn } from "../domain/schedule.ts";
import type { Show } from "../domain/show.ts";
import { showWords } from "../domain/show-words.ts";
import { showFrom, toStoredShow } from "../domain/stored-show.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

/** The shows that can be read, and the ids of those that are damaged or from a newer version. */
export type ShowList = { shows: readonly Show[]; unreadable: readonly string[] };

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

const prefix = "show#";
const keyOf = (showId: string): string => `${prefix}${showId}`;
const writeAttempts = 5;

/** Planned shows, each a note of its own. A note that cannot be read is never overwritten. */
export function createShows(ports: Needs): Shows {
  const list = async () => toList(await ports.notes.list(prefix));
  return {
    list,
    async add(planned) {
      refuseSameName(planned, await list());
      const id = ports.ids.next("show");
      const show: Show = { ...planned, id, skipped: [], createdAt: ports.clock.now() };
      const isKept = await put(ports, {
        key: keyOf(id),
        words: toStoredShow(show),
        previous: null,
      });
      if (!isKept) throw tooMany();
      await record(ports, show, { what: "show added", by: show.owner, after: inWords(show) });
      return show;
    },
    async skip({ showId, date, by }) {
      const { after } = await change(ports, showId, (show) => leftOut(show, date));
      await record(ports, after, { what: "show skipped", by, after: date });
      return after;
    },
    async unskip({ showId, date, by }) {
      const { after } = await change(ports, showId, (show) => takenBack(show, date));
      await record(ports, after, { what: "show unskipped", by, before: date });
      return after;
    },
    async remove(showId, by) {
      const { before } = await change(ports, showId, () => null);
      await record(ports, before, { what: "show removed", by, before: inWords(before) });
      return before;
    },
  };
}

function toList(notes: readonly { key: string; words: string }[]): ShowList {
  const read = notes.map(({ key, words }) => ({
    id: key.slice(prefix.length),
    show: showFrom(words),
  }));
  return {
    shows: read.flatMap(({ show }) => show ?? []),
    unreadable: read.flatMap(({ id, show }) => (show === null ? [id] : [])),
  };
}

function refuseSameName({ name }: NewShow, { shows }: ShowList): void {
  if (shows.some((show) => show.name.toLowerCase() === name.toLowerCase()))
    throw new OpsError("already-so", "There is a show of that name already.", {
      hint: "Give it another name, or remove that one first: `/stream schedule`.",
    });
}

function leftOut(show: Show, date: string): Show {
  if (!comesOn(show, date))
    throw new OpsError("not-found", `${show.name} does not come on ${date}.`);
  if (show.skipped.includes(date))
    throw new OpsError("already-so", `${show.name} is left out on ${date} already.`);
  return { ...show, skipped: [...show.skipped, date].toSorted() };
}

function takenBack(show: Show, date: string): Show {
  if (!show.skipped.includes(date))
    throw new OpsError("already-so", `${show.name} is not left out on ${date}.`);
  return { ...show, skipped: show.skipped.filter((each) => each !== date) };
}

/** Reads, changes and writes; another writer in between means reading again. */
async function change<After extends Show | null>(
  ports: Needs,
  showId: string,
  apply: (show: Show) => After,
): Promise<{ before: Show; after: After }> {
  const key = keyOf(showId);
  for (let attempt = 0; attempt < writeAttempts; attempt++) {
    const previous = await ports.notes.read(key);
    if (previous === null) throw new OpsError("not-found", "That show does not exist any more.");
    const before = showFrom(previous);
    if (before === null) throw unreadable(showId);
    const after = apply(before);
    const words = after === null ? null : toStoredShow(after);
    if (await put(ports, { key, words, previous })) return { before, after };
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

/** False when somebody else wrote in between. A write whose answer was lost is looked for before it is called failed. */
async function put(
  { notes }: Needs,
  { key, words, previous }: { key: string; words: string | null; previous: string | null },
): Promise<boolean> {
  try {
    await notes.write(key, words, previous);
    return true;
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    if ((await notes.read(key)) === words) return true;
    if (isOpsError(error, "conflict")) return false;
    throw error;
  }
}

type Line = Pick<AuditEntry, "what" | "by"> & { before?: string; after?: string };

/** The show has changed by then, so that a line that cannot be written is no reason to say otherwise. */
async function record(ports: Needs, show: Show, line: Line): Promise<void> {
  try {
    await ports.audit.add({
      id: ports.ids.next("audit"),
      at: ports.clock.now(),
      destinationId: null,
      object: show.name,
      why: null,
      before: null,
      after: null,
      intentId: null,
      ...line,
    });
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    ports.log.error("show-not-in-audit", { showId: show.id, what: line.what, code: error.code });
  }
}

const inWords = (show: Show): string => showWords(show, show.destinationIds);
