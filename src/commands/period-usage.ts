import { min } from "date-fns/min";
import { type Period, parsePeriod, periodNames } from "../domain/cost/period.ts";
import { type Usage, usageReport } from "../domain/cost/usage.ts";
import type { Text } from "../domain/text.ts";
import { isUnreadableNote, unreadableLines } from "../domain/unreadable.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Costs } from "../manager/costs.ts";
import type { MonthCosts } from "../manager/month-costs.ts";
import type { CommandContext } from "./command.ts";
import { nearest } from "./nearest.ts";
import { refuseSecrets } from "./words.ts";

/**
 * What a period came to, with the present month beside it, or why that cannot be read; `knownSince` only when that is within
 * the period.
 */
export type PeriodUsage = {
  usage: Usage;
  month: MonthCosts | null;
  trouble: readonly Text[];
  knownSince: Date | null;
};

/** The period that is meant, this month unless one is named. Throws `invalid-input` for one that is yet to come. */
export function takePeriod(words: string, { policy, now }: CommandContext): Period {
  refuseSecrets(words);
  const period = periodOf(words === "" ? "month" : words, { zone: policy.zone, now });
  if (period.from > now)
    throw new OpsError("invalid-input", "That time is yet to come.", {
      hint: "For example `today`, `week`, `month` or `2026-11`.",
    });
  return period;
}

function periodOf(words: string, context: Parameters<typeof parsePeriod>[1]): Period {
  try {
    return parsePeriod(words, context);
  } catch (error) {
    const near = nearest(words, periodNames);
    if (near === null || !isOpsError(error, "invalid-input")) throw error;
    throw new OpsError("invalid-input", error.message, { hint: `Did you mean \`${near}\`?` });
  }
}

/** Reads what a period came to. */
export async function readUsage(
  period: Period,
  { costs, shows, now }: CommandContext,
): Promise<PeriodUsage> {
  const [ledger, pricing, { month, trouble }, { shows: planned }] = await Promise.all([
    costs.ledger(period.from, min([period.to, now])),
    costs.pricing(),
    readMonth(costs),
    shows.list(),
  ]);
  const usage = usageReport(ledger, {
    pricing,
    period,
    forecastUsd: period.name === month?.period.name ? month.forecast.usd : null,
    showName: (id) => planned.find((show) => show.id === id)?.name ?? null,
  });
  const { knownSince } = ledger;
  const since = isWithin(knownSince, period) ? knownSince : null;
  return { usage, month, trouble, knownSince: since };
}

/** What was spent can be said also when the budget cannot be read. */
async function readMonth({ month }: Pick<Costs, "month">) {
  try {
    return { month: await month(), trouble: [] };
  } catch (error) {
    if (!isUnreadableNote(error)) throw error;
    return { month: null, trouble: unreadableLines(error) };
  }
}

const isWithin = (at: Date | null, { from }: Period): boolean => at !== null && at > from;
