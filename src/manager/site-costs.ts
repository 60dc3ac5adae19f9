import { subHours } from "date-fns/subHours";
import type { Broadcast } from "../domain/broadcast.ts";
import { isBilledRunning } from "../domain/channel.ts";
import { billedOnce } from "../domain/cost/billed-once.ts";
import { destinationCost } from "../domain/cost/destination-cost.ts";
import { union } from "../domain/cost/interval.ts";
import { metered } from "../domain/cost/price-table.ts";
import type { RatesById } from "../domain/cost/rates.ts";
import { type BilledSession, type Pricing, steadyUsd } from "../domain/cost/session-meter.ts";
import { type Destination, isSettled } from "../domain/destination.ts";
import { claims, type Facts, stateFor } from "../domain/facts.ts";
import { sumUsd, type Usd } from "../domain/money.ts";
import type { Session } from "../domain/session.ts";
import type { Span } from "../domain/span.ts";
import { usualStartSeconds } from "../domain/start-time.ts";
import type { DestinationCost, SessionView, SiteCost } from "../domain/view.ts";
import { OpsError } from "../errors.ts";
import { type Costs, lookBackHours } from "./costs.ts";
import type { MonthCosts } from "./month-costs.ts";
import type { Ports } from "./ports.ts";
import { sessionViews } from "./session-views.ts";

/** What the view learns from sessions and prices: of the site, of its broadcast, and of each destination by its id. */
export type SiteCosts = {
  site: SiteCost | null;
  sessions: readonly SessionView[];
  destinations: ReadonlyMap<string, DestinationCost>;
  usualStartSeconds: ReadonlyMap<string, number>;
};

export const unknownCosts: SiteCosts = {
  site: null,
  sessions: [],
  destinations: new Map(),
  usualStartSeconds: new Map(),
};

type Needs = Pick<Ports, "clock" | "log" | "prices" | "sessions" | "spans">;

/** How old the month may be while nothing is on: only idle fees add to it then. */
const quietSeconds = 900;
/** How often what is written down is read again; what runs is metered at each look. */
const readEveryMs = 60_000;

/** Reads the money of the site for its view; without it the view says that nobody can say. */
export function createSiteCosts(ports: Needs, costs: Costs) {
  let known: Reading | null = null;

  /** What is written down, and the month with it: anew each minute, and when something has begun or ended. */
  async function read(facts: Facts): Promise<Reading> {
    const now = ports.clock.now();
    const running = facts.destinations.filter(
      (each) => each.sessionId !== null && !isSettled(each),
    );
    const ids = running.map(({ sessionId }) => sessionId).join();
    const isWhole = (sessions: readonly Session[]) =>
      running.every(({ sessionId }) =>
        sessions.some(({ id, billedFrom }) => id === sessionId && billedFrom !== null),
      );
    const same = known !== null && known.running === ids && isWhole(known.sessions);
    if (known !== null && same && now.getTime() - known.at < readEveryMs) return known;
    const earliest = subHours(now, lookBackHours);
    const [pricing, rates, sessions, spans] = await Promise.all([
      costs.pricing(),
      costs.rates(),
      ports.sessions.list(earliest, now),
      ports.spans.list("flow-active", earliest, now),
    ]);
    const changed = !same && isWhole(sessions);
    const month = await costs.month(monthAge(changed, running.length === 0));
    known = { at: now.getTime(), running: ids, pricing, rates, sessions, spans, month };
    return known;
  }

  return async (facts: Facts, broadcast: Broadcast | null): Promise<SiteCosts> => {
    try {
      const { pricing, ...reading } = await read(facts);
      const at = { ...pricing, now: ports.clock.now() };
      return toSiteCosts({ ...reading, facts, broadcast, pricing: at });
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      ports.log.warn("costs-unreadable", { code: error.code });
      return unknownCosts;
    }
  };
}

function monthAge(changed: boolean, quiet: boolean): number | undefined {
  if (changed) return 0;
  return quiet ? quietSeconds : undefined;
}

/** What was read at an instant, and which sessions were running then. */
type Reading = {
  at: number;
  running: string;
  pricing: Pricing;
  rates: RatesById;
  sessions: readonly Session[];
  /** When the flow was active. */
  spans: readonly Span[];
  month: MonthCosts;
};

type Known = Omit<Reading, "at" | "running"> & { facts: Facts; broadcast: Broadcast | null };

function toSiteCosts({
  facts,
  broadcast,
  month,
  rates,
  sessions,
  spans,
  pricing,
}: Known): SiteCosts {
  const { table } = pricing;
  const views = sessionViews(sessions, broadcast, pricing);
  const flow = {
    broadcastUsd: broadcast === null ? 0 : flowUsd(spans, broadcast, pricing),
    perHourUsd: isFlowActive(facts) ? table.usd(metered.flow) : 0,
  };
  const broadcastUsd = sumUsd([...views.map(({ usd }) => usd), flow.broadcastUsd]);
  const site: SiteCost = {
    broadcastUsd,
    perHourUsd: sumUsd([perHourUsd(facts, rates), flow.perHourUsd]),
    flow,
    monthUsd: monthUsd(month, broadcast, broadcastUsd),
    forecastUsd: month.forecast.usd,
    limitUsd: month.settings.budgetUsd,
    region: table.find(metered.flow)?.region ?? table.region,
    asOf: table.asOf,
    corrected: table.corrected,
  };
  const ofEach = <Value>(read: (destination: Destination) => Value) =>
    new Map(facts.destinations.map((each) => [each.id, read(each)]));
  const own = ({ id }: Destination) => sessions.filter((each) => each.destinationId === id);
  const billed = billedOnce(sessions, pricing.now);
  return {
    site,
    sessions: views,
    destinations: ofEach((each) => costOf(each, { at: pricing, rates, sessions: billed })),
    usualStartSeconds: ofEach((each) => usualStartSeconds(own(each))),
  };
}

/** The month is read once a minute, the broadcast at each look: what is part of it is never more than it. */
const monthUsd = ({ meter, period }: MonthCosts, broadcast: Broadcast | null, usd: number) =>
  broadcast !== null && broadcast.startedAt >= period.from ? Math.max(meter.usd, usd) : meter.usd;

type Money = { at: Pricing; rates: RatesById; sessions: readonly BilledSession[] };

function costOf({ id, sessionId }: Destination, { at, rates, sessions }: Money): DestinationCost {
  const session = sessions.find((each) => each.id === sessionId) ?? null;
  return destinationCost(session, rates.get(id), at);
}

/** What the flow has cost while the broadcast has lasted. */
function flowUsd(spans: readonly Span[], { startedAt, endedAt }: Broadcast, pricing: Pricing): Usd {
  const { table, now } = pricing;
  const broadcast = { from: startedAt, to: endedAt ?? now };
  const active = union(spans.map(({ from, to }) => ({ from, to: to ?? now })));
  return sumUsd(active.map((each) => steadyUsd(each, table.usd(metered.flow), broadcast)));
}

const isFlowActive = ({ flow }: Facts): boolean =>
  flow !== null && flow !== "not-configured" && flow.state !== "standby";

/** What runs now, each channel once. */
function perHourUsd(facts: Facts, rates: RatesById): number {
  const claimed = claims(facts.destinations, facts.bindings);
  const running = new Map<string, number>();
  for (const { id } of facts.destinations) {
    const claim = claimed.get(id);
    if (claim?.holds && isBilledRunning(stateFor(claim, facts)))
      running.set(claim.channelId, rates.get(id)?.totalUsdPerHour ?? 0);
  }
  return sumUsd([...running.values()]);
}
