import type { LocalChannel, LocalRun, World } from "../../world.ts";
import { encodingOf, type Rung } from "../medialive/encoding.ts";
import { type Product, priceFinder } from "./products.ts";

/** A time in which something costs the same each hour. */
export type Charge = {
  product: Product;
  from: number;
  to: number;
  /** How many of the product's units are used up in an hour. */
  perHour: number;
};

type Span = { from: number; to: number };

/** Cost Explorer lags by hours; here by this long. */
export const lagMs = 8 * 3_600_000;

const minuteMs = 60_000;

/** What a source without a measured bitrate is taken to send. */
const usualBps = 8_000_000;

/** All that AWS charges for what really ran, as far as Cost Explorer knows of it yet. */
export function chargesOf(world: World, region: string): Charge[] {
  const { channels, inputs, bill } = world.data;
  const horizon = world.now() - lagMs;
  const spansOf = (of: LocalRun["of"], id?: string) =>
    bill.runs
      .filter((run) => run.of === of && (id === undefined || run.id === id))
      .map(({ from, to, bitrateBps }) => ({ from, to: to ?? world.now(), bitrateBps }));
  const price = priceFinder(region);
  const all = Object.values(channels);

  const charges: Charge[] = [
    ...all.flatMap((channel) => ofChannel(channel, spansOf("channel", channel.id), price)),
    ...all.flatMap((channel) =>
      gapsBetween(spansOf("channel", channel.id), lifeOf(channel, bill.since, horizon)).flatMap(
        (span) => [
          { product: price("*-IdleChannel"), perHour: 1, ...span },
          { product: price("*-IdlePushInput"), perHour: 1, ...span },
        ],
      ),
    ),
    ...spansOf("flow").map((span) => ({ product: price("*-RunningFlow"), perHour: 1, ...span })),
    // Every output of the flow carries the source, also towards a channel that stands still.
    ...spansOf("source").map(({ from, to, bitrateBps }) => ({
      product: price("*-DataTransfer-MediaLive-Bytes"),
      perHour: Object.keys(inputs).length * gbPerHour(bitrateBps ?? usualBps),
      ...{ from, to },
    })),
  ];
  return charges
    .map((charge) => ({ ...charge, to: Math.min(charge.to, horizon) }))
    .filter(({ from, to }) => from < to);
}

/** As long as there is a channel, it costs something. */
const lifeOf = ({ createdAt, state, changedAt }: LocalChannel, since: number, horizon: number) => ({
  from: Math.max(createdAt, since),
  to: state === "DELETED" ? Math.min(changedAt, horizon) : horizon,
});

/** A running channel pays for its input, each encode and what leaves it, with or without a source. */
function ofChannel(channel: LocalChannel, spans: Span[], price: (pattern: string) => Product) {
  const { rungs, audioBps } = encodingOf(channel);
  const bps = rungs.reduce((sum, { bitrateBps }) => sum + bitrateBps, audioBps);
  const leaves = channel.output === "rtmp" ? "*-DataTransfer-Out-Bytes" : "*-Live-Ingest-Bytes";
  const encodes = ["EML1-*-IN-AVC-HD-L10", ...rungs.map(usageTypeOf)];
  return spans.flatMap((span): Charge[] => [
    ...encodes.map((pattern) => ({ product: price(pattern), perHour: 1, ...rounded(span) })),
    { product: price(leaves), perHour: gbPerHour(bps), ...span },
  ]);
}

const usageTypeOf = ({ height, fps }: Rung) =>
  `EML1-*-OUT-AVC-${height < 720 ? "SD" : "HD"}-L10-${fps > 30 ? 60 : 30}-S`;

/** Each run is rounded up to the minute, above a minimum of ten (MediaLive pricing page). */
const rounded = ({ from, to }: Span): Span => ({
  from,
  to: from + Math.max(10, Math.ceil((to - from) / minuteMs)) * minuteMs,
});

/** A GB is 10⁹ bytes. */
const gbPerHour = (bps: number) => (bps * 3600) / 8 / 1e9;

/** The rest of `whole` in which nothing runs. */
function gapsBetween(spans: Span[], whole: Span): Span[] {
  const gaps: Span[] = [];
  let from = whole.from;
  for (const span of spans.toSorted((left, right) => left.from - right.from)) {
    gaps.push({ from, to: Math.min(span.from, whole.to) });
    from = Math.max(from, span.to);
  }
  return [...gaps, { from, to: whole.to }].filter((gap) => gap.from < gap.to);
}
