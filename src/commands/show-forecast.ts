import { metered } from "../domain/cost/price-table.ts";
import { type RatesById, sumPerHour } from "../domain/cost/rates.ts";
import type { Pricing } from "../domain/cost/session-meter.ts";
import { toUsd, usdWords } from "../domain/money.ts";
import { occurrences } from "../domain/schedule.ts";
import type { Show } from "../domain/show.ts";
import { type Text, text } from "../domain/text.ts";
import { wallDate } from "../domain/wall-time.ts";
import type { Costs } from "../manager/costs.ts";
import type { MonthCosts } from "../manager/month-costs.ts";
import { readable } from "./money.ts";

/** What each show costs once, in dollars; null while nobody can say. */
export type ShowPrice = (show: Pick<Show, "destinationIds" | "minutes">) => number | null;

/** Reads the rates once, for any number of shows. */
export async function showPrices(costs: Costs): Promise<ShowPrice> {
  const read = await readable(Promise.all([costs.rates(), costs.pricing()]));
  if (read === null) return () => null;
  const [rates, { table }]: [RatesById, Pricing] = read;
  return ({ destinationIds, minutes }) =>
    toUsd(((table.usd(metered.flow) + sumPerHour(destinationIds, rates)) * minutes) / 60);
}

/** What a show that is not planned yet would do to this month's budget. */
export async function budgetWarnings(
  show: Show,
  costs: Costs,
  costUsd: number | null,
): Promise<Text[]> {
  const read = await readable(Promise.all([costs.month(), costs.monthWith(show)]));
  return read === null ? [] : warningsFrom(show, { without: read[0], added: read[1], costUsd });
}

type Months = { without: MonthCosts; added: MonthCosts; costUsd: number | null };

function warningsFrom(show: Show, { without, added, costUsd }: Months): Text[] {
  const { limitUsd } = added.budget;
  if (limitUsd === null || added.forecast.usd <= limitUsd) return [];
  const figures = `${usdWords(added.forecast.usd)} of ${usdWords(limitUsd)}`;
  if (without.forecast.usd > limitUsd)
    return [text`This month is over its budget even without it: the forecast is now ${figures}.`];
  const week = breakingWeek(show, { without, added, costUsd });
  return [
    text`This breaks the budget in week ${week} of the month: the forecast is now ${figures}.`,
  ];
}

/** The week of the month in which the show uses up what the rest of the month leaves; the first one ends on the 7th. */
function breakingWeek(show: Show, { without, added, costUsd }: Months): number {
  const { from, to } = added.period;
  const leftUsd = (added.budget.limitUsd ?? 0) - without.forecast.usd;
  const times = occurrences(show, from, to);
  const enough = Math.floor(leftUsd / Math.max(costUsd ?? 0, 0.01));
  const breaking = times[Math.min(enough, times.length - 1)];
  const date = breaking === undefined ? to : breaking.startsAt;
  return Math.ceil(Number(wallDate(date, added.period.zone).slice(8)) / 7);
}
