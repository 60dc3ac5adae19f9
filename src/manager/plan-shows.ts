import type { Show } from "../domain/show.ts";
import { OpsError } from "../errors.ts";
import { leftOut, refuseSameName, type Shows, takenBack } from "./shows.ts";

/** The verbs for shows, answered as always and written nowhere. */
export function planShows({ list }: Pick<Shows, "list">, now: Date): Shows {
  async function find(showId: string): Promise<Show> {
    const { shows } = await list();
    const show = shows.find(({ id }) => id === showId);
    if (show !== undefined) return show;
    throw new OpsError("not-found", "That show does not exist any more.");
  }
  return {
    list,
    async add(planned) {
      refuseSameName(planned, await list());
      return { ...planned, id: "show_planned", skipped: [], createdAt: now };
    },
    skip: async ({ showId, date }) => leftOut(await find(showId), date),
    unskip: async ({ showId, date }) => takenBack(await find(showId), date),
    remove: find,
  };
}
