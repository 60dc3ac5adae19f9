import type { Announcement } from "../domain/announcement.ts";
import { budgetState } from "../domain/cost/budget.ts";
import { budgetAlerts } from "../domain/cost/budget-alerts.ts";
import { type CapFacts, decideCap, decideShrinking } from "../domain/cost/budget-cap.ts";
import { budgetMemory } from "../domain/cost/budget-memory.ts";
import { meterPeriod } from "../domain/cost/meter.ts";
import { type Period, previousPeriod } from "../domain/cost/period.ts";
import { budgetCap, type Destination, isSettled } from "../domain/destination.ts";
import { readMemo } from "../manager/memo.ts";
import type { MonthCosts } from "../manager/month-costs.ts";
import type { Job, Tick } from "./job.ts";
import { stopEach, stopReasons } from "./stop-reasons.ts";
import { currentThread, hourlyUsd, tell } from "./tell.ts";

/** How old the month may be while nothing is on, and how often it is then looked at. */
const quietSeconds = 900;
const quietMinutes = 5;

/** Says when a part of the month's budget is spent, and does what the ladder says of what is on. */
export const budgetAlert: Job = {
  name: "budget-alert",
  async run(now, tick) {
    const rows = await tick.rows();
    const quiet = rows.every(isSettled);
    if (quiet && now.getUTCMinutes() % quietMinutes !== 0) return;
    const kept = await tick.costs.month(quiet ? quietSeconds : undefined);
    const month = isTightening(kept) ? await tick.costs.month(0) : kept;
    await closeLastMonth(month, now, tick);
    await followLadder({ month, rows, now }, tick);
  },
};

/** What shortens or stops a show is read anew: an admin may have raised the budget within this minute. */
const isTightening = ({ budget: { step } }: MonthCosts): boolean => step !== "none" && step >= 95;

const noteOf = ({ name }: Period): string => `budget-alerts#${name}`;

type Looked = { month: MonthCosts; rows: readonly Destination[]; now: Date };

async function followLadder({ month, rows, now }: Looked, tick: Tick): Promise<void> {
  const { period, budget, settings } = month;
  const memo = await readMemo(tick.ports.notes, noteOf(period), budgetMemory);
  const memory = memo.value;
  const { policy } = tick;
  const alerts = budgetAlerts({
    ...month,
    hardCap: settings.hardCap,
    told: memory.told,
    policy,
    now,
  });
  await tell({ say: alerts, amend: [] }, tick);
  const [live, broadcastId] = await Promise.all([tick.live(), currentThread(tick)]);
  const facts = { period, budget, hardCap: settings.hardCap, memory, rows, live, broadcastId };
  const shrunk = await shrink({ ...facts, policy, now }, tick);
  const stopsAt = await cap({ ...facts, policy, now }, tick);
  const told = [...memory.told, ...keysOf(alerts)];
  await memo.write({ ...memory, limitUsd: budget.limitUsd, told, shrunk, stopsAt });
}

/** Answers with the intents that need no second look. */
async function shrink(facts: Omit<CapFacts, "usdPerHour">, tick: Tick): Promise<readonly string[]> {
  const { until, shrink: long, shrunk } = decideShrinking(facts);
  if (long.length === 0) return shrunk;
  const outcomes = await tick.intents.shrink({
    destinationIds: long.map(({ id }) => id),
    by: budgetCap,
    reason: "the month's budget is nearly spent",
    until,
  });
  const failed = outcomes.filter(({ result }) => result === "refused");
  return shrunk.filter((id) => !failed.some(({ destination }) => destination.intent?.id === id));
}

/** Answers with when those are stopped that were called. */
async function cap(known: Omit<CapFacts, "usdPerHour">, tick: Tick) {
  const isCapped = known.hardCap && known.budget.step === 100;
  const facts: CapFacts = { ...known, usdPerHour: isCapped ? await hourlyUsd(tick) : new Map() };
  const { calls, amend, stop, stopsAt } = decideCap(facts);
  for (const call of calls) {
    if (await tick.say(call)) continue;
    const kept = await tick.ports.announcements.find(call.key);
    if (kept?.open === false) await tick.amend(kept, call);
  }
  await tell({ say: [], amend }, tick);
  await stopCalled(stop, facts, tick);
  return stopsAt;
}

/** Only what is due at this very moment, by the budget, the calls and the rows of now. */
async function stopCalled(rows: readonly Destination[], known: CapFacts, tick: Tick) {
  if (rows.length === 0) return;
  const why = { why: "the month's budget is spent", now: known.now };
  const reasonOf = await stopReasons(rows, why, tick);
  const due = (await decideAnew(known, tick)).stop.map(({ id }) => id);
  const sure = rows.filter(({ id }) => due.includes(id));
  await stopEach(sure, { by: budgetCap, reasonOf }, tick);
}

async function decideAnew(known: CapFacts, tick: Tick) {
  const [{ period, budget, settings }, memo, { facts, live, now }] = await Promise.all([
    tick.costs.month(0),
    readMemo(tick.ports.notes, noteOf(known.period), budgetMemory),
    tick.anew(),
  ]);
  const { destinations: rows } = facts;
  const { hardCap } = settings;
  return decideCap({ ...known, period, budget, hardCap, memory: memo.value, rows, live, now });
}

/** When a month that is over is looked at once more: what its last minutes cost is told too. */
const closing = { fromMs: 15 * 60_000, toMs: 7 * 24 * 3_600_000 };

async function closeLastMonth({ period, settings }: MonthCosts, now: Date, tick: Tick) {
  const age = now.getTime() - period.from.getTime();
  if (age < closing.fromMs || age > closing.toMs) return;
  const last = previousPeriod(period);
  const memo = await readMemo(tick.ports.notes, noteOf(last), budgetMemory);
  const { limitUsd, told, closed } = memo.value;
  if (closed || limitUsd === null) return;
  const [ledger, pricing] = await Promise.all([
    tick.costs.ledger(last.from, last.to),
    tick.costs.pricing(),
  ]);
  const { usd } = meterPeriod(ledger, pricing, last);
  const budget = budgetState({ spentUsd: usd, forecastUsd: usd, limitUsd });
  const { hardCap } = settings;
  const alerts = budgetAlerts({ period: last, budget, hardCap, told, policy: tick.policy, now });
  await tell({ say: alerts, amend: [] }, tick);
  await memo.write({ ...memo.value, told: [...told, ...keysOf(alerts)], closed: true });
}

const keysOf = (announcements: readonly Announcement[]): string[] =>
  announcements.map(({ key }) => key);
