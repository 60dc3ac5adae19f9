import type { Telling } from "../domain/telling.ts";
import { OpsError } from "../errors.ts";
import type { Tick } from "./job.ts";

/** Says what is not said yet and amends the rest. */
export async function tell({ say, amend }: Telling, tick: Tick): Promise<void> {
  const live = new Set((await tick.live()).map(({ key }) => key));
  for (const announcement of say) if (!live.has(announcement.key)) await tick.say(announcement);
  for (const { read, content, open } of amend) await tick.amend(read, { content, open });
}

/** The broadcast under whose card things are told at present; null for a message of its own. */
export async function currentThread(tick: Tick): Promise<string | null> {
  const broadcast = await tick.broadcast();
  return broadcast?.endedAt === null ? broadcast.id : null;
}

/** Dollars an hour by destination id; empty when nobody can say, because nothing waits for a price. */
export async function hourlyUsd(tick: Tick): Promise<ReadonlyMap<string, number>> {
  const rates = (await priceFrom(tick.costs.rates(), tick)) ?? [];
  return new Map([...rates].map(([id, { totalUsdPerHour }]) => [id, totalUsdPerHour]));
}

/** Dollars an hour of a channel of which no row tells; null when nobody can say. */
export const strangerUsd = (tick: Tick): Promise<number | null> =>
  priceFrom(tick.costs.strangerUsdPerHour(), tick);

async function priceFrom<T>(reading: Promise<T>, { log }: Tick): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    log.warn("prices-unreadable", { code: error.code });
    return null;
  }
}
