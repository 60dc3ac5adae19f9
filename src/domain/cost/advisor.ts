import { max } from "date-fns/max";
import { min } from "date-fns/min";
import { minusUsd, toUsd, type Usd, usdWords } from "../money.ts";
import { common, type Interval, lengthMs, totalMs, union } from "./interval.ts";
import type { Ledger } from "./meter.ts";
import type { Rates } from "./rates.ts";
import { billedInterval, type Pricing, ratesOfSession } from "./session-meter.ts";

/** Whether a channel for each destination has paid off, against one channel that sends to all of them. */
export type Advice = {
  asBuiltUsd: Usd;
  oneChannelUsd: Usd;
  /** Hours that social destinations were off while another one ran, and the most that it could have been. */
  offHours: number;
  possibleHours: number;
  /** From how many of those hours on separate channels cost less. */
  breakEvenHours: number;
  verdict: string;
};

/** A destination of the period: its price, and how long it ran. */
type Used = { rates: Rates; hours: number };
/** How long anything ran, and how long idle fees were due for each channel. */
type Shape = { used: readonly Used[]; onHours: number; knownHours: number };

const hourMs = 3_600_000;

/**
 * Compares a period as it was built with one channel that encodes every output whenever any of them is wanted: such a channel
 * cannot stop one output. Flows cost the same in both and are left out. Null when fewer than two destinations ran.
 */
export function advise(ledger: Ledger, pricing: Pricing, period: Interval): Advice | null {
  const shape = shapeOf(ledger, pricing, period);
  const { used, onHours } = shape;
  if (used.length < 2) return null;
  const asBuiltUsd = toUsd(asBuilt(shape));
  const oneChannelUsd = toUsd(oneChannel(shape));
  const social = used.filter(({ rates }) => rates.delivery === "rtmp");
  const switched = social.length > 0 ? social : used;
  const savedPerHour =
    switched.reduce((sum, { rates }) => sum + savedUsd(rates, shape), 0) / switched.length;
  const allOn = asBuilt({ ...shape, used: used.map((each) => ({ ...each, hours: onHours })) });
  const hours = {
    offHours: switched.reduce((sum, each) => sum + onHours - each.hours, 0),
    possibleHours: switched.length * onHours,
    breakEvenHours: Math.max(0, (allOn - oneChannel(shape)) / savedPerHour),
  };
  return {
    asBuiltUsd,
    oneChannelUsd,
    ...hours,
    verdict: verdictOn({ asBuiltUsd, oneChannelUsd, ...hours }),
  };
}

function shapeOf(ledger: Ledger, pricing: Pricing, period: Interval): Shape {
  const runs = ledger.sessions.flatMap((session) => {
    const run = billedInterval(session, pricing.now);
    return (run === null ? [] : common(run, period)).map((each) => ({ session, each }));
  });
  const ids = [...new Set(runs.map(({ session }) => session.destinationId))];
  const used = ids.flatMap((id): Used[] => {
    const own = runs.filter(({ session }) => session.destinationId === id);
    const last = own.at(-1);
    const hours = totalMs(union(own.map(({ each }) => each))) / hourMs;
    return last === undefined ? [] : [{ rates: ratesOfSession(last.session, pricing), hours }];
  });
  const known = {
    from: max([period.from, ledger.knownSince ?? period.to]),
    to: min([period.to, pricing.now]),
  };
  return {
    used,
    onHours: totalMs(union(runs.map(({ each }) => each))) / hourMs,
    knownHours: lengthMs(known) / hourMs,
  };
}

/** What an hour off saves with channels of their own; the flow keeps sending to a stopped channel. */
const savedUsd = (rates: Rates, { knownHours }: Shape): number =>
  rates.encodeUsdPerHour + rates.deliveryUsdPerHour - (knownHours > 0 ? rates.idleUsdPerHour : 0);

const asBuilt = ({ used, onHours, knownHours }: Shape): number =>
  used.reduce(
    (sum, { rates, hours }) =>
      sum +
      hours * (rates.encodeUsdPerHour + rates.deliveryUsdPerHour) +
      onHours * rates.transferUsdPerHour +
      Math.max(0, knownHours - hours) * rates.idleUsdPerHour,
    0,
  );

function oneChannel({ used, onHours, knownHours }: Shape): number {
  const dearest = (of: (rates: Rates) => number) => Math.max(...used.map(({ rates }) => of(rates)));
  const outputs = used.reduce(
    (sum, { rates }) => sum + rates.outputUsdPerHour + rates.deliveryUsdPerHour,
    0,
  );
  const shared =
    dearest((rates) => rates.inputUsdPerHour) + dearest((rates) => rates.transferUsdPerHour);
  const idle = Math.max(0, knownHours - onHours) * dearest((rates) => rates.idleUsdPerHour);
  return onHours * (shared + outputs) + idle;
}

function verdictOn(advice: Omit<Advice, "verdict">): string {
  const { asBuiltUsd, oneChannelUsd, offHours, possibleHours, breakEvenHours } = advice;
  const difference = minusUsd(asBuiltUsd, oneChannelUsd);
  const judged =
    difference <= 0
      ? `Separate channels saved ${usdWords(-difference)}`
      : `Separate channels cost ${usdWords(difference)} more`;
  return (
    `${judged}: ${usdWords(asBuiltUsd)} as built, ${usdWords(oneChannelUsd)} with one channel for all. ` +
    `Destinations were off for ${whole(offHours)} of ${whole(possibleHours)} hours; ` +
    `separate channels cost less from ${whole(breakEvenHours)} on.`
  );
}

const whole = (hours: number): string => String(Math.round(hours));
