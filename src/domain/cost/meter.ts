import { minutesToMilliseconds } from "date-fns/minutesToMilliseconds";
import { minusUsd, sumUsd, type Usd } from "../money.ts";
import type { Session } from "../session.ts";
import type { Span, SpanKind } from "../span.ts";
import { billedOnce } from "./billed-once.ts";
import { common, type Interval, meets, totalMs, union, within, without } from "./interval.ts";
import { type Amount, type Line, linesOf, type Share, sharesOf, totalOf } from "./lines.ts";
import { metered } from "./price-table.ts";
import { type Confidence, lowestConfidence } from "./prices.ts";
import { assumedSourceBitrateBps, gbPerHour } from "./rates.ts";
import {
  type BilledSession,
  billedInterval,
  type Pricing,
  type SessionParts,
  steadyUsd,
} from "./session-meter.ts";

/** What patchbay has written down of a site. */
export type Ledger = {
  sessions: readonly BilledSession[];
  /** Of both kinds; those that overlap the period. */
  spans: readonly Span[];
  /** The site's channels, each with one push input, which cost a fee while they do not run. */
  channelCount: number;
  /** Since when patchbay looks after the site; null when it does not yet. */
  knownSince: Date | null;
};

/** What a site is billed for: the parts of its sessions, and what belongs to none of them. */
export type Parts = SessionParts & {
  flow: Usd;
  /** From the flow to channels that do not run: an output keeps sending (docs mediaconnect/ug/distribution-to-medialive). */
  unusedTransfer: Usd;
  idleChannels: Usd;
  idleInputs: Usd;
};

export type PeriodMeter = {
  usd: Usd;
  parts: Parts;
  lines: readonly Line[];
  destinations: readonly Share[];
  shows: readonly Share[];
  flowMinutes: number;
  waste: Amount;
  saved: Amount;
  confidence: Confidence;
  /** True when a price, a channel's configuration or the source's bitrate had to be assumed. */
  assumed: boolean;
};

/** What a period has cost so far: the parts of its sessions that lie in it, and what the site costs beside them. */
export function meterPeriod(whole: Ledger, pricing: Pricing, period: Interval): PeriodMeter {
  const sessions = billedOnce(whole.sessions, pricing.now);
  const ledger = about(period, { ...whole, sessions }, pricing);
  const lines = linesOf(ledger.sessions, {
    pricing,
    period,
    absent: spansOf(ledger, "source-absent", pricing),
  });
  const parts: Parts = { ...sessionParts(lines), ...siteParts(ledger, pricing, period) };
  const flow = spansOf(ledger, "flow-active", pricing).flatMap((each) => common(each, period));
  return {
    usd: sumUsd(Object.values(parts)),
    parts,
    lines,
    destinations: sharesOf(lines, ({ destinationId, destinationName }) => ({
      id: destinationId,
      name: destinationName,
    })),
    shows: sharesOf(lines, ({ showId }) => ({ id: showId, name: null })),
    flowMinutes: totalMs(union(flow)) / minutesToMilliseconds(1),
    waste: totalOf(lines.map(({ waste }) => waste)),
    saved: totalOf(lines.map(({ saved }) => saved)),
    confidence: lowestConfidence([
      ...siteConfidence(parts, pricing),
      ...lines.map(({ rates }) => rates.confidence),
    ]),
    assumed:
      pricing.sourceBitrateBps === null ||
      lines.some(({ rates, session }) => rates.assumed || session.spec === null),
  };
}

/** What of a ledger has to do with a period: the rest would be read over and over. */
function about(period: Interval, ledger: Ledger, { now }: Pricing): Ledger {
  const sessions = ledger.sessions.filter((session) => {
    const run = billedInterval(session, now);
    return run !== null && meets(run, period);
  });
  const spans = ledger.spans.filter(({ from, to }) => meets({ from, to: to ?? now }, period));
  return { ...ledger, sessions, spans };
}

const sessionParts = (lines: readonly Line[]): SessionParts => {
  const sum = (part: keyof SessionParts) => sumUsd(lines.map(({ parts }) => parts[part]));
  return {
    input: sum("input"),
    encode: sum("encode"),
    transfer: sum("transfer"),
    egress: sum("egress"),
    ingest: sum("ingest"),
  };
};

/** The spans of a kind; one that goes on counts until now. */
const spansOf = ({ spans }: Ledger, kind: SpanKind, { now }: Pricing): Interval[] =>
  union(
    spans.filter((span) => span.kind === kind).map(({ from, to }) => ({ from, to: to ?? now })),
  );

type SiteParts = Omit<Parts, keyof SessionParts>;

function siteParts(ledger: Ledger, pricing: Pricing, period: Interval): SiteParts {
  const { table, now, sourceBitrateBps } = pricing;
  const flow = spansOf(ledger, "flow-active", pricing);
  const sending = without(flow, spansOf(ledger, "source-absent", pricing));
  const known = { from: ledger.knownSince ?? now, to: now };
  const sourceGb = gbPerHour(sourceBitrateBps ?? assumedSourceBitrateBps);
  const running = runsByChannel(ledger.sessions, now);
  /** What the site's channels cost at a rate while they do not run. */
  const whileIdle = (wholes: readonly Interval[], usdPerHour: number): Usd => {
    const cost = (each: Interval, channels: number) =>
      steadyUsd(each, channels * usdPerHour, period);
    const all = wholes.map((each) => cost(each, ledger.channelCount));
    const busy = running.flatMap((run) => within(run, wholes)).map((each) => cost(each, 1));
    return Math.max(0, minusUsd(sumUsd(all), sumUsd(busy)));
  };
  return {
    flow: sumUsd(flow.map((each) => steadyUsd(each, table.usd(metered.flow), period))),
    unusedTransfer: whileIdle(sending, sourceGb * table.usd(metered.transfer)),
    idleChannels: whileIdle([known], table.usd(metered.idleChannel)),
    idleInputs: whileIdle([known], table.usd(metered.idleInput)),
  };
}

/** How sure the prices of those parts are that cost something. */
const siteConfidence = (parts: SiteParts, { table }: Pricing): Confidence[] =>
  Object.entries({
    [metered.flow]: parts.flow,
    [metered.transfer]: parts.unusedTransfer,
    [metered.idleChannel]: parts.idleChannels,
    [metered.idleInput]: parts.idleInputs,
  }).flatMap(([id, usd]) => (usd > 0 ? (table.find(id)?.confidence ?? []) : []));

/** When channels ran: once where several sessions share one. */
function runsByChannel(sessions: readonly Session[], now: Date): Interval[] {
  const runs = new Map<string, Interval[]>();
  for (const session of sessions) {
    const key = session.channelId ?? session.destinationId;
    const run = billedInterval(session, now);
    if (run !== null) runs.set(key, [...(runs.get(key) ?? []), run]);
  }
  return [...runs.values()].flatMap(union);
}
