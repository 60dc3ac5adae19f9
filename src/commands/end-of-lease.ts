import { addMinutes } from "date-fns/addMinutes";
import type { Policy } from "../domain/policy.ts";
import { parseMinutes, parseUntil } from "../domain/when.ts";
import { OpsError } from "../errors.ts";
import { refuseSecrets } from "./words.ts";

/** A command's words without `for 2h` or `until 21:30`, these words themselves, and the end that they give. */
export type WithEnd = { words: string; end: string; until: Date | null };

/** A dash before the word is forgiven, as in `—for 2h`; quotes keep it for a name, as in `"studio for kids"`. */
const withEnd = /^(?:(.*)\s)?-{0,2}(for|until|till)(?:\s([^"]*))?$/i;
const hint = "For example `for 2h` or `until 21:30`.";

/**
 * Takes `for 2h` or `until 21:30` off the end of a command. Throws `invalid-input` for two ends or one beyond the site's
 * limit.
 */
export function takeEnd(args: string, policy: Policy, now: Date): WithEnd {
  const match = withEnd.exec(args);
  if (match === null) return { words: args, end: "", until: null };
  const [, words = "", keyword = "", value = ""] = match;
  if (withEnd.test(words)) throw no("One end is enough.");
  if (value === "") throw no(`What comes after “${keyword.toLowerCase()}” is missing.`);
  refuseSecrets(value);
  const until =
    keyword.toLowerCase() === "for"
      ? addMinutes(now, withinLimit(parseMinutes(value), policy))
      : parseUntil(value, policy.zone, now);
  if (until > addMinutes(now, policy.maxLeaseMinutes)) throw tooLong(policy);
  return { words, end: `${keyword} ${value}`, until };
}

const looksLikeTime = /^\d+([:.h]\d+)?(h|m|hrs?|mins?|hours?|minutes?|am|pm)?$/;

/** The hint for a time that stands where a name should. */
export const hintForTime = (word: string): string | null =>
  looksLikeTime.test(word) ? "To give an end, say `for 2h` or `until 21:30`." : null;

function withinLimit(minutes: number, policy: Policy): number {
  if (minutes > policy.maxLeaseMinutes) throw tooLong(policy);
  return minutes;
}

function tooLong({ maxLeaseMinutes }: Policy): OpsError {
  const hours = Math.floor(maxLeaseMinutes / 60);
  const minutes = maxLeaseMinutes % 60;
  const parts = [...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 ? [`${minutes} min`] : [])];
  return no(`The longest time allowed here is ${parts.join(" ")}.`);
}

const no = (message: string): OpsError => new OpsError("invalid-input", message, { hint });
