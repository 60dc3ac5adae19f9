import { AwsLambdaReceiver } from "@slack/bolt";
import type { Secret } from "../domain/secret.ts";
import type { Log } from "../manager/ports.ts";
import { createApp } from "./bolt.ts";
import type { FrontDoor } from "./front-door.ts";
import { libraryLogger } from "./library-logger.ts";
import { type Identity, slackUrl } from "./slack.ts";
import type { Verified } from "./verify-slack.ts";

/**
 * Brings one request that was acknowledged already to the front door, and resolves when it was answered. `call` names the call
 * of AWS that brought it. Rejects as the front door does, and for a body that nobody can read.
 */
export type LambdaReceiver = (request: Verified, call: string) => Promise<void>;

type Needs = {
  botToken: Secret;
  /** From the configuration: a function that had to ask Slack would answer late. */
  identity: Identity;
  /** Address of a stand-in for Slack, ending in `/api/`. */
  apiUrl?: string | undefined;
  deliver: FrontDoor["handle"];
  log: Log;
};

type Coming = { key: string; call: string; failure: unknown };

const numberHeader = "x-number";

/**
 * Bolt behind a function. Its receiver returns when the work is done (seen with Bolt 5.1, `AwsLambdaReceiver`), keeps what was
 * thrown to itself, and is shown nothing of a request but what was verified: the media type bare and the body as words.
 */
export async function createLambdaReceiver(needs: Needs): Promise<LambdaReceiver> {
  const { botToken, identity, apiUrl = slackUrl, deliver, log } = needs;
  const underWay = new Map<string, Coming>();
  let count = 0;
  const receiver = new AwsLambdaReceiver({
    signingSecret: "",
    signatureVerification: false,
    logger: libraryLogger(log),
    customPropertiesExtractor: ({ headers }) => ({ deliveryKey: headers[numberHeader] }),
  });
  const { teamId } = identity;
  const app = createApp(
    { receiver, botToken, identity, apiUrl, log },
    async (payload, ack, number) => {
      await ack?.();
      const coming = underWay.get(number ?? "");
      if (coming === undefined) return;
      const { key, call } = coming;
      await deliver(payload, null, { teamId, key, call }).catch((failure: unknown) => {
        coming.failure = failure;
      });
    },
  );
  await app.init();
  const handler = receiver.toHandler();
  return async ({ body, mediaType, key }, call) => {
    const coming: Coming = { key, call, failure: null };
    count += 1;
    const number = String(count);
    underWay.set(number, coming);
    try {
      const headers = { "content-type": mediaType, [numberHeader]: number };
      await handler({ ...blank, headers, body: body.toString("utf8") }, {});
    } finally {
      underWay.delete(number);
    }
    if (coming.failure !== null) throw coming.failure;
  };
}

/** The shape of API Gateway's format 2.0, of which Bolt reads headers and body. */
const blank = {
  ...{ version: "2.0", routeKey: "$default", rawPath: "/slack/events", rawQueryString: "" },
  ...{ requestContext: {}, isBase64Encoded: false },
};
