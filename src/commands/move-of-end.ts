import type { Destination } from "../domain/destination.ts";
import { minutesIn, parseMinutes, parseUntil } from "../domain/when.ts";
import { OpsError } from "../errors.ts";
import type { Request } from "../manager/request.ts";
import type { CommandContext } from "./command.ts";
import { seenBy } from "./pick-running.ts";
import { refuseSecrets } from "./words.ts";

/** Who an end is moved for, by how much or to when, and why. */
export type MoveOfEnd = {
  words: string;
  minutes: number | null;
  until: Date | null;
  /** The time as it was typed, to be repeated by a button. */
  end: string;
  reason: string | null;
};

type Found = { words: string; end: string; rest: string };

const withUntil = /^(?:(.*?)\s)?-{0,2}(?:until|till)(?:\s(.*))?$/is;
/** A day, a time of day and a zone, of which only the time must be there; what follows is the reason. */
const moment =
  /^((?:(?:today|tomorrow|\d{4}-\d{2}-\d{2})[ t]+)?(?:at )?\S+(?:\s*[ap]m\b)?(?:\s+(?:utc|gmt|z|[a-z_]+\/\S+)(?=\s|$))?)(?:\s+(.*))?$/is;
/** "1 h 30 min" is four words long. */
const longestLength = 4;
const longestReason = 200;
const before = /(?:(?:\s|^)(?:for|by|another|\+))+$/i;

/**
 * Reads `<destination…> 30m` or `<destination…> until 22:00`, with a reason behind it. Throws `invalid-input` with this
 * verb's example for anything else.
 */
export function takeMove(args: string, verb: string, { policy, now }: CommandContext): MoveOfEnd {
  const until = withUntil.exec(args);
  const found = until === null ? findLength(args) : findMoment(until);
  if (found === null) throw no("How long?", verb);
  if (until !== null && findLength(found.words)?.rest === "") throw no("One end is enough.", verb);
  const reason = toReason(found.rest, verb);
  refuseSecrets(found.end);
  const { words, end } = found;
  if (until === null) return { words, minutes: parseMinutes(end), until: null, end, reason };
  const at = parseUntil(end, policy.zone, now);
  return { words, minutes: null, until: at, end: `until ${end}`, reason };
}

/** What such a move asks for what was picked. */
export const requestFor = (
  rows: readonly Destination[],
  { minutes, until, reason }: MoveOfEnd,
  context: CommandContext,
): Request => ({
  destinationIds: rows.map(({ id }) => id),
  by: context.asker,
  reason,
  until,
  ...(minutes !== null && { minutes }),
  seenIntentIds: seenBy(rows, context),
});

/** The first words that are a length of time. */
function findLength(args: string): Found | null {
  const words = args.split(" ");
  for (let at = 0; at < words.length; at++)
    for (let count = Math.min(longestLength, words.length - at); count > 0; count--) {
      const end = words
        .slice(at, at + count)
        .join(" ")
        .replace(/^[+-]/, "");
      if (minutesIn(end) === null) continue;
      const named = words.slice(0, at).join(" ").replace(before, "");
      return { words: named, end, rest: words.slice(at + count).join(" ") };
    }
  return null;
}

function findMoment([, words = "", typed = ""]: RegExpExecArray): Found | null {
  const [, end, rest = ""] = moment.exec(typed.trim()) ?? [];
  return end === undefined ? null : { words, end, rest };
}

function toReason(rest: string, verb: string): string | null {
  refuseSecrets(rest);
  const words = rest
    .replace(/^(?:because\b|[-:,(])\s*/i, "")
    .replaceAll('"', "")
    .trim();
  if (words === "") return null;
  if (withUntil.test(words) || findLength(words)?.words === "")
    throw no("One end is enough.", verb);
  if (words.length > longestReason)
    throw no(`${longestReason} characters are enough for a reason.`, verb);
  return words;
}

const no = (message: string, verb: string): OpsError =>
  new OpsError("invalid-input", message, {
    hint: `For example \`/stream ${verb} twitch 30m\` or \`/stream ${verb} twitch until 21:30\`.`,
  });
