import { subDays } from "date-fns/subDays";
import { type Destination, showStart } from "../domain/destination.ts";
import {
  type Handled,
  isHandled,
  isNowhere,
  isOlderNote,
  leadsOf,
  type OccurrenceMemory,
  occurrencePrefix,
} from "../domain/occurrence-memory.ts";
import { mergedEnd, type Planned, plannedAround } from "../domain/planned-shows.ts";
import { sessionIdFrom } from "../domain/session.ts";
import { isLate, planShow, type ShowPlan, type ShowStep } from "../domain/show-plan.ts";
import { nowhereAnnouncement, showAnnouncements } from "../domain/show-telling.ts";
import { isOpsError, type OpsError } from "../errors.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Memo } from "../manager/memo.ts";
import type { Job, Tick } from "./job.ts";
import { rememberedDates } from "./remembered-dates.ts";
import { hourlyUsd } from "./tell.ts";

/** Puts planned shows on air at their time, and keeps them on to their end. */
export const showStarts: Job = {
  name: "shows",
  async run(now, tick) {
    const shows = await tick.shows();
    const near = plannedAround(shows, now);
    if (near.length === 0) return;
    const endOf = mergedEnd(shows, now);
    for (const { memo, isNew, ...planned } of await rememberedDates(near, now, tick)) {
      const memory = isNew ? await prepare(memo, planned, { now, tick }) : memo.value;
      if (isNew) await forget(now, tick);
      const until = (id: string) => endOf(planned.occurrence, id);
      await carryOut({ planned, memo, memory, until }, { now, tick });
    }
  },
};

/** How far back starts are looked at to learn how long they take. */
const learningDays = 60;

type At = { now: Date; tick: Tick };

async function prepare(memo: Memo<OccurrenceMemory>, { occurrence }: Planned, { now, tick }: At) {
  const sessions = await tick.ports.sessions.list(subDays(now, learningDays), now);
  const memory = { ...memo.value, leadSeconds: leadsOf(occurrence, sessions) };
  await memo.write(memory);
  return memory;
}

type Task = {
  planned: Planned;
  memo: Memo<OccurrenceMemory>;
  memory: OccurrenceMemory;
  until(destinationId: string): Date;
};

const noPrices: ReadonlyMap<string, number> = new Map();

/** What is done is remembered after it was done: doing it again changes nothing. */
async function carryOut({ planned, memo, memory, until }: Task, { now, tick }: At): Promise<void> {
  const rows = await tick.rows();
  if (isNowhere(planned.occurrence, rows))
    return tellNowhere({ planned, memo, memory }, { now, tick });
  if (isHandled(planned.occurrence, memory, rows)) return;
  const plan = planShow({ ...planned, memory, rows, until, now });
  const results = await takeSteps(plan, planned, tick);
  const started = [...plan.started, ...results.flatMap((each) => each.started ?? [])];
  const news = {
    late: started.filter((row) => isLate(row, planned)),
    missed: plan.missed,
    barred: results.flatMap(({ row, barred }) => (barred ? [row] : [])),
    refused: results.flatMap(({ row, refused: why }) => (why ? [{ row, why }] : [])),
    short: results.flatMap(({ row, short: why }) => (why ? [{ row, why }] : [])),
  };
  const told: string[] = [...memory.told];
  const isOffered = news.missed.length + news.barred.length > 0;
  const usdPerHour = isOffered ? await hourlyUsd(tick) : noPrices;
  const telling = { told: memory.told, usdPerHour, now };
  for (const { kind, ...announcement } of showAnnouncements(planned, news, telling)) {
    await tick.say(announcement);
    told.push(kind);
  }
  const taken = results.flatMap(({ row, handled }) => (handled ? [[row.id, handled]] : []));
  const handled = { ...memory.handled, ...plan.handled, ...Object.fromEntries(taken) };
  await memo.write({ ...memory, handled, told });
}

/** The key of what is said is the show's, so that a later date does not say it again. */
async function tellNowhere({ planned, memo, memory }: Omit<Task, "until">, { now, tick }: At) {
  const isOver = now >= planned.occurrence.endsAt;
  if (isOver || memory.told.includes("nowhere")) return;
  await tick.say(nowhereAnnouncement(planned, now));
  await memo.write({ ...memory, told: [...memory.told, "nowhere"] });
}

/** What came of a step; nothing but the row when the next tick has to look again. */
type Result = {
  row: Destination;
  handled?: Handled;
  /** The row of what was started now. */
  started?: Destination;
  barred?: true;
  refused?: string;
  /** Why it is not on to the end. */
  short?: string | null;
};

async function takeSteps(plan: ShowPlan, { show, occurrence }: Planned, tick: Tick) {
  const steps = [...plan.start, ...plan.extend];
  if (steps.length === 0) return [];
  const rules = await tick.costs.startRules();
  if (rules.adminsOnly) return steps.map(({ row }): Result => ({ row, barred: true }));
  const { maxLeaseMinutes } = rules;
  const wish = { reason: `the show “${show.name}”`, endsAt: occurrence.endsAt, maxLeaseMinutes };
  const results: Result[] = [];
  for (const step of plan.start) results.push(await start(step, wish, tick));
  for (const step of plan.extend) results.push(await extend(step, wish, tick));
  return results;
}

type ShowWish = { reason: string; endsAt: Date; maxLeaseMinutes: number | null };

/** A start whose session exists was carried out and stopped before anybody could remember it. */
async function start(step: ShowStep, wish: ShowWish, tick: Tick): Promise<Result> {
  const { row, intentId } = step;
  if ((await tick.ports.sessions.find(sessionIdFrom(intentId))) !== null)
    return { row, handled: "started" };
  const [outcome] = await tick.intents.start(requestFor(step, wish));
  if (outcome?.result === "accepted")
    return { row, handled: "started", started: outcome.destination, short: shortBy(outcome, wish) };
  return outcome?.error ? { row, refused: whyNot(outcome.error) } : { row };
}

/** What cannot be extended stays as it is: it is on, and its end is its own. */
async function extend(step: ShowStep, wish: ShowWish, { intents }: Tick): Promise<Result> {
  const { row } = step;
  const [outcome] = await intents.extend(requestFor(step, wish));
  if (outcome?.result === "accepted")
    return { row, handled: "extended", short: shortBy(outcome, wish) };
  if (!outcome?.error || isOpsError(outcome.error, "conflict")) return { row };
  return { row, handled: "on", short: whyNot(outcome.error) };
}

const requestFor = ({ row, intentId, until }: ShowStep, wish: ShowWish) => ({
  destinationIds: [row.id],
  by: showStart,
  reason: wish.reason,
  until,
  maxLeaseMinutes: wish.maxLeaseMinutes,
  intentIds: { [row.id]: intentId },
  seenIntentIds: { [row.id]: row.intent?.id ?? "" },
});

const shortBy = ({ destination, cappedBy }: Outcome, { endsAt }: ShowWish): string | null =>
  destination.leaseUntil !== null && destination.leaseUntil < endsAt
    ? `it ends earlier, by ${cappedBy ?? "its limit"}.`
    : null;

const whyNot = ({ message, hint }: OpsError): string =>
  hint === undefined ? message : `${message} ${hint}`;

/** How long what was done about a date is remembered: longer than it is looked at. */
const memoryDays = 10;

async function forget(now: Date, { ports: { notes } }: Tick): Promise<void> {
  const date = subDays(now, memoryDays).toISOString().slice(0, 10);
  const kept = await notes.list(occurrencePrefix);
  for (const { key, words } of kept.filter((note) => isOlderNote(note.key, date)))
    await notes.write(key, null, words);
}
