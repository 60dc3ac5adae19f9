import { once } from "./aws/lazily.ts";
import { challengeIn, verifySlack } from "./bot/verify-slack.ts";
import { systemClock } from "./clock.ts";
import { processEnvironment, readSigningSecret } from "./environment.ts";
import { isOpsError } from "./errors.ts";
import { type HttpAnswer, readHttpEvent } from "./lambda/http-event.ts";
import type { Invocation } from "./lambda/invocation.ts";
import { createLog } from "./log.ts";

/*
 * The product behind four functions of AWS Lambda; docs/decisions/0010-lambda.md tells how they share the work. What a
 * function needs is loaded at its first call and kept for the next: Slack's requests are checked before anything is, by
 * nothing of the configuration but the secret that they are signed with, and left to `work`, which is in no hurry.
 */

const config = once(async () => {
  const { parseConfig } = await import("./config.ts");
  return parseConfig(processEnvironment());
});
const handOver = once(async () => {
  const { createHandOver } = await import("./lambda/hand-over.ts");
  return createHandOver(processEnvironment(), systemClock);
});
const apiDoor = once(async () =>
  (await import("./lambda/api-door.ts")).openApiDoor(await config()),
);
const worker = once(async () => (await import("./lambda/worker.ts")).openWorker(await config()));

/** Takes Slack's requests from API Gateway or a Function URL; it never throws. */
export async function slack(event: unknown): Promise<HttpAnswer> {
  try {
    return await receive(event);
  } catch (error) {
    tell("request-failed", error);
    return status(500);
  }
}

async function receive(event: unknown): Promise<HttpAnswer> {
  const request = readHttpEvent(event);
  if (request === null) return status(400);
  if (request.method !== "POST") return status(404);
  const secret = readSigningSecret(processEnvironment()) ?? (await signingSecret());
  const verdict = verifySlack(request, secret, systemClock.now());
  if (!verdict.accepted) return status(verdict.status);
  const challenge = challengeIn(verdict);
  if (challenge !== null) return { ...status(200), body: JSON.stringify({ challenge }) };
  await (await handOver())(verdict);
  return status(200);
}

/** Of one that cannot be right the configuration tells, together with all else that is wrong. */
async function signingSecret() {
  const { signingSecretOf } = await import("./config.ts");
  return signingSecretOf(await config());
}

/** Answers the HTTP API, from API Gateway or a Function URL; it never throws. */
export async function api(event: unknown, invocation?: unknown): Promise<object> {
  if (readHttpEvent(event) === null) return status(400);
  try {
    const handle = await apiDoor();
    return await Reflect.apply(handle, undefined, [event, invocation]);
  } catch (error) {
    tell("request-failed", error);
    return status(500);
  }
}

/** What the minute does; EventBridge Scheduler calls it. */
export async function tick(_event: unknown, invocation: Invocation): Promise<void> {
  return (await worker()).tick(invocation);
}

/** Acts on batches of the tables' streams, on events of AWS, and on what `slack` has left to it. */
export async function work(event: unknown, invocation: Invocation): Promise<object | undefined> {
  return (await worker()).work(event, invocation);
}

const status = (statusCode: number): HttpAnswer => ({ statusCode, body: "" });

/** Our own sentences name what is missing; those of others may carry what a request carried. */
function tell(event: string, error: unknown): void {
  const message = isOpsError(error) ? error.message : "";
  const name = error instanceof Error ? error.name : "unknown";
  createLog("error", systemClock.now).error(event, { name, ...(message && { message }) });
}
