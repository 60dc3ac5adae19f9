import type { DestinationCost } from "../view.ts";
import type { Rates } from "./rates.ts";
import { type BilledSession, meterSession, type Pricing, stopSense } from "./session-meter.ts";

/** What a destination costs an hour, and what its session (by `billedOnce`) has cost so far while it goes on. */
export function destinationCost(
  session: BilledSession | null,
  rates: Rates | undefined,
  pricing: Pricing,
): DestinationCost {
  const perHourUsd = rates?.totalUsdPerHour ?? 0;
  if (session === null || session.endedAt !== null || session.billedFrom === null)
    return { perHourUsd, soFarUsd: null, billedAnywayMinutes: 0 };
  return {
    perHourUsd,
    soFarUsd: meterSession(session, pricing).usd,
    billedAnywayMinutes: stopSense(session, pricing.now).stillBilledMinutes,
  };
}
