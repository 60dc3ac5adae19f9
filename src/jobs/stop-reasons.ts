import { whyWithMoney } from "../domain/cost/stop-words.ts";
import type { Actor, Destination } from "../domain/destination.ts";
import { OpsError } from "../errors.ts";
import type { Outcome } from "../manager/intents.ts";
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

type Rule = { by: Actor; reasonOf(row: Destination): string };

/** Stops each by a rule, with its own reason; one of which somebody has wished something else since it was read is left alone. */
export async function stopEach(
  rows: readonly Destination[],
  { by, reasonOf }: Rule,
  { intents }: Tick,
): Promise<Outcome[]> {
  const stopped = rows.map((row) =>
    intents.stopByRule({
      destinationIds: [row.id],
      by,
      reason: reasonOf(row),
      until: null,
      seenIntentIds: { [row.id]: row.intent?.id ?? "" },
    }),
  );
  return (await Promise.all(stopped)).flat();
}
