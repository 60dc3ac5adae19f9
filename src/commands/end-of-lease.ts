import { addMinutes } from "date-fns";
import type { Policy } from "../domain/policy.ts";
import { parseMinutes, parseUntil } from "../domain/when.ts";
import { OpsError } from "../errors.ts";

/** The words before `for` or `until`, and the end that they give; null when none is given. */
export type WithEnd = { words: string; until: Date | null };

const withEnd = /^(?:(.*)\s)?(for|until|till)(?:\s(.*))?$/i;
const hint = "For example `for 2h` or `until 21:30`.";

/** Takes `for 2h` or `until 21:30` off the end of a command. Throws `invalid-input` for two ends or one beyond the site's limit. */
export function takeEnd(args: string, policy: Policy, now: Date): WithEnd {
  const match = withEnd.exec(args);
  if (match === null) return { words: args, until: null };
  const [, words = "", keyword = "", value = ""] = match;
  if (withEnd.test(words)) throw new OpsError("invalid-input", "One end is enough.", { hint });
  if (value.trim() === "")
    throw new OpsError("invalid-input", `What comes after “${keyword.toLowerCase()}” is missing.`, {
      hint,
    });
  const until =
    keyword.toLowerCase() === "for"
      ? addMinutes(now, withinLimit(parseMinutes(value), policy))
      : parseUntil(value, policy.zone, now);
  if (until > addMinutes(now, policy.maxLeaseMinutes)) throw tooLong(policy);
  return { words, until };
}

function withinLimit(minutes: number, policy: Policy): number {
  if (minutes > policy.maxLeaseMinutes) throw tooLong(policy);
  return minutes;
}

const tooLong = ({ maxLeaseMinutes }: Policy): OpsError =>
  new OpsError("invalid-input", `The longest time allowed here is ${maxLeaseMinutes / 60} h.`, {
    hint,
  });
