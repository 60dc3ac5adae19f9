import type { IncomingMessage } from "node:http";
import { HTTPReceiver as Receiver } from "@slack/bolt";
import type { Secret } from "../domain/secret.ts";
import { createApp } from "./bolt.ts";
import { type Connection, type ConnectionNeeds, identify, untilStopped } from "./connection.ts";
import { type HttpListener, verifiedOnly } from "./http-door.ts";
import { libraryLogger } from "./library-logger.ts";
import type { Identity } from "./slack.ts";

type Needs = ConnectionNeeds & { signingSecret: Secret };

/**
 * Slack over HTTP: Slack dials in. It opens no port: what has one hands the requests to `listener`, which answers 503
 * while not connected.
 */
export function createHttpConnection(needs: Needs): Connection {
  const { door, log } = needs;
  const stopping = new AbortController();
  const keys = new WeakMap<IncomingMessage, string>();
  let bolt: HttpListener | null = null;

  async function makeListener(identity: Identity): Promise<HttpListener> {
    const receiver = createReceiver(needs, (request) => keys.get(request) ?? null);
    const { teamId } = identity;
    const app = createApp({ ...needs, receiver, identity }, (payload, ack, key) =>
      door.handle(payload, ack, { teamId, key }),
    );
    await app.init();
    return receiver.requestListener;
  }

  async function open(): Promise<void> {
    const identity = await identify(needs, stopping.signal);
    if (identity === null) return;
    const listener = await makeListener(identity);
    if (stopping.signal.aborted) return;
    bolt = listener;
    log.info("slack-connected", {});
  }

  return {
    start: () => untilStopped(open(), stopping.signal),
    stop() {
      stopping.abort();
      bolt = null;
      return Promise.resolve();
    },
    isConnected: () => bolt !== null,
    listener: verifiedOnly({
      ...needs,
      onAccepted: (request, response, key) => {
        keys.set(request, key);
        if (bolt === null) response.writeHead(503).end();
        else bolt(request, response);
      },
    }),
  };
}

/** Bolt checks no signature here: nothing but what was verified comes this far. */
const createReceiver = (needs: Needs, keyOf: (request: IncomingMessage) => string | null) =>
  new Receiver({
    signingSecret: "",
    signatureVerification: false,
    logger: libraryLogger(needs.log),
    customPropertiesExtractor: (request) => ({ deliveryKey: keyOf(request) }),
    // What nobody could read is acknowledged all the same, so that Slack does not send it again.
    processEventErrorHandler: ({ response }) => {
      if (!response.headersSent) response.writeHead(200).end();
      return Promise.resolve(true);
    },
  });
