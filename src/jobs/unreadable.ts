import { unreadableAnnouncement, unreadableNews, unreadableNote } from "../domain/unreadable.ts";
import { unreadableRowLines } from "../domain/unreadable-rows.ts";
import { showPrefix } from "../manager/stored.ts";
import type { Job } from "./job.ts";

/** Tells of rows and shows that are damaged or from a newer version, each once: they are skipped, and never written over. */
export const unreadableRows: Job = {
  name: "unreadable",
  async run(now, tick) {
    for (const row of tick.ports.unreadable.rows()) {
      const key = `${row.table}.${row.key}`;
      await tick.say(unreadableAnnouncement(key, unreadableRowLines(row), now));
    }
    for (const id of await tick.unreadableShows())
      await tick.say(unreadableNews(unreadableNote(`${showPrefix}${id}`), now));
  },
};
