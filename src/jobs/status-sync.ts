import { tellDrifts } from "../domain/drift.ts";
import { drift } from "../manager/drift.ts";
import type { Job } from "./job.ts";
import { currentThread, tell } from "./tell.ts";

/** Tells what is not as somebody asked, each thing once; the loop repairs or adopts it by itself. */
export const statusSync: Job = {
  name: "status-sync",
  async run(now, tick) {
    const [facts, live] = await Promise.all([tick.facts(), tick.live()]);
    const drifts = drift(facts, tick.policy, now);
    const { channels, flow, memory } = facts;
    const complete = channels !== null && flow !== null && memory.version >= 0;
    const broadcastId = await currentThread(tick);
    await tell(tellDrifts({ drifts, live, broadcastId, complete, now }), tick);
  },
};
