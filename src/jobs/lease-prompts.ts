import type { KeptAnnouncement } from "../domain/announcement.ts";
import type { Destination } from "../domain/destination.ts";
import {
  decidePrompts,
  isMoved,
  isOpenPrompt,
  type Move,
  promptDue,
} from "../domain/watch/lease-prompt.ts";
import { OpsError } from "../errors.ts";
import type { Job, Tick } from "./job.ts";
import { currentThread, hourlyUsd, tell } from "./tell.ts";

/** Asks in the thread, a while before each end, whether to go on. */
export const leasePrompts: Job = {
  name: "lease-prompts",
  async run(now, tick) {
    const { policy } = tick;
    const [destinations, live] = await Promise.all([tick.rows(), tick.live()]);
    const prompts = live.filter(isOpenPrompt);
    const due = destinations.some((each) => promptDue(each, { policy, now }) !== null);
    if (!due && prompts.length === 0) return;
    const [usdPerHour, moves, { maxLeaseMinutes }, broadcastId] = await Promise.all([
      hourlyUsd(tick),
      readMoves(prompts, destinations, tick),
      tick.costs.startRules(),
      currentThread(tick),
    ]);
    const facts = { destinations, live, broadcastId, usdPerHour, moves, maxLeaseMinutes };
    await tell(decidePrompts({ ...facts, policy, now }), tick);
  },
};

/** How many of a destination's latest deeds are looked through for the one that moved its end. */
const latest = 5;

/** Who moved the ends that were asked about; a wish that the loop has not told yet waits in the row. */
async function readMoves(
  prompts: readonly KeptAnnouncement[],
  destinations: readonly Destination[],
  { ports, log }: Tick,
): Promise<ReadonlyMap<string, readonly Move[]>> {
  const moved = destinations.filter((row) =>
    prompts.some((each) => each.destinationId === row.id && isMoved(each, row)),
  );
  const entries = moved.map(async (row): Promise<[string, Move[]]> => {
    const waiting = row.deeds.map(({ kind, by, after }) => ({
      what: kind,
      by,
      after: after?.toISOString() ?? null,
    }));
    try {
      const told = await ports.audit.latest({ destinationId: row.id, limit: latest });
      return [row.id, [...waiting.toReversed(), ...told]];
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      log.warn("audit-unreadable", { code: error.code });
      return [row.id, waiting];
    }
  });
  return new Map(await Promise.all(entries));
}
