import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { usdWords } from "./cost/money.ts";
import type { Destination } from "./destination.ts";
import type { Button } from "./text.ts";

/** An instant as a command takes it: a press that comes late or twice asks for the same end. */
export const untilWords = (at: Date): string =>
  `until ${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** Stops them now. */
export function stopOffer(destinations: readonly Destination[], label = "Stop now"): Button {
  const names = destinations.map(({ name }) => name).join(", ");
  const what = destinations.length === 1 ? names : `${destinations.length} destinations`;
  return {
    label,
    command: `stop ${idsOf(destinations)}`,
    style: "danger",
    confirm: {
      title: `Stop ${what}?`,
      text: [`${names}: off air at once. Everything else stays as it is.`],
      yes: "Stop",
    },
    seen: seenOf(destinations),
  };
}

/** What an end is moved by and to; the price is left out when it is not known. */
type Extension = { from: Date; until: Date; usdPerHour: number | null };

/** "+30 min · $0.43": moves the end. */
export function extendOffer(destination: Destination, { from, until, usdPerHour }: Extension) {
  const minutes = differenceInMinutes(until, from);
  const price = usdPerHour === null ? "" : ` · ${usdWords((usdPerHour * minutes) / 60)}`;
  return {
    label: `+${minutes} min${price}`,
    command: `extend ${destination.id} ${untilWords(until)}`,
    seen: seenOf([destination]),
  } satisfies Button;
}

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
export function startOffer(destinations: readonly Destination[]): Button {
  const names = destinations.map(({ name }) => name).join(", ");
  const what = destinations.length === 1 ? names : `these ${destinations.length}`;
  return {
    label: `Start ${what} again`,
    command: `start ${idsOf(destinations)}`,
    confirm: {
      title: `Start ${what} again?`,
      text: [`${names}: AWS bills each by the minute, and at least ten of them.`],
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
