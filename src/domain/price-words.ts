import { type Usd, usdWords } from "./money.ts";

/** "$0.85/h" */
export const perHour = (usd: Usd): string => `${usdWords(usd)}/h`;

/** "$0.43" for so many minutes; null while nobody knows what an hour costs. */
export const forMinutes = (minutes: number, usdPerHour: Usd | null): string | null =>
  usdPerHour === null ? null : usdWords((usdPerHour * minutes) / 60);

/** "$0.85/h", or null while nobody knows it. */
export const forAnHour = (usdPerHour: Usd | null): string | null =>
  usdPerHour === null ? null : perHour(usdPerHour);

/** What Slack takes on a button (docs.slack.dev, Block Kit reference). */
const longestLabel = 75;

/**
 * The words of a button with what a press costs or saves: "Start · $0.85/h". A long name is cut, a price never; without
 * one while nobody knows it.
 */
export function priced(label: string, price: string | null): string {
  if (price === null) return label;
  const room = longestLabel - price.length - " · ".length;
  const words = label.length > room ? `${label.slice(0, room - 1).trimEnd()}…` : label;
  return `${words} · ${price}`;
}
