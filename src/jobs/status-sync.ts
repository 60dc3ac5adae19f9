import { type Drift, tellDrifts } from "../domain/drift.ts";
import type { Facts } from "../domain/facts.ts";
import { isCut } from "../domain/switched.ts";
import { cutShows } from "../manager/cut-shows.ts";
import { drift } from "../manager/drift.ts";
import type { Job, Tick } from "./job.ts";
import { currentThread, hourlyUsd, strangerUsd, tell } from "./tell.ts";

/** Tells what is not as somebody asked, each thing once; the loop repairs or adopts it by itself. */
export const statusSync: Job = {
  name: "status-sync",
  async run(now, tick) {
    const [facts, live] = await Promise.all([tick.facts(), tick.live()]);
    const found = drift(facts, { policy: tick.policy, now });
    const isQuiet = found.length === 0 && !facts.destinations.some(isCut);
    const drifts = isQuiet ? [] : await priced(facts, now, tick);
    const { channels, flow, memory } = facts;
    const complete = channels !== null && flow !== null && memory.version >= 0;
    const broadcastId = await currentThread(tick);
    await tell(tellDrifts({ drifts, live, broadcastId, complete, now }), tick);
  },
};

/** The same with what each would cost. */
async function priced(facts: Facts, now: Date, tick: Tick): Promise<Drift[]> {
  const [usdPerHour, strangerUsdPerHour] = await Promise.all([hourlyUsd(tick), strangerUsd(tick)]);
  return [
    ...drift(facts, { policy: tick.policy, now, usdPerHour, strangerUsdPerHour }),
    ...(await cutShows(facts.destinations, tick.ports, { now, usdPerHour })),
  ];
}
