import { AwsLambdaReceiver } from "@slack/bolt";
import type { Secret } from "../domain/secret.ts";
import type { Log } from "../manager/ports.ts";
import { createApp } from "./bolt.ts";
import type { FrontDoor } from "./front-door.ts";
import { libraryLogger } from "./library-logger.ts";
import { type Identity, slackUrl } from "./slack.ts";
import type { Verified } from "./verify-slack.ts";

/**
 * Brings one request that was acknowledged already to the front door, and resolves when its answer is with the person;
 * rejects for a body that nobody can read.
 */
export type LambdaReceiver = (request: Verified) => Promise<void>;

type Needs = {
  botToken: Secret;
  /** From the configuration: a function that had to ask Slack would answer late. */
  identity: Identity;
  /** Address of a stand-in for Slack, ending in `/api/`. */
  apiUrl?: string | undefined;
  deliver: FrontDoor["handle"];
  log: Log;
};

const keyHeader = "x-delivery-key";

/**
 * Bolt behind a function. Its receiver returns when the work is done (seen with Bolt 5.1, `AwsLambdaReceiver`), and
 * is shown nothing of a request but what was verified: it takes the media type bare and the body as words.
 */
export async function createLambdaReceiver(needs: Needs): Promise<LambdaReceiver> {
  const { botToken, identity, apiUrl = slackUrl, deliver, log } = needs;
  const receiver = new AwsLambdaReceiver({
    signingSecret: "",
    signatureVerification: false,
    logger: libraryLogger(log),
    customPropertiesExtractor: ({ headers }) => ({ deliveryKey: headers[keyHeader] }),
  });
  const { teamId } = identity;
  const app = createApp(
    { receiver, botToken, identity, apiUrl, log },
    async (payload, ack, key) => {
      await ack?.();
      await deliver(payload, null, { teamId, key });
    },
  );
  await app.init();
  const handler = receiver.toHandler();
  return async ({ body, mediaType, key }) => {
    const headers = { "content-type": mediaType, [keyHeader]: key };
    await handler({ ...blank, headers, body: body.toString("utf8") }, {});
  };
}

/** The shape of API Gateway's format 2.0, of which Bolt reads headers and body. */
const blank = {
  ...{ version: "2.0", routeKey: "$default", rawPath: "/slack/events", rawQueryString: "" },
  ...{ requestContext: {}, isBase64Encoded: false },
};
