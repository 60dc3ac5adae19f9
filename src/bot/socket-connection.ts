import { type App, type SocketModeReceiver as Receiver, SocketModeReceiver } from "@slack/bolt";
import type { Secret } from "../domain/secret.ts";
import { createApp } from "./bolt.ts";
import {
  type Connection,
  type ConnectionNeeds,
  identify,
  refusedToken,
  untilStopped,
} from "./connection.ts";
import { libraryLogger } from "./library-logger.ts";
import { persistentFetch } from "./persistent-fetch.ts";
import type { Identity } from "./slack.ts";
import { toTrouble } from "./slack-failure.ts";

type Needs = ConnectionNeeds & {
  appToken: Secret;
  /** How long a connection may be silent, and how long after its loss a new one is made. */
  silenceMs: number;
};

/** Slack over Socket Mode: the bot dials out. Nothing is opened before `start`. */
export function createSocketConnection(needs: Needs): Connection {
  const { door, log } = needs;
  const stopping = new AbortController();
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
    const { teamId } = identity;
    return createApp({ ...needs, receiver, identity }, (payload, ack, key) =>
      door.handle(payload, ack, { teamId, key }),
    );
  }

  async function open(): Promise<void> {
    const identity = await identify(needs, stopping.signal);
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
    start: () => untilStopped(open(), stopping.signal),
    async stop() {
      stopping.abort();
      isConnected = false;
      await app?.stop();
    },
    isConnected: () => isConnected,
    listener: null,
  };
}

/**
 * Bolt's receiver with option objects of its own, because Bolt changes those it is given (seen with Bolt 5.1: retries
 * and headers leak between clients).
 */
const createReceiver = (needs: Needs, openingFetch: typeof fetch): Receiver =>
  new SocketModeReceiver({
    appToken: needs.appToken.reveal(),
    clientPingTimeout: needs.silenceMs,
    serverPingTimeout: 30_000,
    autoReconnectEnabled: true,
    logger: libraryLogger(needs.log),
    // What nobody could read is acknowledged all the same, so that Slack does not send it again.
    processEventErrorHandler: () => Promise.resolve(true),
    installerOptions: {
      clientOptions: {
        slackApiUrl: needs.apiUrl,
        timeout: 10_000,
        fetch: openingFetch,
        retryConfig: { forever: true, factor: 1.3, minTimeout: 500, maxTimeout: 15_000 },
      },
    },
  });
