import { startOfMinute } from "date-fns/startOfMinute";
import { subDays } from "date-fns/subDays";
import {
  type BudgetState,
  budgetState,
  type StartRules,
  startRules,
} from "../domain/cost/budget.ts";
import { type Forecast, forecast, spentByDay } from "../domain/cost/forecast.ts";
import { type Ledger, meterPeriod, type PeriodMeter } from "../domain/cost/meter.ts";
import { type Period, periodAt } from "../domain/cost/period.ts";
import { metered } from "../domain/cost/price-table.ts";
import { assumedSpec, type Rates, ratesOf } from "../domain/cost/rates.ts";
import type { Pricing } from "../domain/cost/session-meter.ts";
import { isSettled } from "../domain/destination.ts";
import { endOf } from "../domain/lease.ts";
import type { Policy } from "../domain/policy.ts";
import { occurrences } from "../domain/schedule.ts";
import { type Settings, settingsFrom } from "../domain/settings.ts";
import type { Show } from "../domain/show.ts";
import { bind, emptyMemory, managedChannels } from "../domain/site.ts";
import { showFrom } from "../domain/stored-show.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";
import type { SpecReader } from "./sessions.ts";

/** A month as it stands: what it has cost, what it will have cost, and where it is on the budget's ladder. */
export type MonthCosts = {
  period: Period;
  meter: PeriodMeter;
  forecast: Forecast;
  budget: BudgetState;
  settings: Settings;
};

/** The money of the site. Each reading may throw an `OpsError`; nothing that is on air depends on one. */
export type Costs = {
  pricing(): Promise<Pricing>;
  /** What was written down of this time. */
  ledger(from: Date, to: Date): Promise<Ledger>;
  /** The present month of the site's zone; worked out at most once a minute. */
  month(): Promise<MonthCosts>;
  /** What an hour of each destination costs, by id. */
  rates(): Promise<ReadonlyMap<string, Rates>>;
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
>;

/** How far the pattern of past weeks reaches back. */
const lookBackDays = 29;
const knownSinceKey = "known-since";
const noRules: StartRules = { asksSecondPerson: false, maxLeaseMinutes: null, adminsOnly: false };

export function createCosts(ports: Needs, policy: Policy, specs: SpecReader): Costs {
  const { clock, prices: table } = ports;
  let last: { at: Date; month: Promise<MonthCosts> } | null = null;

  async function pricing(): Promise<Pricing> {
    const { sourceBitrateBps } = await ports.siteMemory.read();
    return { table, now: clock.now(), sourceBitrateBps };
  }

  async function ledger(from: Date, to: Date): Promise<Ledger> {
    const [sessions, active, absent, knownSince, channelCount] = await Promise.all([
      ports.sessions.list(from, to),
      ports.spans.list("flow-active", from, to),
      ports.spans.list("source-absent", from, to),
      readKnownSince(ports),
      countChannels(ports),
    ]);
    return { sessions, spans: [...active, ...absent], knownSince, channelCount };
  }

  async function rates(): Promise<ReadonlyMap<string, Rates>> {
    const [rows, bindings, { sourceBitrateBps }] = await Promise.all([
      ports.destinations.list(),
      ports.bindings.read(),
      pricing(),
    ]);
    const entries = rows.map(async (row): Promise<[string, Rates]> => {
      const channelId = bind(row, bindings)?.channelId;
      const spec = channelId === undefined ? null : await specs(channelId);
      return [row.id, ratesOf(spec ?? assumedSpec(row.kind ?? ""), { table, sourceBitrateBps })];
    });
    return new Map(await Promise.all(entries));
  }

  async function workOut(): Promise<MonthCosts> {
    const now = clock.now();
    const period = periodAt("month", now, policy.zone);
    const [money, book, rows, rate, settings, shows] = await Promise.all([
      pricing(),
      ledger(
        subDays(now, lookBackDays) < period.from ? subDays(now, lookBackDays) : period.from,
        now,
      ),
      ports.destinations.list(),
      rates(),
      readSettings(ports),
      readShows(ports),
    ]);
    const meter = meterPeriod(book, money, period);
    const foreseen = forecast({
      now,
      period,
      meteredUsd: meter.usd,
      leases: rows.flatMap((row) => {
        const until = row.desired === "on" && !isSettled(row) ? endOf(row) : null;
        return until === null ? [] : [{ destinationId: row.id, until }];
      }),
      shows: shows.flatMap((show) =>
        occurrences(show, now, period.to).map((each) => ({
          ...each,
          destinationIds: show.destinationIds,
        })),
      ),
      usdPerHour: (id) => rate.get(id)?.totalUsdPerHour ?? 0,
      flowUsdPerHour: table.usd(metered.flow),
      channelCount: book.channelCount,
      idleUsdPerHour: table.usd(metered.idleChannel) + table.usd(metered.idleInput),
      spentOn: spentByDay(book, money),
    });
    const budget = budgetState({
      spentUsd: meter.usd,
      forecastUsd: foreseen.usd,
      limitUsd: settings.budgetUsd,
    });
    return { period, meter, forecast: foreseen, budget, settings };
  }

  function month(): Promise<MonthCosts> {
    const minute = startOfMinute(clock.now());
    if (last?.at.getTime() !== minute.getTime()) {
      const month = workOut();
      last = { at: minute, month };
      month.catch(() => {
        last = null;
      });
    }
    return last?.month ?? workOut();
  }

  async function rules(): Promise<StartRules> {
    try {
      return startRules((await month()).budget.step, policy);
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      ports.log.warn("budget-unreadable", { code: error.code });
      return noRules;
    }
  }

  return { pricing, ledger, month, rates, startRules: rules };
}

/** When patchbay began to look after the site; the first who asks writes it down. */
async function readKnownSince({ notes, clock }: Needs): Promise<Date> {
  const words = await notes.read(knownSinceKey);
  if (words !== null) return new Date(words);
  const now = clock.now();
  try {
    await notes.write(knownSinceKey, now.toISOString(), null);
    return now;
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    const theirs = await notes.read(knownSinceKey);
    return theirs === null ? now : new Date(theirs);
  }
}

async function countChannels({ destinations, bindings }: Needs): Promise<number> {
  const [rows, bound] = await Promise.all([destinations.list(), bindings.read()]);
  return managedChannels({ destinations: rows, bindings: bound, memory: emptyMemory }).size;
}

/** Throws `internal` for settings that are damaged or from a newer version: they are never taken for none. */
export async function readSettings({ notes }: Pick<Ports, "notes">): Promise<Settings> {
  const settings = settingsFrom(await notes.read("settings"));
  if (settings !== null) return settings;
  throw new OpsError(
    "not-configured",
    "The stored settings cannot be read: they are damaged or newer.",
    {
      hint: "Set the budget again with `/stream budget set 400`, or run a newer patchbay.",
    },
  );
}

/** The shows that can be read; the others are left as they are. */
export async function readShows({ notes }: Pick<Ports, "notes">): Promise<Show[]> {
  const stored = await notes.list("show#");
  return stored.flatMap(({ words }) => showFrom(words) ?? []);
}
