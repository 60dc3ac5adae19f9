import type { Text } from "../../domain/text.ts";
import type { ErrorCode, OpsError } from "../../errors.ts";
import type { Message } from "./blocks.ts";
import { messageRoom } from "./fit.ts";
import { linesMessage } from "./reply.ts";
import { fromSentence, type Moment } from "./text.ts";

const unchanged = "Nothing was changed.";
const unsure = "Your wish may or may not have been taken.";
const look = "Look at `/stream status` before you try again.";

/** What each kind of failure means for the show, and what to do when the error itself does not say. */
const meanings: Record<ErrorCode, { meaning: string | null; advice: string | null }> = {
  "not-found": { meaning: unchanged, advice: "Try `/stream` for what there is." },
  "not-allowed": { meaning: unchanged, advice: null },
  "invalid-input": { meaning: unchanged, advice: "Try `/stream help`." },
  conflict: { meaning: unchanged, advice: "Try again in a moment." },
  "already-so": { meaning: null, advice: null },
  "not-configured": { meaning: unchanged, advice: "An admin of patchbay has to set this up." },
  "aws-throttled": { meaning: unsure, advice: look },
  "aws-unavailable": { meaning: unsure, advice: look },
  "aws-refused": { meaning: unchanged, advice: "An admin of patchbay has to look at AWS." },
  "timed-out": { meaning: unsure, advice: look },
  "over-budget": { meaning: unchanged, advice: null },
  internal: { meaning: "What is on air stays as it is.", advice: look },
};

/** What went wrong, what it means, and what to press or type. */
export function toErrorMessage(error: OpsError, moment: Moment): Message {
  const { meaning, advice } = meanings[error.code];
  const next = error.hint ?? advice;
  const sentences = [error.message, meaning, next].filter((each) => each !== null);
  return inSentences(sentences, moment);
}

/** A failure that nobody foresaw: its own text stays in the log, under the reference. */
export function toInternalMessage(reference: string, moment: Moment): Message {
  const { meaning, advice } = meanings.internal;
  const sentences = ["Something went wrong inside patchbay.", meaning, advice];
  return inSentences([...sentences, `Reference: \`${reference}\`.`], moment);
}

/** One line of plain sentences. */
export function inSentences(sentences: readonly (string | null)[], moment: Moment): Message {
  const said = sentences.filter((each) => each !== null).join(" ");
  const line: Text = fromSentence(said);
  return linesMessage([line], [], { moment, room: messageRoom });
}
