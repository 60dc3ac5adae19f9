import type { Secret } from "../domain/secret.ts";
import { OpsError } from "../errors.ts";
import type { Clock, Log } from "../manager/ports.ts";
import type { FrontDoor } from "./front-door.ts";
import type { HttpListener } from "./http-door.ts";
import type { Identity, Slack } from "./slack.ts";
import { isRefused, SlackFailure } from "./slack-failure.ts";

/** How what people do in Slack reaches the bot. */
export type Connection = {
  /** Resolves when connected or stopped. Throws `not-configured` when Slack refuses a token for good. */
  start(): Promise<void>;
  stop(): Promise<void>;
  isConnected(): boolean;
  /** Takes Slack's requests; null when the bot dials out. */
  listener: HttpListener | null;
};

export type ConnectionNeeds = {
  botToken: Secret;
  apiUrl: string;
  slack: Pick<Slack, "whoAmI">;
  door: Pick<FrontDoor, "handle">;
  clock: Clock;
  log: Log;
};

/** Answers after which asking again is of no use (docs.slack.dev, apps.connections.open, errors). */
const fatal = [
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "not_allowed_token_type",
  "user_removed_from_team",
  "team_disabled",
];

const firstWaitMs = 1_000;
const longestWaitMs = 15_000;

/** Asks who the bot is until Slack answers; null when the bot is stopped before. */
export async function identify(
  { slack, clock, log }: Pick<ConnectionNeeds, "slack" | "clock" | "log">,
  stopping: AbortSignal,
): Promise<Identity | null> {
  let waitMs = firstWaitMs;
  while (!stopping.aborted) {
    try {
      return await slack.whoAmI();
    } catch (error) {
      if (!(error instanceof SlackFailure)) throw error;
      if (isRefused(error, ...fatal)) throw refusedToken("SLACK_BOT_TOKEN", error.message);
      log.warn("slack-unreachable", { reason: error.message, retryInMs: waitMs });
      await clock.sleep(waitMs, stopping);
      waitMs = Math.min(2 * waitMs, longestWaitMs);
    }
  }
  return null;
}

/** Resolves with the work, or at once when the bot is stopped; a call under way is then left behind. */
export function untilStopped(work: Promise<void>, stopping: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    stopping.addEventListener("abort", () => resolve(), { once: true });
  });
  return Promise.race([work, stopped]);
}

export const refusedToken = (variable: string, answer: string): OpsError =>
  new OpsError("not-configured", `Slack refuses ${variable} (${answer}).`, {
    hint: `Copy the token again from the app's page at api.slack.com into ${variable}.`,
  });
