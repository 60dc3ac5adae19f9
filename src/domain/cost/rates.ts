import type { ChannelSpec, Encode } from "../channel-spec.ts";
import { sumUsd, toUsd, type Usd } from "../money.ts";
import { metered, type PriceTable } from "./price-table.ts";
import { type Confidence, lowestConfidence } from "./prices.ts";

/** What a channel costs while it runs and while it does not; dollars an hour unless the name says otherwise. */
export type Rates = {
  inputUsdPerHour: number;
  outputUsdPerHour: number;
  /** Input and outputs: MediaLive's own part, which has minutes and a minimum. */
  encodeUsdPerHour: number;
  /** Flow to channel, at the source's bitrate. */
  transferUsdPerHour: number;
  delivery: ChannelSpec["delivery"];
  /** Out of AWS by RTMP, or into the packager. */
  deliveryUsdPerHour: number;
  totalUsdPerHour: number;
  /** What a start costs however soon it is stopped. */
  minimumUsd: Usd;
  /** The channel and its push input, while it does not run. */
  idleUsdPerHour: number;
  confidence: Confidence;
  /** True when something had to be assumed: a price of a similar line, or the source's bitrate. */
  assumed: boolean;
};

/** Each run is billed for at least this long (aws.amazon.com/medialive/pricing). */
export const minimumMinutes = 10;
/** What a source is taken to send before it was ever measured. */
export const assumedSourceBitrateBps = 8_000_000;
/** A single pipeline costs this part of two, on each line that is listed for both. */
const singlePart = 0.6;
/** MediaPackage's v2 is not listed; v1's price is believed to be its own. */
const packageConfidence: Confidence = "good";

/** What a channel is taken to encode when AWS could not be asked: 1080p30 at 6 Mb/s, by RTMP unless it is the primary. */
export const assumedSpec = (platform: string): ChannelSpec => ({
  channelClass: "single-pipeline",
  input: { codec: "avc", resolution: "hd", maxBitrateMbps: 10 },
  encodes: [{ codec: "avc", resolution: "hd", bitrateBps: 6_000_000, fps: 30 }],
  audioBitrateBps: 128_000,
  delivery: platform === "primary" ? "package" : "rtmp",
});

/** The prices that rates are worked out with; `sourceBitrateBps` is null when it was never measured. */
type Prices = { table: PriceTable; sourceBitrateBps: number | null };

/** What an hour of each destination costs, by id, and on which channel that is billed. */
export type RatesById = ReadonlyMap<string, Rates & { channelId: string | null }>;

/** What AWS bills for a destination, under one name: its channel, which others may share. */
export const billedAs = (destinationId: string, rates: RatesById): string =>
  rates.get(destinationId)?.channelId ?? destinationId;

/** What an hour of these costs together, each channel once; one whose rate is not known costs nothing. */
export const sumPerHour = (destinationIds: readonly string[], rates: RatesById): Usd => {
  const byChannel = destinationIds.map((id): [string, Usd] => [
    billedAs(id, rates),
    rates.get(id)?.totalUsdPerHour ?? 0,
  ]);
  return sumUsd([...new Map(byChannel).values()]);
};

/** A ledger is metered each minute, and its channels and prices are the same as before: their rates are kept. */
const known = new WeakMap<ChannelSpec, Prices & { rates: Rates }>();

/** What such a channel costs. */
export function ratesOf(spec: ChannelSpec, { table, sourceBitrateBps }: Prices): Rates {
  const last = known.get(spec);
  if (last?.table === table && last.sourceBitrateBps === sourceBitrateBps) return last.rates;
  const rates = workOut(spec, { table, sourceBitrateBps });
  known.set(spec, { table, sourceBitrateBps, rates });
  return rates;
}

function workOut(spec: ChannelSpec, { table, sourceBitrateBps }: Prices): Rates {
  const pipelines = spec.channelClass === "standard" ? 2 : 1;
  const input = nearest(inputId(spec), table);
  const outputs = spec.encodes.map((encode) => nearest(outputId(spec, encode), table));
  const outputUsdPerHour = outputs.reduce((sum, { usd }) => sum + usd, 0);
  const encodeUsdPerHour = input.usd + outputUsdPerHour;
  const source = sourceBitrateBps ?? assumedSourceBitrateBps;
  const transferUsdPerHour = pipelines * gbPerHour(source) * table.usd(metered.transfer);
  const deliveryId = spec.delivery === "package" ? metered.ingest : metered.egress;
  const deliveryUsdPerHour = pipelines * gbPerHour(deliveredBps(spec)) * table.usd(deliveryId);
  const rest = [metered.transfer, deliveryId].map((id) => table.find(id)?.confidence ?? "unknown");
  const ingest = spec.delivery === "package" ? [packageConfidence] : [];
  return {
    inputUsdPerHour: input.usd,
    outputUsdPerHour,
    encodeUsdPerHour,
    transferUsdPerHour,
    delivery: spec.delivery,
    deliveryUsdPerHour,
    totalUsdPerHour: encodeUsdPerHour + transferUsdPerHour + deliveryUsdPerHour,
    minimumUsd: toUsd((encodeUsdPerHour * minimumMinutes) / 60),
    idleUsdPerHour: table.usd(metered.idleChannel) + table.usd(metered.idleInput),
    confidence: lowestConfidence([
      ...[input, ...outputs].map(({ confidence }) => confidence),
      ...rest,
      ...ingest,
    ]),
    assumed: sourceBitrateBps === null || [input, ...outputs].some(({ borrowed }) => borrowed),
  };
}

/** Gigabytes of 10^9 bytes that a bitrate makes in an hour. */
export const gbPerHour = (bitrateBps: number): number => (bitrateBps * 3600) / 8 / 1e9;

const deliveredBps = ({ encodes, audioBitrateBps }: ChannelSpec): number =>
  encodes.reduce((sum, { bitrateBps }) => sum + bitrateBps + audioBitrateBps, 0);

const pipelinesIn = ({ channelClass }: ChannelSpec): string =>
  channelClass === "standard" ? "standard" : "single";

/** An input is billed by the setting of its channel, not by what arrives (MediaLive user guide, pricing). */
const inputId = (spec: ChannelSpec): string => {
  const { codec, resolution, maxBitrateMbps } = spec.input;
  return `medialive.input.${pipelinesIn(spec)}.${codec}.${resolution}.max${maxBitrateMbps}`;
};

function outputId(spec: ChannelSpec, { codec, resolution, bitrateBps, fps }: Encode): string {
  const rate = `max${bitrateClass(bitrateBps)}.fps${frameRateClass(fps)}`;
  return `medialive.output.${pipelinesIn(spec)}.${codec}.${resolution}.${rate}`;
}

function bitrateClass(bitrateBps: number): 10 | 20 | 50 {
  if (bitrateBps < 10_000_000) return 10;
  return bitrateBps <= 20_000_000 ? 20 : 50;
}

function frameRateClass(fps: number | null): 30 | 60 | 120 {
  if (fps !== null && fps <= 30) return 30;
  return fps === null || fps <= 60 ? 60 : 120;
}

type Found = { usd: number; confidence: Confidence; borrowed: boolean };

/** What a difference in each word of an id weighs; service and direction are the same already, codec weighs most. */
const weights = [0, 0, 1, 16, 8, 4, 2];

/** The line of that id, else the most similar one (of equally similar ones the dearest), marked low. */
function nearest(id: string, table: PriceTable): Found {
  const exact = table.find(id);
  if (exact !== null) return { ...exact, borrowed: false };
  const wanted = id.split(".");
  const kind = `${wanted.slice(0, 2).join(".")}.`;
  const [best] = table.lines
    .filter((line) => line.id.startsWith(kind))
    .map((line) => ({ line, distance: distanceOf(line.id.split("."), wanted) }))
    .toSorted((left, right) => left.distance - right.distance || right.line.usd - left.line.usd);
  const usd = best === undefined ? table.usd(id) : best.line.usd * scale(best.line.id, id);
  return { usd, confidence: "low", borrowed: true };
}

const distanceOf = (words: readonly string[], wanted: readonly string[]): number =>
  weights.reduce((sum, weight, at) => sum + (words[at] === wanted[at] ? 0 : weight), 0);

function scale(known: string, wanted: string): number {
  const single = (id: string) => id.includes(".single.");
  if (single(known) === single(wanted)) return 1;
  return single(wanted) ? singlePart : 1 / singlePart;
}
