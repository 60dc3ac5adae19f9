import { minutesToMilliseconds } from "date-fns/minutesToMilliseconds";
import { autoShutdown } from "../destination.ts";
import { sumUsd, toUsd, type Usd } from "../money.ts";
import type { Session } from "../session.ts";
import { common, type Interval, lengthMs, meets, totalMs, within } from "./interval.ts";
import type { Rates } from "./rates.ts";
import {
  type BilledSession,
  billedInterval,
  meterSession,
  type Pricing,
  type SessionMeter,
} from "./session-meter.ts";

/** Time and what it cost. */
export type Amount = { minutes: number; usd: Usd };

/** What one session adds to a period; `waste` ran without a source, `saved` is what auto-shutdown left of its lease. */
export type Line = SessionMeter & { session: Session; waste: Amount; saved: Amount };

/** The lines of one destination or show together; `id` is null for sessions of no show. */
export type Share = Amount & {
  id: string | null;
  name: string | null;
  sessions: number;
  waste: Amount;
  saved: Amount;
};

type Context = { pricing: Pricing; period: Interval; absent: readonly Interval[] };

/** The sessions that cost something in a period, or ended in it: what ends just as the next one begins is still its own. */
export const linesOf = (sessions: readonly BilledSession[], context: Context): Line[] =>
  sessions.flatMap((session) => {
    if (!concerns(session, context)) return [];
    const meter = meterSession(session, context.pricing, context.period);
    const saved = savedIn(session, meter.rates, context.period);
    return meter.usd === 0 && saved.minutes === 0
      ? []
      : [{ ...meter, session, saved, waste: wasteIn(session, meter.rates, context) }];
  });

const concerns = (session: Session, { pricing, period }: Context): boolean => {
  const run = billedInterval(session, pricing.now);
  return run !== null && meets(run, period);
};

/** Without a source a channel still encodes and sends; only the flow has nothing to send it. */
export const amountOf = (ms: number, { encodeUsdPerHour, deliveryUsdPerHour }: Rates): Amount => ({
  minutes: ms / minutesToMilliseconds(1),
  usd: toUsd(((encodeUsdPerHour + deliveryUsdPerHour) * ms) / minutesToMilliseconds(60)),
});

function wasteIn(session: Session, rates: Rates, { pricing, period, absent }: Context): Amount {
  const run = billedInterval(session, pricing.now);
  const inPeriod = run === null ? [] : common(run, period);
  return amountOf(totalMs(inPeriod.flatMap((each) => within(each, absent))), rates);
}

/** Counted in the period in which the session ended. */
function savedIn({ endedBy, endedAt, leaseUntil }: Session, rates: Rates, period: Interval) {
  const auto = endedBy?.id === autoShutdown.id && endedAt !== null && leaseUntil !== null;
  const inPeriod = auto && endedAt > period.from && endedAt <= period.to;
  return amountOf(inPeriod ? lengthMs({ from: endedAt, to: leaseUntil }) : 0, rates);
}

export const totalOf = (amounts: readonly Amount[]): Amount => ({
  minutes: amounts.reduce((sum, { minutes }) => sum + minutes, 0),
  usd: sumUsd(amounts.map(({ usd }) => usd)),
});

/** The lines of each destination or show, the dearest first. */
export function sharesOf(
  lines: readonly Line[],
  keyOf: (session: Session) => Pick<Share, "id" | "name">,
): Share[] {
  const ids = [...new Set(lines.map(({ session }) => keyOf(session).id))];
  const shares = ids.map((id): Share => {
    const group = lines.filter(({ session }) => keyOf(session).id === id);
    return {
      id,
      name: group.map(({ session }) => keyOf(session).name).at(-1) ?? null,
      sessions: group.length,
      ...totalOf(group),
      waste: totalOf(group.map(({ waste }) => waste)),
      saved: totalOf(group.map(({ saved }) => saved)),
    };
  });
  return shares.toSorted((left, right) => right.usd - left.usd);
}
