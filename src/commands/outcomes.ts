import type { Destination, Intent } from "../domain/destination.ts";
import { ago } from "../domain/duration.ts";
import { forAnHour, priced } from "../domain/price-words.ts";
import { isAsSeen, seenOf } from "../domain/seen.ts";
import { type Button, strong, type Text, text } from "../domain/text.ts";
import type { Outcome } from "../manager/intents.ts";
import type { CommandContext } from "./command.ts";
import { hourlyIn, type Money, pricedStart } from "./money.ts";
import type { Picked } from "./pick.ts";
import type { Reply } from "./reply.ts";

/** One line an outcome; a single refusal is thrown, so that it is shown as an error. */
export function linesFor(
  outcomes: readonly Outcome[],
  lineFor: (outcome: Outcome) => Text,
): Text[] {
  const [only] = outcomes;
  if (outcomes.length === 1 && only?.error) throw only.error;
  return outcomes.map((outcome) => (outcome.error === null ? lineFor(outcome) : refusal(outcome)));
}

/** The same with the way back. */
export function answer(
  outcomes: readonly Outcome[],
  lineFor: (outcome: Outcome) => Text,
  wayBack: WayBack,
): Reply {
  const lines = linesFor(outcomes, lineFor);
  const done = outcomes.filter(({ result }) => result === "accepted");
  return {
    kind: "lines",
    lines,
    buttons: buttonBack(
      done.map(({ destination }) => destination),
      wayBack,
    ),
  };
}

/** The same with more to say. */
export const withLines = (
  reply: Reply,
  more: readonly Text[],
  buttons: readonly Button[] = [],
): Reply =>
  reply.kind === "lines"
    ? { ...reply, lines: [...reply.lines, ...more], buttons: [...reply.buttons, ...buttons] }
    : reply;

/** What undoes a command; a start's button says what it costs. */
type WayBack = { verb: "start" | "stop"; money?: Money };

/** In words for one destination and for several. */
const opposites = {
  start: { yes: "Start", again: " again", one: "starts again", several: "start again" },
  stop: { yes: "Stop", again: "", one: "goes off", several: "go off" },
};

/** A button that does the opposite to the same destinations; it stands there for long, so it asks first. */
function buttonBack(done: readonly Destination[], { verb, money = new Map() }: WayBack): Button[] {
  const [first] = done;
  if (first === undefined) return [];
  const { yes, again, one, several } = opposites[verb];
  const isOne = done.length === 1;
  const label = `${yes} ${isOne ? first.name : `these ${done.length}`}${again}`;
  const names = done.map(({ name }) => name).join(", ");
  const effect = `${names} ${isOne ? one : several}; everything else stays as it is.`;
  return [
    {
      label: verb === "start" ? pricedStart(label, done, money) : label,
      command: `${verb} ${done.map(({ id }) => id).join(" ")}`,
      seen: seenOf(done),
      confirm: { title: `${label}?`, text: [effect], yes },
    },
  ];
}

function refusal({ destination, error }: Outcome): Text {
  const why = [error?.message, error?.hint].filter((each) => each !== undefined).join(" ");
  return text`${strong(destination.name)} was left alone: ${why}`;
}

const momentMs = 10_000;

/** Who did something and when: ": Ana started it 5 min ago". */
export function whoDid({ by, at }: Intent, deed: string, now: Date): Text {
  const fresh = now.getTime() - at.getTime() < momentMs;
  return text`: ${by.name} ${deed} it ${fresh ? "just now" : ago(at, now)}`;
}

/**
 * The choices when a word fits several destinations, as buttons that keep the rest of the command; with what an hour of
 * each costs, where a press costs money.
 */
export function choices(
  { word, choices: found, others }: Picked & { kind: "unclear" },
  commandFor: (names: string) => string,
  money: Money = new Map(),
): Reply {
  const prices = hourlyIn(money);
  return {
    kind: "lines",
    lines: [text`“${word}” could be any of these. Which one?`],
    buttons: found.slice(0, 20).map((each) => ({
      label: priced(labelAmong(each, found), forAnHour(prices.get(each.id) ?? null)),
      command: commandFor(`${each.id} ${others}`.trim()),
    })),
  };
}

/** Two of the same name are told apart by their ids. */
function labelAmong({ id, name }: Destination, found: readonly Destination[]): string {
  const same = found.filter((other) => other.name === name);
  return same.length > 1 ? `${name} (${id})` : name;
}

/** True when a button was drawn for an older intent of this destination than its present one. */
export const isStale = (destination: Destination, { seen }: CommandContext): boolean =>
  seen !== null && !isAsSeen(destination, seen);

/** What a press leaves alone because it has changed since, said beside what it does to the others. */
export const changedLines = (changed: readonly Destination[]): Text[] =>
  changed.map(
    ({ name }) =>
      text`${strong(name)} was left alone: it was started or stopped after that button was drawn.`,
  );

/** What is true now, for a press on an old card: nothing is done. */
export async function statesOf(
  destinations: readonly Destination[],
  { look }: CommandContext,
): Promise<Reply> {
  const only = destinations.map(({ id }) => id);
  return { kind: "site", view: await look(), only, controls: true };
}
