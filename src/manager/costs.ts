import { addMilliseconds } from "date-fns/addMilliseconds";
import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { min } from "date-fns/min";
import { subHours } from "date-fns/subHours";
import { learnedFactors, learnedKey } from "../domain/cost/bill-memory.ts";
import { billedOnce } from "../domain/cost/billed-once.ts";
import { type StartRules, startRules } from "../domain/cost/budget.ts";
import { correctedTable } from "../domain/cost/correction.ts";
import { destinationCost } from "../domain/cost/destination-cost.ts";
import type { Interval } from "../domain/cost/interval.ts";
import type { Ledger } from "../domain/cost/meter.ts";
import { metered } from "../domain/cost/price-table.ts";
import { assumedSpec, type RatesById, ratesOf } from "../domain/cost/rates.ts";
import type { Pricing } from "../domain/cost/session-meter.ts";
import type { Destination } from "../domain/destination.ts";
import type { Usd } from "../domain/money.ts";
import type { Policy } from "../domain/policy.ts";
import type { Session } from "../domain/session.ts";
import type { Show } from "../domain/show.ts";
import { bind, emptyMemory, managedChannels } from "../domain/site.ts";
import type { DestinationCost } from "../domain/view.ts";
import { OpsError } from "../errors.ts";
import { readMemo } from "./memo.ts";
import { createMonthWorker, type MonthCosts } from "./month-costs.ts";
import type { Ports } from "./ports.ts";
import type { SpecReader } from "./sessions.ts";
import { readKnownSince } from "./stored.ts";

/** The money of the site. Each reading may throw an `OpsError`; nothing that is on air depends on one. */
export type Costs = {
  pricing(): Promise<Pricing>;
  /** What was written down of this time. */
  ledger(from: Date, to: Date): Promise<Ledger>;
  /** The present month of the site's zone, not older than so many seconds (60 unless given). */
  month(maxAgeSeconds?: number): Promise<MonthCosts>;
  /** The present or a later month, by an instant in it, as it would be with these shows more. */
  monthWith(shows: readonly Show[], at: Date): Promise<MonthCosts>;
  rates(): Promise<RatesById>;
  /** What an hour of the flow costs; null for a site without one. */
  flowUsdPerHour(): Promise<Usd | null>;
  /** What an hour of a running channel is taken to cost that no destination stands for. */
  strangerUsdPerHour(): Promise<Usd>;
  /** What these cost an hour, and have cost since they were started, by id. */
  destinations(rows: readonly Destination[]): Promise<ReadonlyMap<string, DestinationCost>>;
  /** What a start must obey at present; without a readable ledger or budget there is no rule. */
  startRules(): Promise<StartRules>;
};

type Needs = Pick<
  Ports,
  | "clock"
  | "log"
  | "prices"
  | "sessions"
  | "spans"
  | "notes"
  | "destinations"
  | "bindings"
  | "siteMemory"
  | "bill"
>;

/** How long before now an open session is looked for: longer than any lease. */
export const lookBackHours = 72;

const noRules: StartRules = { asksSecondPerson: false, maxLeaseMinutes: null, adminsOnly: false };

/** Reads the ledger when it is asked; only the present month is kept for a while. */
export function createCosts(ports: Needs, policy: Policy, specs: SpecReader): Costs {
  const { clock, prices: table } = ports;
  const read = {
    async pricing(): Promise<Pricing> {
      const [{ sourceBitrateBps }, learned] = await Promise.all([
        ports.siteMemory.read(),
        readLearned(ports),
      ]);
      return { table: correctedTable(table, learned), now: clock.now(), sourceBitrateBps };
    },
    ledger: (from: Date, to: Date) => readLedger(ports, from, to),
    async flowUsdPerHour() {
      const [{ table }, { flowArn }] = await Promise.all([read.pricing(), ports.bindings.read()]);
      return flowArn === null ? null : table.usd(metered.flow);
    },
    strangerUsdPerHour: async () =>
      ratesOf(assumedSpec("custom"), await read.pricing()).totalUsdPerHour,
    rates: async () => readRates(ports, await read.pricing(), specs),
    destinations: (rows: readonly Destination[]) => readDestinations(ports, rows, read),
  };
  const workOut = createMonthWorker({ ports, costs: read, zone: policy.zone });
  let last: { at: Date; month: Promise<MonthCosts> } | null = null;

  /** One that is kept counts only until the month is over: the next begins with nothing spent. */
  async function month(maxAgeSeconds = 60): Promise<MonthCosts> {
    const now = clock.now();
    const age = last === null ? Number.POSITIVE_INFINITY : differenceInSeconds(now, last.at);
    const kept = age >= 0 && age < maxAgeSeconds ? await last?.month : undefined;
    if (kept !== undefined && now < kept.period.to) return kept;
    const working = workOut();
    last = { at: now, month: working };
    working.catch(() => {
      last = null;
    });
    return working;
  }

  return {
    ...read,
    month,
    monthWith: workOut,
    async startRules() {
      try {
        return startRules((await month()).budget.step, policy);
      } catch (error) {
        if (!(error instanceof OpsError)) throw error;
        ports.log.warn("budget-unreadable", { code: error.code });
        return noRules;
      }
    },
  };
}

/** What the bill has taught; nothing where it is not read. */
const readLearned = async ({ bill, notes }: Needs) =>
  bill === null ? [] : (await readMemo(notes, learnedKey, learnedFactors)).value.factors;

async function readLedger(ports: Needs, from: Date, to: Date): Promise<Ledger> {
  const [sessions, active, absent, knownSince, rows, bindings] = await Promise.all([
    listRuns(ports, { from, to }),
    ports.spans.list("flow-active", from, to),
    ports.spans.list("source-absent", from, to),
    readKnownSince(ports),
    ports.destinations.list(),
    ports.bindings.read(),
  ]);
  const channels = managedChannels({ destinations: rows, bindings, memory: emptyMemory });
  return { sessions, spans: [...active, ...absent], knownSince, channelCount: channels.size };
}

/**
 * The sessions of a time, and the earlier ones whose runs may reach into it: how a shared run is rounded depends on its
 * beginning. What begins and ends just when the time does is part of it.
 */
async function listRuns(
  { sessions }: Pick<Needs, "sessions">,
  { from, to }: Interval,
): Promise<Session[]> {
  const found = await sessions.list(from, addMilliseconds(to, 1));
  const earliest = min([
    from,
    ...found.map(({ billedFrom, startedAt }) => billedFrom ?? startedAt),
  ]);
  return earliest < from ? listRuns({ sessions }, { from: earliest, to }) : found;
}

async function readRates(ports: Needs, pricing: Pricing, specs: SpecReader): Promise<RatesById> {
  const [rows, bindings] = await Promise.all([ports.destinations.list(), ports.bindings.read()]);
  const entries = rows.map(async (row) => {
    const channelId = bind(row, bindings)?.channelId ?? null;
    const spec = channelId === null ? null : await specs(channelId);
    const rates = ratesOf(spec ?? assumedSpec(row.kind ?? ""), pricing);
    return [row.id, { ...rates, channelId }] as const;
  });
  return new Map(await Promise.all(entries));
}

/** The other sessions are read too: a channel that they share is billed once. */
async function readDestinations(
  { sessions, clock }: Needs,
  rows: readonly Destination[],
  read: Pick<Costs, "pricing" | "rates">,
): Promise<ReadonlyMap<string, DestinationCost>> {
  const now = clock.now();
  const [pricing, rates, recent] = await Promise.all([
    read.pricing(),
    read.rates(),
    sessions.list(subHours(now, lookBackHours), now),
  ]);
  const billed = billedOnce(recent, now);
  return new Map(
    rows.map(({ id, sessionId }) => {
      const session = billed.find((each) => each.id === sessionId) ?? null;
      return [id, destinationCost(session, rates.get(id), pricing)];
    }),
  );
}
