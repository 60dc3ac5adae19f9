import { isAbsence, isToNote, lastTick, tellAway } from "../domain/away.ts";
import { drift } from "../manager/drift.ts";
import { putNote } from "../manager/put-note.ts";
import type { Job, Tick } from "./job.ts";

const key = "ticked-at";

/** Notes each minute that somebody was there, and tells after an absence what was missed. */
export const away: Job = {
  name: "away",
  async run(now, tick) {
    const previous = await tick.ports.notes.read(key);
    const last = lastTick(previous);
    if (isAbsence(last, now)) await tellOf(last, now, tick);
    if (isToNote(last, now)) await putNote(tick.ports, { key, words: now.toISOString(), previous });
  },
};

async function tellOf(from: Date, now: Date, tick: Tick): Promise<void> {
  const [destinations, facts] = await Promise.all([tick.rows(), tick.facts()]);
  const drifts = drift(facts, { policy: tick.policy, now });
  const announcement = tellAway({ from, now, destinations, drifts, shows: [] });
  if (announcement !== null) await tick.say(announcement);
}
