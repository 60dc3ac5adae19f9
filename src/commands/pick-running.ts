import type { Destination } from "../domain/destination.ts";
import { text } from "../domain/text.ts";
import type { CommandContext } from "./command.ts";
import { choices, isStale, statesOf } from "./outcomes.ts";
import { pick } from "./pick.ts";
import type { Reply } from "./reply.ts";

/** The destinations that are meant, of all only those that are on; or the answer, when there is nothing to do yet. */
export async function pickRunning(
  words: string,
  context: CommandContext,
  commandFor: (names: string) => string,
): Promise<readonly Destination[] | Reply> {
  const picked = pick(words, await context.destinations());
  if (picked.kind === "unclear") return choices(picked, commandFor);
  const wanted = picked.all
    ? picked.destinations.filter(({ desired }) => desired === "on")
    : picked.destinations;
  if (wanted.some((each) => isStale(each, context))) return statesOf(wanted, context);
  return wanted.length > 0 ? wanted : nothingOn;
}

const nothingOn: Reply = {
  kind: "lines",
  lines: [text`Nothing is on at present.`],
  buttons: [],
};

/** True for an answer, false for destinations. */
export const isReply = (picked: readonly Destination[] | Reply): picked is Reply =>
  "kind" in picked;

/** The intent for which a pressed button was drawn; nothing for a typed command. */
export const seenBy = (
  picked: readonly Destination[],
  { seenIntentId }: CommandContext,
): Readonly<Record<string, string>> =>
  seenIntentId === null ? {} : Object.fromEntries(picked.map(({ id }) => [id, seenIntentId]));
