import { minusUsd, sumUsd, toUsd, type Usd } from "../money.ts";
import type { Session } from "../session.ts";
import { always, common, earlier, type Interval, later, lengthMs } from "./interval.ts";
import type { PriceTable } from "./price-table.ts";
import { assumedSpec, minimumMinutes, type Rates, ratesOf } from "./rates.ts";

/** What metering needs to know beside the ledger. */
export type Pricing = { table: PriceTable; now: Date; sourceBitrateBps: number | null };

/** What a session is billed for: its channel's input and encodes, what reaches the channel, and what leaves it. */
export type SessionParts = {
  input: Usd;
  encode: Usd;
  transfer: Usd;
  egress: Usd;
  ingest: Usd;
};

export type SessionMeter = {
  usd: Usd;
  parts: SessionParts;
  /** Whole minutes, at least ten a run, as MediaLive bills them. */
  minutes: number;
  open: boolean;
  rates: Rates;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A session that is billed for a part of the run of a channel that others share; without `run` the run is its own. */
export type BilledSession = Session & { run?: Interval };

/** When AWS billed a session, up to now while it goes on; null when its channel was never started. */
export function billedInterval({ billedFrom, endedAt }: Session, now: Date): Interval | null {
  if (billedFrom === null) return null;
  return { from: billedFrom, to: later(billedFrom, endedAt ?? now) };
}

/** What a session's channel costs; assumed from its platform when AWS could not be asked. */
export const ratesOfSession = ({ spec, platform }: Session, pricing: Pricing): Rates =>
  ratesOf(spec ?? assumedSpec(platform), pricing);

/**
 * What a session has cost so far, or the part of it within a period. Parts of adjoining periods add up to the whole
 * exactly, because each is the difference of what had accrued at its ends, and so do the sessions that share a run; what
 * the ten-minute minimum adds falls to the period, and to the session, in which the run ends: the earlier one when it ends
 * where two meet.
 */
export function meterSession(
  session: BilledSession,
  pricing: Pricing,
  period: Interval = always,
): SessionMeter {
  const rates = ratesOfSession(session, pricing);
  const open = session.billedFrom !== null && session.endedAt === null;
  const own = billedInterval(session, pricing.now);
  const run = session.run ?? own;
  const [piece] = own === null || run === null ? [] : common(shareOf(run, own), period);
  if (run === null || piece === undefined)
    return { usd: 0, parts: nothing, minutes: 0, open, rates };
  const end = accrued(run, piece.to, rates);
  const start = accrued(run, piece.from, rates);
  const parts = minusParts(end.parts, start.parts);
  const minutes = end.minutes - start.minutes;
  return { usd: sumUsd(Object.values(parts)), parts, minutes, open, rates };
}

/** The time whose cost is the session's: whoever has a run's end has all that comes of it later. */
const shareOf = (run: Interval, own: Interval): Interval => ({
  from: own.from > run.from ? own.from : always.from,
  to: own.to < run.to ? own.to : always.to,
});

const nothing: SessionParts = { input: 0, encode: 0, transfer: 0, egress: 0, ingest: 0 };

/** Each run is rounded up to the minute above a ten-minute minimum (aws.amazon.com/medialive/pricing). */
export const billedMinutes = (runMs: number): number =>
  Math.max(minimumMinutes, Math.ceil(runMs / minuteMs));

/** What a run had cost at an instant. Bytes are counted by time; MediaLive's own part by its minutes. */
function accrued(run: Interval, at: Date, rates: Rates): { parts: SessionParts; minutes: number } {
  const over = at >= run.to;
  const ms = over ? lengthMs(run) : lengthMs({ from: run.from, to: at });
  const begun = Math.ceil(ms / minuteMs);
  const minutes = over ? billedMinutes(ms) : begun;
  const forMinutes = (usdPerHour: number) => toUsd((usdPerHour * minutes) / 60);
  const forTime = (usdPerHour: number) => toUsd((usdPerHour * ms) / hourMs);
  return {
    minutes,
    parts: {
      input: forMinutes(rates.inputUsdPerHour),
      encode: forMinutes(rates.outputUsdPerHour),
      transfer: forTime(rates.transferUsdPerHour),
      egress: rates.delivery === "rtmp" ? forTime(rates.deliveryUsdPerHour) : 0,
      ingest: rates.delivery === "package" ? forTime(rates.deliveryUsdPerHour) : 0,
    },
  };
}

const minusParts = (left: SessionParts, right: SessionParts): SessionParts => ({
  input: minusUsd(left.input, right.input),
  encode: minusUsd(left.encode, right.encode),
  transfer: minusUsd(left.transfer, right.transfer),
  egress: minusUsd(left.egress, right.egress),
  ingest: minusUsd(left.ingest, right.ingest),
});

/** What a steady rate costs within a period, exact in the same way; `whole` is all that is ever charged at that rate. */
export function steadyUsd(whole: Interval, usdPerHour: number, period: Interval): Usd {
  const until = (at: Date) =>
    toUsd((usdPerHour * lengthMs({ from: whole.from, to: earlier(whole.to, at) })) / hourMs);
  return minusUsd(until(period.to), until(period.from));
}

/** What a stop now means for the bill. */
export type StopSense = {
  /** How many more minutes are billed although nothing runs. */
  stillBilledMinutes: number;
  /** True when stopping and starting again soon is billed twice. */
  restartCostsMore: boolean;
};

/** "Stopping now still bills 4 more minutes": what of the ten-minute minimum is left. */
export function stopSense(session: BilledSession, now: Date): StopSense {
  const run = session.endedAt === null ? (session.run ?? billedInterval(session, now)) : null;
  const gone = run === null ? minimumMinutes : Math.floor(lengthMs(run) / minuteMs);
  const left = Math.max(0, minimumMinutes - gone);
  return { stillBilledMinutes: left, restartCostsMore: left > 0 };
}
