import { tellDrifts } from "../domain/drift.ts";
import { isCut } from "../domain/switched.ts";
import { cutShows } from "../manager/cut-shows.ts";
import { drift } from "../manager/drift.ts";
import type { Job } from "./job.ts";
import { currentThread, hourlyUsd, tell } from "./tell.ts";

const noPrices: ReadonlyMap<string, number> = new Map();

/** Tells what is not as somebody asked, each thing once; the loop repairs or adopts it by itself. */
export const statusSync: Job = {
  name: "status-sync",
  async run(now, tick) {
    const [facts, live] = await Promise.all([tick.facts(), tick.live()]);
    const { policy } = tick;
    const found = drift(facts, { policy, now });
    const isQuiet = found.length === 0 && !facts.destinations.some(isCut);
    const usdPerHour = isQuiet ? noPrices : await hourlyUsd(tick);
    const drifts = [
      ...drift(facts, { policy, now, usdPerHour }),
      ...(await cutShows(facts.destinations, tick.ports, { now, usdPerHour })),
    ];
    const { channels, flow, memory } = facts;
    const complete = channels !== null && flow !== null && memory.version >= 0;
    const broadcastId = await currentThread(tick);
    await tell(tellDrifts({ drifts, live, broadcastId, complete, now }), tick);
  },
};
