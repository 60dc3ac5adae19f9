import { leaseEnd } from "../domain/destination.ts";
import { isLeaseOver } from "../domain/lease.ts";
import type { Job } from "./job.ts";

/** Stops every destination whose lease is over: every start has an end, also when nobody is looking. */
export const endLeases: Job = {
  name: "end-leases",
  async run(now, tick) {
    const over = (await tick.rows()).filter(
      (each) => each.desired === "on" && isLeaseOver(each, now),
    );
    if (over.length === 0) return;
    const outcomes = await tick.intents.endLeases({
      destinationIds: over.map(({ id }) => id),
      by: leaseEnd,
      reason: "its time was over",
      until: null,
    });
    for (const { destination, result } of outcomes)
      tick.log.info("lease-ended", { destinationId: destination.id, result });
  },
};
