import { metered } from "../domain/cost/price-table.ts";
import { assumedSourceBitrateBps, gbPerHour } from "../domain/cost/rates.ts";
import { unreadableNews, unreadableNote } from "../domain/unreadable.ts";
import { addDaysTo, firstInstantAt, wallDate, wallTime } from "../domain/wall-time.ts";
import { findLeaks, type LeakPrices, unusedDays } from "../domain/watch/leak.ts";
import { tellLeaks } from "../domain/watch/leak-sweep.ts";
import { ignoredKey, readIgnoredLeaks } from "../manager/leaks.ts";
import { putNote } from "../manager/put-note.ts";
import type { Job, Tick } from "./job.ts";
import { tell } from "./tell.ts";

const timeLocal = "09:00";
const sweptKey = "leaks.swept";

/** Tells at nine in the morning, or as soon after it as patchbay runs, what is billed for nobody. */
export const leakSweep: Job = {
  name: "leak-sweep",
  async run(now, tick) {
    const { policy, ports } = tick;
    const { zone } = policy;
    const today = wallDate(now, zone);
    if (wallTime(now, zone) < timeLocal) return;
    const previous = await ports.notes.read(sweptKey);
    if (previous === today) return;
    const facts = await tick.facts();
    if (facts.channels === null || facts.flow === null || facts.memory.version < 0) return;
    const [prices, usedChannels, ignored, live] = await Promise.all([
      readPrices(tick),
      readUsed(now, tick),
      readIgnoredLeaks(ports),
      tick.live(),
    ]);
    if (ignored === null) await tick.say(unreadableNews(unreadableNote(ignoredKey), now));
    const leaks = findLeaks({ facts, prices, usedChannels, policy, now });
    await tell(tellLeaks({ leaks, ignored: ignored ?? {}, live, zone, now }), tick);
    await putNote(ports, { key: sweptKey, words: today, previous });
  },
};

async function readPrices({ costs }: Tick): Promise<LeakPrices> {
  const [pricing, rates, strangerUsdPerHour] = await Promise.all([
    costs.pricing(),
    costs.rates(),
    costs.strangerUsdPerHour(),
  ]);
  const { table, sourceBitrateBps } = pricing;
  const hourly = [...rates].map(([id, each]): [string, number] => [id, each.totalUsdPerHour]);
  return {
    usdPerHour: new Map(hourly),
    strangerUsdPerHour,
    flowUsdPerHour: table.usd(metered.flow),
    idleUsdPerHour: table.usd(metered.idleChannel) + table.usd(metered.idleInput),
    transferUsdPerHour:
      gbPerHour(sourceBitrateBps ?? assumedSourceBitrateBps) * table.usd(metered.transfer),
  };
}

/** The channels of the sessions of the last days; null while the ledger does not reach back so far. */
async function readUsed(
  now: Date,
  { costs, policy: { zone } }: Tick,
): Promise<ReadonlySet<string> | null> {
  const date = addDaysTo(wallDate(now, zone), -unusedDays);
  const from = firstInstantAt({ date, timeLocal: "00:00", zone });
  const { sessions, knownSince } = await costs.ledger(from, now);
  if (knownSince === null || knownSince > from) return null;
  return new Set(sessions.flatMap(({ channelId }) => channelId ?? []));
}
