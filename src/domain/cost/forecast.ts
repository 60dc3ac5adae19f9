import { addHours } from "date-fns/addHours";
import { max } from "date-fns/max";
import { min } from "date-fns/min";
import { subDays } from "date-fns/subDays";
import { minusUsd, sumUsd, toUsd, type Usd } from "../money.ts";
import { common, type Interval, lengthMs, totalMs, union, within, without } from "./interval.ts";
import { type Ledger, meterPeriod } from "./meter.ts";
import { daysOf, type Period, periodAt } from "./period.ts";
import type { Pricing } from "./session-meter.ts";

/** What is known, when a period's end is foreseen. */
export type Outlook = {
  now: Date;
  period: Period;
  /** What the period has cost so far. */
  meteredUsd: Usd;
  /** What is on, and until when it may stay on. */
  leases: readonly { channelId: string; until: Date }[];
  /** Planned shows; those that overlap count once for each channel. */
  shows: readonly { startsAt: Date; endsAt: Date; channelIds: readonly string[] }[];
  /** What an hour of a channel costs, and what leaves it. */
  usdPerHour(channelId: string): number;
  flowUsdPerHour: number;
  channelCount: number;
  /** What a channel and its input cost an hour while they do not run. */
  idleUsdPerHour: number;
  /** What a past day cost without idle fees; null for a day that patchbay did not see from its beginning. */
  spentOn(day: Period): Usd | null;
};

/** What a period will have cost, and of what that is made. */
export type Forecast = {
  usd: Usd;
  parts: {
    metered: Usd;
    /** What is on now, until its leases end. */
    leases: Usd;
    shows: Usd;
    /** What the same weekdays usually cost beyond what is planned. */
    pattern: Usd;
    idle: Usd;
  };
};

/** When each channel will run. */
type Runs = ReadonlyMap<string, readonly Interval[]>;

const hourMs = 3_600_000;
/** How many past days of the same weekday make the pattern. */
const patternWeeks = 4;

/** What a period will have cost: metered + open leases + planned shows + what days like the remaining ones usually cost. */
export function forecast(outlook: Outlook): Forecast {
  const left = { from: max([outlook.now, outlook.period.from]), to: outlook.period.to };
  const leases = leaseRuns(outlook, left);
  const shows = showRuns(outlook, left, leases);
  const leaseUsd = usdOf(outlook, leases, []);
  const showUsd = usdOf(outlook, shows, allOf(leases));
  const idleHours =
    (outlook.channelCount * lengthMs(left) - busyMs(leases) - busyMs(shows)) / hourMs;
  const parts = {
    metered: outlook.meteredUsd,
    leases: leaseUsd,
    shows: showUsd,
    pattern: patternUsd(outlook, leases, shows),
    idle: Math.max(0, toUsd(idleHours * outlook.idleUsdPerHour)),
  };
  return { usd: sumUsd(Object.values(parts)), parts };
}

function leaseRuns({ leases, now }: Outlook, left: Interval): Runs {
  const ids = [...new Set(leases.map(({ channelId }) => channelId))];
  return new Map(
    ids.map((id) => {
      const own = leases.filter(({ channelId }) => channelId === id);
      const times = union(own.map(({ until }) => ({ from: now, to: until })));
      return [id, within(left, times)];
    }),
  );
}

function showRuns({ shows }: Outlook, left: Interval, leases: Runs): Runs {
  const ids = [...new Set(shows.flatMap(({ channelIds }) => channelIds))];
  return new Map(
    ids.map((id) => {
      const own = shows.filter(({ channelIds }) => channelIds.includes(id));
      const planned = own.map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt }));
      return [id, without(within(left, planned), leases.get(id) ?? [])];
    }),
  );
}

const allOf = (runs: Runs): Interval[] => union([...runs.values()].flat());

const busyMs = (runs: Runs): number =>
  [...runs.values()].reduce((sum, each) => sum + totalMs(each), 0);

/** What runs cost, with the flow for as long as any of them needs it and it is not active already. */
function usdOf(outlook: Outlook, runs: Runs, flowActive: readonly Interval[]): Usd {
  const flowMs = totalMs(without(allOf(runs), flowActive));
  return sumUsd([
    toUsd((flowMs / hourMs) * outlook.flowUsdPerHour),
    ...[...runs].map(([id, each]) => toUsd((totalMs(each) / hourMs) * outlook.usdPerHour(id))),
  ]);
}

const onDay = (runs: Runs, day: Period): Runs =>
  new Map([...runs].map(([id, each]) => [id, each.flatMap((run) => common(run, day))]));

/** What the days after today usually cost, where that is more than what is planned on them. */
function patternUsd(outlook: Outlook, leases: Runs, shows: Runs): Usd {
  const { now, period } = outlook;
  const today = periodAt("day", now, period.zone);
  const rest = { ...period, from: max([period.from, min([today.to, period.to])]) };
  const days = rest.from < rest.to ? daysOf(rest) : [];
  const usual = days.slice(0, 7).map((day) => usualUsd(outlook, day, today));
  return sumUsd(
    days.map((day, index) => {
      const leased = onDay(leases, day);
      const planned = sumUsd([
        usdOf(outlook, leased, []),
        usdOf(outlook, onDay(shows, day), allOf(leased)),
      ]);
      return Math.max(0, minusUsd(usual[index % 7] ?? 0, planned));
    }),
  );
}

/** The average of the last four days of the same weekday before today, as far as they were seen. */
function usualUsd({ spentOn, period }: Outlook, day: Period, today: Period): Usd {
  const noon = addHours(day.from, 12);
  const weeksAhead = Math.ceil((noon.getTime() - today.from.getTime()) / (7 * 24 * hourMs));
  const spent = Array.from({ length: patternWeeks }, (_, week) =>
    spentOn(periodAt("day", subDays(noon, (weeksAhead + week) * 7), period.zone)),
  ).filter((usd) => usd !== null);
  return spent.length === 0 ? 0 : toUsd(sumUsd(spent) / spent.length);
}

/** What a ledger's past days cost without idle fees, each worked out once. */
export function spentByDay(ledger: Ledger, pricing: Pricing): Outlook["spentOn"] {
  const known = new Map<string, Usd>();
  return (day) => {
    if (ledger.knownSince === null || day.from < ledger.knownSince) return null;
    const usd = known.get(day.name) ?? daysUsd(ledger, pricing, day);
    known.set(day.name, usd);
    return usd;
  };
}

function daysUsd(ledger: Ledger, pricing: Pricing, day: Period): Usd {
  const { usd, parts } = meterPeriod(ledger, pricing, day);
  return minusUsd(usd, sumUsd([parts.idleChannels, parts.idleInputs]));
}
