import { announcementKey, budgetState, crossed } from "../../../src/domain/cost/budget.ts";
import { meterPeriod } from "../../../src/domain/cost/meter.ts";
import { periodAt } from "../../../src/domain/cost/period.ts";
import { settingsFrom } from "../../../src/domain/settings.ts";
import { settingsKey } from "../../../src/manager/stored.ts";
import type { CheckContext, Checker } from "./context.ts";

const hourMs = 3_600_000;
/** Counted so low that patchbay, which also counts fees of what does not run, has crossed it before. */
const surely = 0.97;

type Crossed = { keys: readonly string[]; limitUsd: number | null; excusedMs: number };

/** A1 for money: a threshold of a month that was crossed an hour ago has been announced. */
export function budgetChecker(context: CheckContext): Checker & { minute(): void } {
  const { world, timeline, options, violations, excusedMs } = context;
  const announced = new Set<string>();
  let lookAt = timeline.now();
  let before: Crossed | null = null;

  function crossedNow(limitUsd: number | null): readonly string[] {
    const now = new Date(timeline.now());
    const month = periodAt("month", now, options.policy.zone);
    const sessions = world.sessions.all();
    const ledger = { sessions, spans: [], channelCount: 0, knownSince: null };
    const pricing = { table: world.prices, now, sourceBitrateBps: 6_000_000 };
    const { usd } = meterPeriod(ledger, pricing, month);
    const state = budgetState({ spentUsd: usd * surely, forecastUsd: 0, limitUsd });
    return crossed(state.step).map((step) => announcementKey(month.name, step));
  }

  async function judge(): Promise<void> {
    const limitUsd = settingsFrom(await world.notes.read(settingsKey))?.budgetUsd ?? null;
    const last = before;
    before = { keys: crossedNow(limitUsd), limitUsd, excusedMs: excusedMs() };
    if (last?.limitUsd !== limitUsd || excusedMs() - last.excusedMs > hourMs / 3) return;
    const missing = last.keys.find((key) => !announced.has(key));
    violations.check(
      missing === undefined,
      "A1 no alert lost",
      () => `${missing} was crossed an hour ago, and nobody was told`,
    );
  }

  return {
    listener: {
      sent(_, { name, args }) {
        if (name === "announcements.add") announced.add((args[0] as { key: string }).key);
      },
    },
    minute() {
      if (!options.budgets || timeline.now() < lookAt) return;
      lookAt = timeline.now() + hourMs;
      void judge();
    },
  };
}
