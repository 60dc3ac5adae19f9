import { isSettled } from "../domain/destination.ts";
import { perHour } from "../domain/price-words.ts";
import { type Text, text } from "../domain/text.ts";
import type { CommandContext } from "./command.ts";
import { readable } from "./money.ts";

/** What comes on top of these prices: one flow feeds everything, so only the first start adds it. */
export async function flowLines(
  started: readonly { id: string }[],
  { costs, destinations }: CommandContext,
): Promise<Text[]> {
  if (started.length === 0) return [];
  const [usd, rows] = await Promise.all([
    readable(costs.flowUsdPerHour()),
    readable(destinations()),
  ]);
  const isFirst = rows?.every((row) => isSettled(row) || started.some(({ id }) => id === row.id));
  return usd !== null && isFirst
    ? [text`Plus the flow: ${perHour(usd)} while anything is on.`]
    : [];
}
