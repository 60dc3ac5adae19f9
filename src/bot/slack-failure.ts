import { webApi } from "@slack/bolt";

/**
 * How a call to Slack failed. `refused`: Slack certainly did nothing, and `code` says why. `limited`: it did nothing and
 * says when to come back. `unreachable`: nobody knows whether it did something.
 */
export type SlackTrouble =
  | { kind: "refused"; code: string }
  | { kind: "limited"; retryAfterMs: number }
  | { kind: "unreachable" };

/** A failed call to Slack; it carries neither what was sent nor what came back. */
export class SlackFailure extends Error {
  readonly trouble: SlackTrouble;

  constructor(method: string, trouble: SlackTrouble) {
    super(`${method}: ${trouble.kind === "refused" ? trouble.code : trouble.kind}`);
    this.name = "SlackFailure";
    this.trouble = trouble;
  }
}

/** True for a refusal of Slack's, of this code if one is given. */
export const isRefused = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof SlackFailure &&
  error.trouble.kind === "refused" &&
  (codes.length === 0 || codes.includes(error.trouble.code));

/** True when nobody knows whether Slack did what it was asked. */
export const isUnsure = (error: unknown): boolean =>
  error instanceof SlackFailure && error.trouble.kind === "unreachable";

/** Platform errors that mean the same as no answer (docs.slack.dev, errors of every method). */
const passing = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);

/** Says in our words how a call of the WebClient failed. */
export function toTrouble(error: unknown): SlackTrouble {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: "limited", retryAfterMs: error.retryAfter * 1000 };
  if (!(error instanceof webApi.WebAPIPlatformError)) return { kind: "unreachable" };
  const code = error.data.error;
  return passing.has(code) ? { kind: "unreachable" } : { kind: "refused", code };
}
