import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { min } from "date-fns/min";
import { subDays } from "date-fns/subDays";
import { type BudgetState, budgetState } from "../domain/cost/budget.ts";
import { type Forecast, forecast, type Outlook, spentByDay } from "../domain/cost/forecast.ts";
import { type Ledger, meterPeriod, type PeriodMeter } from "../domain/cost/meter.ts";
import { type Period, periodAt } from "../domain/cost/period.ts";
import { metered } from "../domain/cost/price-table.ts";
import { billedAs, type RatesById } from "../domain/cost/rates.ts";
import type { Pricing } from "../domain/cost/session-meter.ts";
import { type Destination, isSettled } from "../domain/destination.ts";
import { endOf } from "../domain/lease.ts";
import { minusUsd, sumUsd, type Usd } from "../domain/money.ts";
import { occurrences } from "../domain/schedule.ts";
import type { Settings } from "../domain/settings.ts";
import type { Show } from "../domain/show.ts";
import type { Costs } from "./costs.ts";
import type { Ports } from "./ports.ts";
import { readSettings, readShows } from "./stored.ts";

/** A month as it stands: what it has cost, what it will have cost, and where it is on the budget's ladder. */
export type MonthCosts = {
  period: Period;
  meter: PeriodMeter;
  forecast: Forecast;
  budget: BudgetState;
  settings: Settings;
};

/** How far the pattern of past weeks reaches back. */
const patternDays = 29;

type Needs = {
  ports: Pick<Ports, "clock" | "prices" | "destinations" | "notes">;
  costs: Pick<Costs, "pricing" | "ledger" | "rates">;
  zone: string;
};

/** What the rest of a month was foreseen from, and what came of it. */
type Foreseen = { from: string; at: Date; forecast: Forecast };

/** How long a forecast holds while neither leases nor shows change: what is spent meanwhile is added to it. */
const forecastSeconds = 900;

/**
 * Works out the month of a zone in which `at` lies, by default the present one or else a later one; `planned` are shows
 * that are not stored, for "what would it cost".
 */
export type MonthWorker = (planned?: readonly Show[], at?: Date) => Promise<MonthCosts>;

export function createMonthWorker({ ports, costs, zone }: Needs): MonthWorker {
  let last: Foreseen | null = null;
  const settledDays = new Map<string, Usd>();

  return async (planned = [], at = ports.clock.now()) => {
    const now = ports.clock.now();
    const period = periodAt("month", at, zone);
    const [pricing, ledger, rows, rates, settings, stored] = await Promise.all([
      costs.pricing(),
      costs.ledger(min([period.from, subDays(now, patternDays)]), now),
      ports.destinations.list(),
      costs.rates(),
      readSettings(ports),
      readShows(ports),
    ]);
    const meter = meterPeriod(ledger, pricing, period);
    const leases = rows.flatMap(openLease);
    const shows = [...stored, ...planned];
    const from = JSON.stringify([period.name, leases, shows]);
    if (last === null || last.from !== from || !isRecent(last, now)) {
      const basis = { period, pricing, ledger, meter, rates };
      last = { from, at: now, forecast: foresee(basis, { leases, shows, settledDays }) };
    }
    const foreseen = continued(last.forecast, meter.usd);
    const spending = { spentUsd: meter.usd, forecastUsd: foreseen.usd };
    const budget = budgetState({ ...spending, limitUsd: settings.budgetUsd });
    return { period, meter, forecast: foreseen, budget, settings };
  };
}

const isRecent = ({ at }: Foreseen, now: Date): boolean =>
  now >= at && differenceInSeconds(now, at) < forecastSeconds;

/** What has been metered since then was foreseen as part of a lease, and moves from one part to the other. */
function continued(forecast: Forecast, meteredUsd: number): Forecast {
  const more = Math.max(0, meteredUsd - forecast.parts.metered);
  const leases = Math.max(0, minusUsd(forecast.parts.leases, more));
  const parts = { ...forecast.parts, metered: meteredUsd, leases };
  return { parts, usd: sumUsd(Object.values(parts)) };
}

type Basis = {
  period: Period;
  pricing: Pricing;
  ledger: Ledger;
  meter: PeriodMeter;
  rates: RatesById;
};
/** What is on, and until when it may stay on. */
type Lease = { destinationId: string; until: Date };
type Plans = {
  leases: readonly Lease[];
  shows: readonly Show[];
  settledDays: Map<string, Usd>;
};

function foresee({ period, pricing, ledger, meter, rates }: Basis, plans: Plans) {
  const { leases, shows } = plans;
  const { table, now } = pricing;
  const channelOf = (destinationId: string) => billedAs(destinationId, rates);
  const perHour = new Map([...rates].map(([id, each]) => [channelOf(id), each.totalUsdPerHour]));
  return forecast({
    now,
    period,
    meteredUsd: meter.usd,
    leases: leases.map(({ destinationId, until }) => ({
      channelId: channelOf(destinationId),
      until,
    })),
    shows: shows.flatMap((show) => {
      const channelIds = show.destinationIds.map(channelOf);
      return occurrences(show, now, period.to).map((each) => ({ ...each, channelIds }));
    }),
    usdPerHour: (id) => perHour.get(id) ?? 0,
    flowUsdPerHour: table.usd(metered.flow),
    channelCount: ledger.channelCount,
    idleUsdPerHour: table.usd(metered.idleChannel) + table.usd(metered.idleInput),
    spentOn: keepingSettled(spentByDay(ledger, pricing), plans.settledDays, now),
  });
}

/** What a day cost does not change any more some days later, so that it is worked out once. */
function keepingSettled(
  spentOn: Outlook["spentOn"],
  settled: Map<string, Usd>,
  now: Date,
): Outlook["spentOn"] {
  return (day) => {
    const usd = settled.get(day.name) ?? spentOn(day);
    if (usd === null || day.to > subDays(now, 3)) return usd;
    if (settled.size > patternDays * 2) settled.clear();
    settled.set(day.name, usd);
    return usd;
  };
}

function openLease(row: Destination): Lease[] {
  const until = row.desired === "on" && !isSettled(row) ? endOf(row) : null;
  return until === null ? [] : [{ destinationId: row.id, until }];
}
