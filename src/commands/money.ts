import type { Destination } from "../domain/destination.ts";
import { hourlyOf } from "../domain/offers.ts";
import { forAnHour, priced } from "../domain/price-words.ts";
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

/** What so long a run is expected to cost; never less than the ten minutes that AWS bills anyway. */
export const runUsd = (perHourUsd: number, from: Date, to: Date): number =>
  perHourUsd * Math.max(minimumHours, (to.getTime() - from.getTime()) / hourMs);

/** A button that starts these, with what they cost an hour: "Start all 3 · $2.46/h". */
export const pricedStart = (
  label: string,
  destinations: readonly { id: string }[],
  money: Money,
): string => priced(label, forAnHour(totalPerHour(destinations, money)));

/** Dollars an hour by destination; what is not in it has an unknown price. */
export const hourlyIn = (money: Money): ReadonlyMap<string, number> =>
  new Map([...money].flatMap(([id, { perHourUsd }]) => (perHourUsd > 0 ? [[id, perHourUsd]] : [])));

/** What they cost an hour together; null while one of the prices is unknown. */
export const totalPerHour = (
  destinations: readonly { id: string }[],
  money: Money,
): number | null => hourlyOf(destinations, hourlyIn(money));
