import { App, type Receiver } from "@slack/bolt";
import type { Secret } from "../domain/secret.ts";
import type { Log } from "../manager/ports.ts";
import type { Ack } from "./front-door.ts";
import { libraryLogger } from "./library-logger.ts";
import { clientOptions, type Identity } from "./slack.ts";

export type BoltOptions = {
  receiver: Receiver;
  botToken: Secret;
  identity: Identity;
  apiUrl: string;
  log: Log;
};

/** `key` is what the receiver has put into Bolt's context as `deliveryKey`. */
export type OnPayload = (payload: unknown, ack: Ack, key: string | null) => Promise<void>;

/** Bolt's app: it asks Slack nothing by itself, and hands every payload to one function. */
export function createApp(options: BoltOptions, onPayload: OnPayload): App {
  const { receiver, identity, log } = options;
  const app = new App({
    receiver,
    token: options.botToken.reveal(),
    botId: identity.botId,
    botUserId: identity.userId,
    tokenVerificationEnabled: false,
    deferInitialization: true,
    extendedErrorHandler: true,
    logger: libraryLogger(log),
    clientOptions: clientOptions(options.apiUrl, log),
  });
  app.use((args) => {
    const { deliveryKey } = args.context;
    const key = typeof deliveryKey === "string" ? deliveryKey : null;
    return onPayload(args.body, "ack" in args ? toAck(args.ack) : null, key);
  });
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
