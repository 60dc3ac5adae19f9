import { differenceInMinutes } from "date-fns/differenceInMinutes";
import type { Destination } from "../domain/destination.ts";
import { endOf } from "../domain/lease.ts";
import { usdWords } from "../domain/money.ts";
import { untilWords } from "../domain/offers.ts";
import { priced } from "../domain/price-words.ts";
import { seenOf } from "../domain/seen.ts";
import type { Button } from "../domain/text.ts";
import { wallTime } from "../domain/wall-time.ts";
import type { Outcome } from "../manager/intents.ts";
import { hourlyIn, type Money } from "./money.ts";

/** "Until 22:00 · $1.70": moves what was on already to the end that a start asked for, and leaves as it was. */
export function otherEnd(
  outcomes: readonly Outcome[],
  until: Date | null,
  { money, zone }: { money: Money; zone: string },
): Button[] {
  const rows = outcomes
    .filter(({ result }) => result === "already")
    .map(({ destination }) => destination)
    .filter((row) => row.desired === "on" && row.leaseUntil !== null);
  const moved = rows.filter((row) => until !== null && minutesTo(until, row) !== 0);
  if (until === null || moved.length === 0) return [];
  const prices = hourlyIn(money);
  const usd = moved.reduce(
    (sum, row) => sum + ((prices.get(row.id) ?? Number.NaN) * minutesTo(until, row)) / 60,
    0,
  );
  const words = `${outcomes.length === 1 ? "Until" : `${whatOf(moved)} until`} ${wallTime(until, zone)}`;
  const back = moved.some((row) => until < (endOf(row) ?? until)) ? "back " : "";
  return [
    {
      label: priced(words, usd > 0 ? usdWords(usd) : null),
      command: `extend ${moved.map(({ id }) => id).join(" ")} ${back}${untilWords(until)}`,
      seen: seenOf(moved),
    },
  ];
}

const minutesTo = (until: Date, { leaseUntil }: Destination): number =>
  differenceInMinutes(until, leaseUntil ?? until);

const whatOf = (rows: readonly Destination[]): string =>
  rows.length === 1 ? (rows[0]?.name ?? "") : `These ${rows.length}`;
