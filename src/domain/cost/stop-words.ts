import type { Destination } from "../destination.ts";
import { spoken } from "../duration.ts";
import { usdWords } from "../money.ts";
import type { DestinationCost } from "../view.ts";
import { lengthMs } from "./interval.ts";
import { amountOf } from "./lines.ts";
import type { Rates } from "./rates.ts";

/** What is known of a run's money at its stop; what is not known is not said. */
export type StopMoney = {
  cost: DestinationCost | undefined;
  rates: Rates | undefined;
  now: Date;
};

/** Why a rule stops something, with what the run came to and what its end would have cost: one sentence without its full stop. */
export function whyWithMoney(why: string, row: Destination, money: StopMoney): string {
  return [why, ranWords(row, money), savedWords(row, money)]
    .filter((part) => part !== null)
    .join("; ");
}

/** "it ran 4 min and cost $0.11, with the 6 min that AWS bills anyway": ten minutes of each run are billed at least. */
function ranWords({ runningSince }: Destination, { cost, now }: StopMoney): string | null {
  if (runningSince === null || !cost?.soFarUsd) return null;
  const ran = spoken(lengthMs({ from: runningSince, to: now }) / 1_000);
  const left = cost.billedAnywayMinutes;
  const anyway = left > 0 ? `, with the ${left} min that AWS bills anyway` : "";
  return `it ran ${ran} and cost ${usdWords(cost.soFarUsd)}${anyway}`;
}

/** "3 h 30 min less saves $2.93": by the rule of the savings in a report. */
function savedWords({ leaseUntil }: Destination, { rates, now }: StopMoney): string | null {
  if (leaseUntil === null || leaseUntil <= now || rates === undefined) return null;
  const leftMs = lengthMs({ from: now, to: leaseUntil });
  const { usd } = amountOf(leftMs, rates);
  return usd > 0 ? `${spoken(leftMs / 1_000)} less saves ${usdWords(usd)}` : null;
}
