import { leaseEnd } from "../domain/destination.ts";
import { isLeaseOver } from "../domain/lease.ts";
import type { Job } from "./job.ts";
import { stopReasons } from "./stop-reasons.ts";

/** Stops every destination whose lease is over: every start has an end, also when nobody is looking. */
export const endLeases: Job = {
  name: "end-leases",
  async run(now, tick) {
    const over = (await tick.rows()).filter(
      (each) => each.desired === "on" && isLeaseOver(each, now),
    );
    if (over.length === 0) return;
    const reasonOf = await stopReasons(over, { why: "its time was over", now }, tick);
    const ended = over.map((row) =>
      tick.intents.endLeases({
        destinationIds: [row.id],
        by: leaseEnd,
        reason: reasonOf(row),
        until: null,
      }),
    );
    const outcomes = (await Promise.all(ended)).flat();
    for (const { destination, result } of outcomes)
      tick.log.info("lease-ended", { destinationId: destination.id, result });
  },
};
