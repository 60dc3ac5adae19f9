import { closeRequests } from "../domain/second-person.ts";
import { isExpired, startRequestFrom } from "../domain/start-request.ts";
import { isOpsError } from "../errors.ts";
import type { Notes } from "../manager/ports.ts";
import { requestPrefix } from "../manager/requests.ts";
import type { Job } from "./job.ts";
import { tell } from "./tell.ts";

/** Takes back the question to a second person whom nobody has answered in time. */
export const secondPerson: Job = {
  name: "second-person",
  async run(now, tick) {
    const live = await tick.live();
    if (!live.some(({ key, open }) => open && key.startsWith("second_"))) return;
    const [notes, destinations] = await Promise.all([
      tick.ports.notes.list(requestPrefix),
      tick.rows(),
    ]);
    const requests = notes.flatMap(({ words }) => startRequestFrom(words) ?? []);
    await tell(closeRequests({ requests, live, destinations, now }), tick);
    for (const note of notes) {
      const request = startRequestFrom(note.words);
      if (request !== null && isExpired(request, now)) await remove(note, tick.ports.notes);
    }
  },
};

/** Another process may have done it. */
async function remove({ key, words }: { key: string; words: string }, notes: Notes) {
  try {
    await notes.write(key, null, words);
  } catch (error) {
    if (!isOpsError(error, "conflict")) throw error;
  }
}
