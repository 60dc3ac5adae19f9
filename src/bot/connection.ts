import type { App } from "@slack/bolt";
import { OpsError } from "../errors.ts";
import type { Clock } from "../manager/ports.ts";
import { type BoltOptions, createApp, createReceiver } from "./bolt.ts";
import type { FrontDoor } from "./front-door.ts";
import { persistentFetch } from "./persistent-fetch.ts";
import type { Identity, Slack } from "./slack.ts";
import { isRefused, SlackFailure, toTrouble } from "./slack-failure.ts";

/** The bot's connection to Slack over Socket Mode. */
export type Connection = {
  /** Resolves when connected or stopped. Throws `not-configured` when Slack refuses a token for good. */
  start(): Promise<void>;
  stop(): Promise<void>;
  isConnected(): boolean;
};

type Needs = BoltOptions & {
  slack: Pick<Slack, "whoAmI">;
  door: Pick<FrontDoor, "handle">;
  clock: Clock;
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

/** Nothing is opened before `start`. */
export function createConnection(needs: Needs): Connection {
  const { slack, door, clock, log } = needs;
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  let isConnected = false;
  let wasConnected = false;
  let app: App | null = null;

  function makeApp(identity: Identity): App {
    const ends = { wasConnected: () => wasConnected, stopping: stopping.signal };
    const receiver = createReceiver(needs, persistentFetch(ends));
    receiver.client.on("connected", () => {
      isConnected = wasConnected = true;
      log.info("slack-connected", {});
    });
    receiver.client.on("close", () => {
      isConnected = false;
      if (!stopping.signal.aborted) log.warn("slack-connection-lost", {});
    });
    return createApp({ ...needs, receiver, identity }, (payload, ack) =>
      door.handle(payload, ack, identity.teamId),
    );
  }

  async function open(): Promise<void> {
    const identity = await identify({ slack, clock, log, stopping: stopping.signal });
    if (identity === null) return;
    app = makeApp(identity);
    await app.init();
    await app.start().catch((error: unknown) => {
      const trouble = toTrouble(error);
      if (trouble.kind === "refused") throw refusedToken("SLACK_APP_TOKEN", trouble.code);
      throw error;
    });
  }

  return {
    start: () => Promise.race([open(), stopped]),
    async stop() {
      stopping.abort();
      isConnected = false;
      await app?.stop();
    },
    isConnected: () => isConnected,
  };
}

/** Asks who the bot is until Slack answers; null when the bot is stopped before. */
async function identify(
  needs: Pick<Needs, "slack" | "clock" | "log"> & { stopping: AbortSignal },
): Promise<Identity | null> {
  const { slack, clock, log, stopping } = needs;
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

const refusedToken = (variable: string, answer: string): OpsError =>
  new OpsError("not-configured", `Slack refuses ${variable} (${answer}).`, {
    hint: `Copy the token again from the app's page at api.slack.com into ${variable}.`,
  });
