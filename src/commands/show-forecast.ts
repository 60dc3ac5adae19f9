import { max } from "date-fns/max";
import { nextPeriod, periodAt } from "../domain/cost/period.ts";
import { periodWords } from "../domain/cost/period-words.ts";
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
import type { CommandContext } from "./command.ts";
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

/** This month and the next two: what is further away will change before it comes. */
const monthsAhead = 3;

/** What a show that is not planned yet would do to the budgets of this month and the next two, each by itself. */
export async function budgetWarnings(
  show: Show,
  { costs, policy, now }: CommandContext,
  costUsd: number | null,
): Promise<Text[]> {
  const periods = [periodAt("month", now, policy.zone)];
  for (let last = periods[0]; last && periods.length < monthsAhead; last = periods.at(-1))
    periods.push(nextPeriod(last));
  const touched = periods.filter(({ from, to }) => occurrences(show, from, to).length > 0);
  const read = await readable(
    Promise.all(
      touched.map(async ({ from }) => {
        const at = max([from, now]);
        const without = await costs.monthWith([], at);
        return { without, added: await costs.monthWith([show], at), costUsd };
      }),
    ),
  );
  return (read ?? []).flatMap((months) => warningFrom(show, months));
}

type Months = { without: MonthCosts; added: MonthCosts; costUsd: number | null };

function warningFrom(show: Show, { without, added, costUsd }: Months): Text[] {
  const { limitUsd } = added.budget;
  if (limitUsd === null || added.forecast.usd <= limitUsd) return [];
  const month = periodWords(added.period);
  const figures = `the forecast is now ${usdWords(added.forecast.usd)} of ${usdWords(limitUsd)}`;
  if (without.forecast.usd > limitUsd)
    return [text`${month} is over its budget even without it: ${figures}.`];
  const week = breakingWeek(show, { without, added, costUsd });
  return [text`This breaks the budget in week ${week} of ${month}: ${figures}.`];
}

/** The week of the month in which the show uses up what the rest of the month leaves; the first one ends on the 7th. */
function breakingWeek(show: Show, { without, added, costUsd }: Months): number {
  const { from, to } = added.period;
  const leftUsd = (added.budget.limitUsd ?? 0) - without.forecast.usd;
  const times = occurrences(show, from, to);
  const enough = Math.floor(leftUsd / Math.max(costUsd ?? 0, 0.01));
  const breaking = times[Math.min(enough, times.length - 1)];
  const date = breaking === undefined ? to : max([from, breaking.startsAt]);
  return Math.ceil(Number(wallDate(date, added.period.zone).slice(8)) / 7);
}
