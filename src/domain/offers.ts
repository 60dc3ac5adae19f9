import { differenceInMinutes } from "date-fns/differenceInMinutes";
import type { Destination } from "./destination.ts";
import { sumUsd } from "./money.ts";
import { forAnHour, forMinutes, perHour, priced } from "./price-words.ts";
import { seenOf } from "./seen.ts";
import type { Button } from "./text.ts";
import { wallTime } from "./wall-time.ts";

/** An instant as a command takes it: a press that comes late or twice asks for the same end. */
export const untilWords = (at: Date): string =>
  `until ${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** What an hour of them costs together; null when the price of one is not known. */
export function hourlyOf(
  destinations: readonly Pick<Destination, "id">[],
  usdPerHour: ReadonlyMap<string, number>,
): number | null {
  const prices = destinations.flatMap(({ id }) => usdPerHour.get(id) ?? []);
  return prices.length === destinations.length && prices.length > 0 ? sumUsd(prices) : null;
}

type Stop = { label?: string; usdPerHour?: number | null };

/** Stops them now; asks first, and says what an hour of them costs. */
export function stopOffer(
  destinations: readonly Destination[],
  { label = "Stop now", usdPerHour = null }: Stop = {},
): Button {
  const saved = usdPerHour === null ? "" : `, which saves ${perHour(usdPerHour)}`;
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

/** A move of an end; the price is left out when it is not known. */
type Extension = { from: Date; until: Date; usdPerHour: number | null };

/** "+30 min · $0.43": moves the end to an instant, so that a second press changes nothing. */
export function extendOffer(
  row: Destination,
  { label, from, until, usdPerHour }: Extension & { label?: string },
): Button {
  const minutes = differenceInMinutes(until, from);
  return {
    label: priced(label ?? `+${minutes} min`, forMinutes(minutes, usdPerHour)),
    command: `extend ${row.id} ${untilWords(until)}`,
    seen: seenOf([row]),
  };
}

/** "Keep until 23:00 · $1.70", by the clock of the site: the same as an extension. */
export const keepOffer = (row: Destination, { zone, ...move }: Extension & { zone: string }) =>
  extendOffer(row, { ...move, label: `Keep until ${wallTime(move.until, zone)}` });

type Hold = { label: string; until: Date; minutes: number; reason: string };

/** Keeps every rule away from them until then, which is so many minutes more. */
export const holdOffer = (
  destinations: readonly Destination[],
  { label, until, minutes, reason, usdPerHour }: Hold & { usdPerHour: number | null },
): Button => ({
  label: priced(label, forMinutes(minutes, usdPerHour)),
  command: `hold ${idsOf(destinations)} ${untilWords(until)} ${reason}`.trim(),
  seen: seenOf(destinations),
});

type Start = { label?: string; until?: Date; usdPerHour?: number | null };

/** Starts them, with the default lease or until then; asks first. */
export function startOffer(
  destinations: readonly Destination[],
  { label, until, usdPerHour = null }: Start = {},
): Button {
  const names = destinations.map(({ name }) => name).join(", ");
  const what = destinations.length === 1 ? names : `these ${destinations.length}`;
  const words = label ?? `Start ${what} again`;
  const end = until === undefined ? "" : ` ${untilWords(until)}`;
  return {
    label: priced(words, forAnHour(usdPerHour)),
    command: `start ${idsOf(destinations)}${end}`,
    confirm: {
      title: `${words}?`,
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

/** Ends their holds: from then on the leases count again. */
export const releaseOffer = (destinations: readonly Destination[]): Button => ({
  label:
    destinations.length === 1
      ? `Release ${destinations[0]?.name}`
      : `Release these ${destinations.length}`,
  command: `release ${idsOf(destinations)}`,
  seen: seenOf(destinations),
});
