import { type KnownPrice, meteredLines, type PriceTable } from "./price-table.ts";
import type { Price } from "./prices.ts";

/** What a price file says after a refresh, and what of it is not new. */
export type Refreshed = {
  prices: readonly Price[];
  /** What is metered and was not in the answer: as it was before, and no surer. */
  kept: readonly Price[];
};

/** Joins what the Price List answered with what it did not contain, so that no figure is lost and none looks new that is old. */
export function refreshed(answered: readonly Price[], before: PriceTable): Refreshed {
  const found = new Set(answered.map(({ id }) => id));
  const kept = meteredLines(before.lines)
    .filter(({ id }) => !found.has(id))
    .map(withoutJudgement);
  return { prices: [...answered, ...kept], kept };
}

/** A line of a file says only what it is; whether its region fits is judged when it is read. */
const withoutJudgement = ({ assumedRegion: _, ...price }: KnownPrice): Price => price;

/** "mediapackage.ingest: not in the answer, so it stays $0.03 per GB (us-east-1, 2026-11-22, confidence medium)". */
export const keptWords = ({ id, usd, unit, region, asOf, confidence }: Price): string =>
  `${id}: not in the answer, so it stays $${usd} per ${unit} (${region}, ${asOf}, confidence ${confidence})`;
