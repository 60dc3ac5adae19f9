import type { Destination } from "../domain/destination.ts";
import type { Outcome } from "../manager/intents.ts";
import type { CommandContext } from "./command.ts";
import type { Picked } from "./pick.ts";
import { type Reply, strong, type Text, text } from "./reply.ts";

/** The way back from what was just done: a button that does the opposite to the same destinations. */
type Undo = { label: string; verb: "start" | "stop" };

/** One line an outcome, refusals included; a single refusal is thrown, so that it is shown as an error. */
export function answer(
  outcomes: readonly Outcome[],
  lineFor: (outcome: Outcome) => Text,
  undo: Undo,
): Reply {
  const [only] = outcomes;
  if (outcomes.length === 1 && only?.error) throw only.error;
  const done = outcomes.filter(({ result }) => result === "accepted");
  const ids = done.map(({ destination }) => destination.id).join(" ");
  return {
    kind: "lines",
    lines: outcomes.map((outcome) =>
      outcome.error === null ? lineFor(outcome) : refusal(outcome),
    ),
    buttons: done.length === 0 ? [] : [{ label: undo.label, command: `${undo.verb} ${ids}` }],
  };
}

const refusal = ({ destination, error }: Outcome): Text =>
  text`${strong(destination.name)} was left alone: ${error?.message ?? ""} ${error?.hint ?? ""}`;

/** The choices when a word fits several destinations, as buttons. */
export function choices(
  { word, choices: found }: Picked & { kind: "unclear" },
  commandFor: (id: string) => string,
): Reply {
  return {
    kind: "lines",
    lines: [text`“${word}” could be any of these. Which one?`],
    buttons: found.slice(0, 20).map(({ id, name }) => ({ label: name, command: commandFor(id) })),
  };
}

/** True when a button was drawn for an older intent of this destination than its present one. */
export const isStale = ({ intent }: Destination, { seenIntentId }: CommandContext): boolean =>
  seenIntentId !== null && seenIntentId !== (intent?.id ?? "");

/** What is true now, for a press on an old card: nothing is done. */
export async function statesOf(
  destinations: readonly Destination[],
  { look }: CommandContext,
): Promise<Reply> {
  const only = destinations.map(({ id }) => id);
  return { kind: "site", view: await look(), only, controls: true };
}
