import { minusUsd, sumUsd, type Usd } from "../money.ts";
import { type BusyHour, busyHours } from "./busy-hours.ts";
import { common } from "./interval.ts";
import type { Share } from "./lines.ts";
import { type Ledger, meterPeriod, type PeriodMeter } from "./meter.ts";
import type { Period } from "./period.ts";
import { billedInterval, type Pricing } from "./session-meter.ts";

/** What a report needs beside the ledger. */
export type UsageContext = {
  pricing: Pricing;
  period: Period;
  /** What the period will have cost; null when that is not asked, or it is over. */
  forecastUsd: Usd | null;
  showName(showId: string): string | null;
};

/** What a site did in a period and what that cost. */
export type Usage = PeriodMeter & {
  period: Period;
  /** The flow, transfer that nobody used, and idle fees: no destination's own. */
  sharedUsd: Usd;
  forecastUsd: Usd | null;
  /** The hours of the week in which something ran, the busiest first. */
  busiest: readonly BusyHour[];
  asOf: string;
};

/** A period's usage by destination, by show and by hour of the week. */
export function usageReport(ledger: Ledger, context: UsageContext): Usage {
  const { pricing, period } = context;
  const meter = meterPeriod(ledger, pricing, period);
  const runs = ledger.sessions.flatMap((session) => {
    const run = billedInterval(session, pricing.now);
    return run === null ? [] : common(run, period);
  });
  return {
    ...meter,
    period,
    shows: meter.shows.map((share) => ({ ...share, name: nameOf(share, context) })),
    sharedUsd: minusUsd(meter.usd, sumUsd(meter.destinations.map(({ usd }) => usd))),
    forecastUsd: context.forecastUsd,
    busiest: busyHours(runs, period.zone),
    asOf: pricing.table.asOf,
  };
}

const nameOf = ({ id }: Share, { showName }: UsageContext): string =>
  id === null ? "Started by hand" : (showName(id) ?? "A show that was removed");
