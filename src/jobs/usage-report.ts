import { siteMessage } from "../domain/announcement.ts";
import { type DuePeriod, duePeriods, mayFallDue } from "../domain/cost/due-periods.ts";
import type { Ledger } from "../domain/cost/meter.ts";
import type { PeriodKind } from "../domain/cost/period.ts";
import { type ReportMemory, reportMemory } from "../domain/cost/report-memory.ts";
import { type Usage, usageReport } from "../domain/cost/usage.ts";
import { hasSessions, usageContent } from "../domain/cost/usage-content.ts";
import { reportKinds } from "../domain/settings.ts";
import { readMemo } from "../manager/memo.ts";
import { readSettings } from "../manager/stored.ts";
import type { Job, Tick } from "./job.ts";

/** How many reports of a kind are made good after a time away. */
const depths: Record<PeriodKind, number> = { day: 7, week: 4, month: 3 };
const timeLocal = "08:00";
/** A report that comes later than this says so. */
const lateMs = 30 * 60_000;
/** How old the figures of the present month may be, in seconds. */
const monthAge = 900;

/** Tells each morning, Monday and first of the month what the time before it came to. */
export const usageReports: Job = {
  name: "usage-report",
  async run(now, tick) {
    if (!mayFallDue(now)) return;
    const memo = await readMemo(tick.ports.notes, "usage-reports", reportMemory);
    const { zone } = tick.policy;
    const due = reportKinds.flatMap((kind) =>
      duePeriods({ kind, depth: depths[kind], after: memo.value[kind], timeLocal, zone, now }),
    );
    if (due.length === 0) return;
    const ledger = await ledgerOf(due, tick);
    const { reports } = await readSettings(tick.ports);
    const wanted = due.filter(({ period }) => reports.includes(period.kind));
    for (const each of wanted.filter((one) => isKnown(one, ledger)))
      await report(each, ledger, { now, tick });
    await memo.write(due.reduce(remembering, memo.value));
  },
};

/** One reading for all of them. */
function ledgerOf(due: readonly DuePeriod[], { costs }: Tick): Promise<Ledger> {
  const from = Math.min(...due.map(({ period }) => period.from.getTime()));
  const to = Math.max(...due.map(({ period }) => period.to.getTime()));
  return costs.ledger(new Date(from), new Date(to));
}

const isKnown = ({ period }: DuePeriod, { knownSince }: Ledger): boolean =>
  knownSince !== null && period.to > knownSince;

const remembering = (memory: ReportMemory, { period }: DuePeriod): ReportMemory => ({
  ...memory,
  [period.kind]: period.name,
});

async function report(due: DuePeriod, ledger: Ledger, { now, tick }: { now: Date; tick: Tick }) {
  const { period, dueAt } = due;
  const shows = await tick.shows();
  const usage = usageReport(ledger, {
    pricing: await tick.costs.pricing(),
    period,
    forecastUsd: null,
    showName: (id) => shows.find((show) => show.id === id)?.name ?? null,
  });
  if (period.kind === "day" && !hasSessions(usage)) return;
  await tick.say(
    siteMessage({
      key: `report_${period.kind}_${period.name}`,
      at: now,
      content: usageContent(usage, {
        month: await presentMonth(usage, tick),
        knownSince: within(period, ledger.knownSince),
        lateSince: now.getTime() - dueAt.getTime() > lateMs ? dueAt : null,
      }),
    }),
  );
}

const within = ({ from }: DuePeriod["period"], at: Date | null): Date | null =>
  at !== null && at > from ? at : null;

async function presentMonth(usage: Usage, { costs }: Tick) {
  if (!hasSessions(usage)) return null;
  const { meter, forecast, settings } = await costs.month(monthAge);
  return { spentUsd: meter.usd, forecastUsd: forecast.usd, limitUsd: settings.budgetUsd };
}
