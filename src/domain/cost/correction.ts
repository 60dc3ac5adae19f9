import { minusUsd, sumUsd, type Usd, usdWords } from "../money.ts";
import type { Parts } from "./meter.ts";
import { createPriceTable, metered, type PriceTable } from "./price-table.ts";
import type { Price } from "./prices.ts";

/** Operations of MediaLive's bill (docs medialive/ug/billing-operations), and the prices that make them. */
const pricesOf = {
  CHANNEL_INPUT: "medialive.input.",
  CHANNEL_OUTPUT: "medialive.output.",
  INACTIVE_CHANNEL: metered.idleChannel,
  INACTIVE_INPUT: metered.idleInput,
} as const;

export type Operation = keyof typeof pricesOf;
export const operations: readonly Operation[] = [
  "CHANNEL_INPUT",
  "CHANNEL_OUTPUT",
  "INACTIVE_CHANNEL",
  "INACTIVE_INPUT",
];

/** One operation of one day: what patchbay counted, and what AWS billed; `date` is "2026-11-22" in UTC, as bills are. */
export type ComparedDay = { date: string; operation: Operation; meteredUsd: Usd; billedUsd: Usd };

/** The bill is the whole account's: `watched` when its channels were seen all day long, `others` are not the site's. */
export type BilledDay = ComparedDay & { watched: boolean; others: readonly string[] };

/** Only a day on which all that could run was the site's own says anything of its prices. */
const teaches = ({ watched, others, operation }: BilledDay): boolean =>
  watched && others.length === 0 && operation !== unseen;

/** Inputs of others that belong to no channel are in no list of channels. */
const unseen: Operation = "INACTIVE_INPUT";

/** What an operation's days teach: metered × `factor` is what AWS bills. */
export type Correction = {
  operation: Operation;
  days: number;
  meteredUsd: Usd;
  billedUsd: Usd;
  differenceUsd: Usd;
  factor: number;
  /** The difference in a sentence. */
  explained: string;
};

/** Fewer days than this teach nothing, nor does a factor that is smaller or larger than these. */
const learning = { days: 7, least: 0.5, most: 2 } as const;

/** The bill's operations in what was metered. */
export const meteredByOperation = (parts: Parts): Record<Operation, Usd> => ({
  CHANNEL_INPUT: parts.input,
  CHANNEL_OUTPUT: parts.encode,
  INACTIVE_CHANNEL: parts.idleChannels,
  INACTIVE_INPUT: parts.idleInputs,
});

/** Compares meter and bill by operation; a day's later line replaces an earlier one, as bills are corrected for days. */
export const reconcile = (
  days: readonly BilledDay[],
  minimumDays: number = learning.days,
): Correction[] =>
  operations.flatMap((operation) => {
    const own = days.filter((day) => day.operation === operation);
    const latest = [...new Map(own.map((day) => [day.date, day])).values()];
    return latest.length === 0 ? [] : [correctionFrom(operation, latest, minimumDays)];
  });

function correctionFrom(
  operation: Operation,
  days: readonly BilledDay[],
  minimumDays: number,
): Correction {
  const own = totalsOf(days.filter(teaches));
  const learned = own.days >= minimumDays && own.meteredUsd > 0;
  const ratio = learned ? own.billedUsd / own.meteredUsd : 1;
  const { meteredUsd, billedUsd } = totalsOf(days);
  const found = { learned, ratio, counted: own.days, minimumDays };
  const left = days.filter((day) => !teaches(day)).length;
  return {
    operation,
    days: own.days,
    meteredUsd,
    billedUsd,
    factor: isPrice(ratio) ? ratio : 1,
    differenceUsd: minusUsd(billedUsd, meteredUsd),
    explained: `${operation}: AWS billed ${usdWords(billedUsd)}, patchbay counted ${usdWords(meteredUsd)}; ${consequence(found)}${leftOut(left, days.length)}`,
  };
}

/** `days` are those on which something was counted. */
const totalsOf = (days: readonly BilledDay[]) => ({
  days: days.filter(({ meteredUsd }) => meteredUsd > 0).length,
  meteredUsd: sumUsd(days.map(({ meteredUsd }) => meteredUsd)),
  billedUsd: sumUsd(days.map(({ billedUsd }) => billedUsd)),
});

const leftOut = (left: number, all: number): string =>
  left === 0
    ? ""
    : ` ${left} of ${all} days teach nothing: what AWS billed for may not have been this site's alone.`;

/** What is far off is a credit, or something that no list of channels shows, and no price. */
const isPrice = (ratio: number): boolean => ratio >= learning.least && ratio <= learning.most;

type Found = { learned: boolean; ratio: number; counted: number; minimumDays: number };

function consequence({ learned, ratio, counted, minimumDays }: Found): string {
  if (!learned) return `${counted} of ${minimumDays} days are too few to learn from.`;
  if (!isPrice(ratio))
    return "that is too far off to be a price: look for channels that patchbay does not manage.";
  return `its prices are taken × ${ratio.toFixed(3)}.`;
}

/** What stays of a correction when it is stored. */
export type LearnedFactor = Pick<Correction, "operation" | "days" | "factor">;

/** The price list as the bill has taught it; what is learned from a bill is good, not certain. */
export const corrected = (
  prices: readonly Price[],
  corrections: readonly LearnedFactor[],
): readonly Price[] =>
  prices.map((price) => {
    const found = corrections.find(
      ({ operation, factor }) => factor !== 1 && price.id.startsWith(pricesOf[operation]),
    );
    return price.usd === null || found === undefined
      ? price
      : {
          ...price,
          usd: Number((price.usd * found.factor).toPrecision(6)),
          confidence: "good",
          note: `× ${found.factor.toFixed(3)}, learned from ${found.days} days of the bill`,
        };
  });

/** A site's prices as its bill has taught them. */
export const correctedTable = (
  table: PriceTable,
  corrections: readonly LearnedFactor[],
): PriceTable =>
  corrections.every(({ factor }) => factor === 1)
    ? table
    : {
        ...createPriceTable({
          prices: corrected(table.lines, corrections),
          region: table.region,
          overrides: [],
        }),
        corrected: true,
      };
