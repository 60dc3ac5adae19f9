import type { Log } from "../manager/ports.ts";
import { NotOurTurn } from "./in-turn.ts";
import { isRefused, SlackFailure } from "./slack-failure.ts";

/** How long one worker waits after its failures, and what it says of them. */
export type Retrying = {
  /** Milliseconds until the next attempt; what failed is logged once, however often it fails. */
  after(error: unknown): number;
  succeeded(): void;
};

const firstRetryMs = 1_000;
const longestRetryMs = 5_000;
/** A refusal is a person's to mend: an archived conversation, a bot that was not invited. */
const refusedRetryMs = 30_000;

export function createRetrying(event: string, log: Log): Retrying {
  let failures = 0;
  let said = "";

  function report(error: unknown): void {
    const reason = error instanceof Error ? error.message : "unknown";
    if (reason !== said) log.warn(event, { reason, advice: adviceFor(error) });
    said = reason;
  }

  return {
    after(error) {
      if (error instanceof NotOurTurn) return firstRetryMs;
      failures += 1;
      report(error);
      if (isThreadGone(error)) return firstRetryMs;
      const trouble = error instanceof SlackFailure ? error.trouble : null;
      if (trouble?.kind === "limited") return trouble.retryAfterMs;
      if (trouble?.kind === "refused") return refusedRetryMs;
      return Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs);
    },
    succeeded() {
      failures = 0;
      said = "";
    },
  };
}

/** Slack's answers when the message that a thread hangs on is gone. */
export const isThreadGone = (error: unknown): boolean =>
  isRefused(error, "thread_not_found", "message_not_found", "cannot_reply_to_message");

/**
 * True for a refusal that stays, whatever people do, because of what the message says. Those of the conversation end
 * when somebody mends it, those of the app when it is given what it lacks.
 */
export const isForGood = (error: unknown): boolean =>
  isRefused(error) &&
  !isThreadGone(error) &&
  !isRefused(error, ...conversationTrouble, ...appTrouble);

const conversationTrouble = ["channel_not_found", "not_in_channel", "is_archived"];
const appTrouble = [
  "missing_scope",
  "not_authed",
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "ratelimited",
  "rate_limited",
  "restricted_action",
];

/** What a person can do about a refusal; undefined when it is not known to be a person's to mend. */
function adviceFor(error: unknown): string | undefined {
  if (isRefused(error, "not_in_channel"))
    return "invite the bot to the conversation: /invite @patchbay";
  if (isRefused(error, "channel_not_found", "is_archived"))
    return "set SLACK_CONVERSATION_ID to a conversation that the bot can post in";
  return isRefused(error, "missing_scope") ? "give the Slack app the scope chat:write" : undefined;
}
