import type { Destination } from "../domain/destination.ts";
import { text } from "../domain/text.ts";
import type { CommandContext } from "./command.ts";
import { choices, isStale, statesOf } from "./outcomes.ts";
import { pick } from "./pick.ts";
import type { Reply } from "./reply.ts";

/** What a press or a line is for, and what has changed since the button was drawn. */
export type Running = { rows: readonly Destination[]; changed: readonly Destination[] };

/** The destinations that are meant, of all only those that are on; or the answer, when there is nothing to do yet. */
export async function pickRunning(
  words: string,
  context: CommandContext,
  commandFor: (names: string) => string,
): Promise<Running | Reply> {
  const picked = pick(words, await context.destinations());
  if (picked.kind === "unclear") return choices(picked, commandFor);
  const wanted = picked.all
    ? picked.destinations.filter(({ desired }) => desired === "on")
    : picked.destinations;
  const changed = wanted.filter((each) => isStale(each, context));
  const rows = wanted.filter((each) => !changed.includes(each));
  if (rows.length > 0) return { rows, changed };
  return changed.length > 0 ? statesOf(changed, context) : nothingOn;
}

const nothingOn: Reply = {
  kind: "lines",
  lines: [text`Nothing is on at present.`],
  buttons: [],
};

/** True for an answer, false for destinations. */
export const isReply = (picked: Running | Reply): picked is Reply => "kind" in picked;

/** The intents for which a pressed button was drawn; nothing for a typed command. */
export const seenBy = (
  rows: readonly Destination[],
  { seen }: CommandContext,
): Readonly<Record<string, string>> =>
  seen === null ? {} : Object.fromEntries(rows.map(({ id, intent }) => [id, intent?.id ?? ""]));
