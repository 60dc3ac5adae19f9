import { createInvoke } from "../aws/invoke.ts";
import type { Verified } from "../bot/verify-slack.ts";
import { Secret } from "../domain/secret.ts";
import type { Environment } from "../environment.ts";
import { OpsError } from "../errors.ts";
import type { Clock } from "../manager/ports.ts";
import { type HandedOver, seal, slackSource } from "./sealed.ts";

/** Leaves a request with AWS for `work`, which answers it. Resolves when it can no longer be lost; throws as `Invoke`. */
export type HandOver = (request: Verified) => Promise<void>;

/** Reads what it needs by hand: to load zod takes longer than the rest. Throws `not-configured` naming what is missing. */
export function createHandOver(environment: Environment, clock: Pick<Clock, "now">): HandOver {
  const workFunction = needed(environment, "PATCHBAY_WORK_FUNCTION");
  const botToken = new Secret(needed(environment, "SLACK_BOT_TOKEN"));
  const { AWS_SESSION_TOKEN: session, AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL } = environment;
  const invoke = createInvoke({
    region: needed(environment, "AWS_REGION"),
    endpoint: AWS_ENDPOINT_URL_LAMBDA || AWS_ENDPOINT_URL || null,
    accessKeyId: needed(environment, "AWS_ACCESS_KEY_ID"),
    secretAccessKey: new Secret(needed(environment, "AWS_SECRET_ACCESS_KEY")),
    sessionToken: session ? new Secret(session) : null,
    clock,
  });
  return ({ body, mediaType, key }) => {
    const words = JSON.stringify({ mediaType, key, body: body.toString("utf8") });
    const handedOver: HandedOver = { source: slackSource, sealed: seal(words, botToken) };
    return invoke(workFunction, handedOver);
  };
}

function needed(environment: Environment, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new OpsError("not-configured", `The function slack needs ${name}.`, {
    hint: "serverless.yml and Lambda itself set it.",
  });
}
