import type { Destination } from "./destination.ts";
import { sumUsd, usdWords } from "./money.ts";
import type { Button } from "./text.ts";
import { wallTime } from "./wall-time.ts";

/** An instant as a command takes it: a press that comes late or twice asks for the same end. */
export const untilWords = (at: Date): string =>
  `until ${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** What an hour of them costs together; null when the price of one is not known. */
export function hourlyOf(
  destinations: readonly Destination[],
  usdPerHour: ReadonlyMap<string, number>,
): number | null {
  const prices = destinations.flatMap(({ id }) => usdPerHour.get(id) ?? []);
  return prices.length === destinations.length && prices.length > 0 ? sumUsd(prices) : null;
}

/** " · $0.43", for a label; nothing without a price. */
export const priceMark = (usd: number | null): string =>
  usd === null ? "" : ` · ${usdWords(usd)}`;

type Stop = { label?: string; usdPerHour?: number | null };

/** Stops them now; asks first, and says what an hour of them costs. */
export function stopOffer(
  destinations: readonly Destination[],
  { label = "Stop now", usdPerHour = null }: Stop = {},
): Button {
  const saved = usdPerHour === null ? "" : `, which saves ${usdWords(usdPerHour)}/h`;
  const names = destinations.map(({ name }) => name).join(", ");
  const what = destinations.length === 1 ? names : `${destinations.length} destinations`;
  return {
    label,
    command: `stop ${idsOf(destinations)}`,
    style: "danger",
    confirm: {
      title: `Stop ${what}?`,
      text: [`${names}: off air at once${saved}. Everything else stays as it is.`],
      yes: "Stop",
    },
    seen: seenOf(destinations),
  };
}

/** "Keep until 23:00", by the clock of the site: the same as an extension. */
export const keepOffer = (row: Destination, until: Date, zone: string): Button => ({
  label: `Keep until ${wallTime(until, zone)}`,
  command: `extend ${row.id} ${untilWords(until)}`,
  seen: seenOf([row]),
});

/** Keeps every rule away from them until then. */
export const holdOffer = (
  destinations: readonly Destination[],
  { label, until, reason }: { label: string; until: Date; reason: string },
): Button => ({
  label,
  command: `hold ${idsOf(destinations)} ${untilWords(until)} ${reason}`,
  seen: seenOf(destinations),
});

/** Starts them again with the default lease. */
export function startOffer(
  destinations: readonly Destination[],
  usdPerHour: number | null = null,
): Button {
  const price = usdPerHour === null ? "" : ` · ${usdWords(usdPerHour)}/h`;
  const names = destinations.map(({ name }) => name).join(", ");
  const what = destinations.length === 1 ? names : `these ${destinations.length}`;
  return {
    label: `Start ${what} again${price}`,
    command: `start ${idsOf(destinations)}`,
    confirm: {
      title: `Start ${what} again?`,
      text: [
        `${names}: AWS bills ${destinations.length === 1 ? "it" : "each"} by the minute, ten minutes at least.`,
      ],
      yes: "Start",
    },
    seen: seenOf(destinations),
  };
}

const idsOf = (destinations: readonly Destination[]): string =>
  destinations.map(({ id }) => id).join(" ");

/** A button carries one intent; one for several destinations asks again by its command's own rules. */
function seenOf(destinations: readonly Destination[]): string | null {
  const [only] = destinations;
  return destinations.length === 1 ? (only?.intent?.id ?? null) : null;
}
