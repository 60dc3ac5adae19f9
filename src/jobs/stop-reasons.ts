import { whyWithMoney } from "../domain/cost/stop-words.ts";
import type { Destination } from "../domain/destination.ts";
import { OpsError } from "../errors.ts";
import type { Tick } from "./job.ts";

/** Why each of these is stopped, with its money; without it when nobody can say, because no stop waits for a price. */
export async function stopReasons(
  rows: readonly Destination[],
  { why, now }: { why: string; now: Date },
  { costs, log }: Tick,
): Promise<(row: Destination) => string> {
  try {
    const [spent, rates] = await Promise.all([costs.destinations(rows), costs.rates()]);
    return (row) =>
      whyWithMoney(why, row, { cost: spent.get(row.id), rates: rates.get(row.id), now });
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    log.warn("prices-unreadable", { code: error.code });
    return () => why;
  }
}
