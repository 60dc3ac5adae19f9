import { App, type SocketModeReceiver as Receiver, SocketModeReceiver } from "@slack/bolt";
import type { Secret } from "../domain/secret.ts";
import type { Log } from "../manager/ports.ts";
import type { Ack } from "./front-door.ts";
import { libraryLogger } from "./library-logger.ts";
import { clientOptions, type Identity } from "./slack.ts";

export type BoltOptions = {
  tokens: { bot: Secret; app: Secret };
  apiUrl: string;
  /** How long a connection may be silent, and how long after its loss a new one is made. */
  silenceMs: number;
  log: Log;
};

/**
 * Bolt's receiver with option objects of its own, because Bolt changes those it is given (seen with Bolt 5.1: retries
 * and headers leak between clients).
 */
export const createReceiver = (options: BoltOptions, openingFetch: typeof fetch): Receiver =>
  new SocketModeReceiver({
    appToken: options.tokens.app.reveal(),
    clientPingTimeout: options.silenceMs,
    serverPingTimeout: 30_000,
    autoReconnectEnabled: true,
    logger: libraryLogger(options.log),
    // What nobody could read is acknowledged all the same, so that Slack does not send it again.
    processEventErrorHandler: () => Promise.resolve(true),
    installerOptions: {
      clientOptions: {
        slackApiUrl: options.apiUrl,
        timeout: 10_000,
        fetch: openingFetch,
        retryConfig: { forever: true, factor: 1.3, minTimeout: 500, maxTimeout: 15_000 },
      },
    },
  });

/** Bolt's app: it asks Slack nothing by itself, and hands every payload to one function. */
export function createApp(
  options: BoltOptions & { receiver: Receiver; identity: Identity },
  onPayload: (payload: unknown, ack: Ack) => Promise<void>,
): App {
  const { receiver, identity, log } = options;
  const app = new App({
    receiver,
    token: options.tokens.bot.reveal(),
    botId: identity.botId,
    botUserId: identity.userId,
    tokenVerificationEnabled: false,
    deferInitialization: true,
    extendedErrorHandler: true,
    logger: libraryLogger(log),
    clientOptions: clientOptions(options.apiUrl, log),
  });
  app.use((args) => onPayload(args.body, "ack" in args ? toAck(args.ack) : null));
  app.error((error) => {
    log.error("delivery-failed", { code: error.code });
    return Promise.resolve();
  });
  return app;
}

/** Bolt types an acknowledgement by what it answers; ours is checked where it is made. */
function toAck(ack: unknown): Ack {
  if (typeof ack !== "function") return null;
  return async (response) => {
    await Reflect.apply(ack, undefined, [response]);
  };
}
