import { autoShutdown as by, type Destination } from "../domain/destination.ts";
import { openOf } from "../domain/telling.ts";
import { decideLoss, type LossFacts, lastCallPrefix } from "../domain/watch/last-call.ts";
import { inOrder } from "../manager/order.ts";
import type { Job, Tick } from "./job.ts";
import { stopEach, stopReasons } from "./stop-reasons.ts";
import { currentThread, hourlyUsd, tell } from "./tell.ts";

/** Calls when the source is lost, and stops after a grace what still runs without one. */
export const autoShutdown: Job = {
  name: "auto-shutdown",
  async run(now, tick) {
    const { policy } = tick;
    const [facts, live] = await Promise.all([tick.facts(), tick.live()]);
    const isLost = facts.memory.sourceLostSince !== null;
    if (!isLost && openOf(live, lastCallPrefix).length === 0) return;
    const [usdPerHour, broadcastId] = await Promise.all([hourlyUsd(tick), currentThread(tick)]);
    const destinations = inOrder(facts.destinations);
    const given = { facts: { ...facts, destinations }, live, broadcastId, usdPerHour, policy, now };
    const { stops, reason: why, ...telling } = decideLoss(given);
    if (stops.length > 0) await stop(stops, { given, why }, tick);
    await tell(telling, tick);
  },
};

type Judged = { given: LossFacts; why: string };

/** Only what is due at this very moment is stopped, and an intent that has come since the first look is left alone. */
async function stop(rows: readonly Destination[], { given, why }: Judged, tick: Tick) {
  const reasonOf = await stopReasons(rows, { why, now: given.now }, tick);
  const due = decideLoss({ ...given, ...(await tick.anew()) }).stops.map(({ id }) => id);
  const sure = rows.filter(({ id }) => due.includes(id));
  const outcomes = await stopEach(sure, { by, reasonOf }, tick);
  for (const { destination, result } of outcomes)
    tick.log.info("stopped-without-source", { destinationId: destination.id, result });
}
