import type { Destination } from "../domain/destination.ts";
import { usdWords } from "../domain/money.ts";
import type { DestinationCost } from "../domain/view.ts";
import { OpsError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

/** What destinations cost, by id; empty while nobody can say, because no answer waits for it. */
export type Money = ReadonlyMap<string, DestinationCost>;

/** A reading without which an answer is shorter: null when it fails. */
export async function readable<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    return null;
  }
}

export const moneyOf = async (
  destinations: readonly Destination[],
  { costs }: CommandContext,
): Promise<Money> => (await readable(costs.destinations(destinations))) ?? new Map();

const hourMs = 3_600_000;
const minimumHours = 10 / 60;

/** "$0.85/h". */
export const perHour = (usd: number): string => `${usdWords(usd)}/h`;

/** What so long a run is expected to cost; never less than the ten minutes that AWS bills anyway. */
export const runUsd = (perHourUsd: number, from: Date, to: Date): number =>
  perHourUsd * Math.max(minimumHours, (to.getTime() - from.getTime()) / hourMs);

/** " · $1.70/h" behind the label of a button that starts or stops several; nothing while a price is unknown. */
export function priceLabel(destinations: readonly { id: string }[], money: Money): string {
  const usd = totalPerHour(destinations, money);
  return usd === null ? "" : ` · ${perHour(usd)}`;
}

/** What they cost an hour together; null while one of the prices is unknown. */
export function totalPerHour(destinations: readonly { id: string }[], money: Money): number | null {
  const prices = destinations.map(({ id }) => money.get(id)?.perHourUsd);
  return prices.reduce<number | null>(
    (sum, price) => (sum === null || price === undefined ? null : sum + price),
    0,
  );
}
