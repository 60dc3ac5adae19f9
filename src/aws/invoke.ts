import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import type { Secret } from "../domain/secret.ts";
import { OpsError } from "../errors.ts";
import type { Clock } from "../manager/ports.ts";
import { createSigner } from "./sign-request.ts";

export type InvokeOptions = {
  region: string;
  /** Another address than AWS's own, for a local world. */
  endpoint: string | null;
  accessKeyId: string;
  secretAccessKey: Secret;
  sessionToken: Secret | null;
  clock: Pick<Clock, "now">;
  /** How long Lambda may take to answer, in milliseconds; `invokePatienceMs` unless given. */
  patienceMs?: number;
};

/**
 * Leaves an event with AWS Lambda, which calls the function with it soon (Lambda API, Invoke, invocation type `Event`). It is
 * safe with Lambda once this resolves. An answer that is lost is asked for again, so that the function may be called twice.
 * Throws `aws-refused`, and `aws-unavailable` when Lambda could not be reached, within three seconds in all.
 */
export type Invoke = (functionName: string, event: object) => Promise<void>;

/** Two of these must fit into the three seconds that Slack waits (docs.slack.dev, acknowledgement response). */
export const invokePatienceMs = 1_200;

/** Signed by the SDK's own signer, and sent by hand: to load a client takes longer than all else in a cold start. */
export function createInvoke(options: InvokeOptions): Invoke {
  const { region, endpoint, accessKeyId, secretAccessKey, sessionToken, clock } = options;
  const { patienceMs = invokePatienceMs } = options;
  const origin = endpoint ?? `https://lambda.${region}.amazonaws.com`;
  const sign = createSigner({
    ...{ service: "lambda", region, accessKeyId },
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken && { sessionToken: sessionToken.reveal() }),
  });

  async function attempt(address: URL, body: string): Promise<number | null> {
    const type = { "content-type": "application/json", "x-amz-invocation-type": "Event" };
    const headers = await sign({ address, headers: type, body }, clock.now());
    return post(address, { headers, body, patienceMs }).catch(() => null);
  }

  return async (functionName, event) => {
    const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
    const address = new URL(path, origin);
    const body = JSON.stringify(event);
    const first = await attempt(address, body);
    const status = isPassing(first) ? await attempt(address, body) : first;
    if (status !== 202) throw refusal(functionName, status);
  };
}

/** Null when no answer came. */
const isPassing = (status: number | null) => status === null || status === 429 || status >= 500;

const refusal = (functionName: string, status: number | null): OpsError =>
  isPassing(status)
    ? new OpsError("aws-unavailable", "AWS Lambda could not be asked to call a function.", {
        context: { functionName, status: String(status) },
      })
    : new OpsError("aws-refused", `AWS Lambda does not call ${functionName}: it says ${status}.`, {
        hint: "The function must exist, and the role must be allowed lambda:InvokeFunction on it.",
      });

type Posted = { headers: Record<string, string>; body: string; patienceMs: number };

function post(to: URL, { headers, body, patienceMs }: Posted): Promise<number> {
  const send = to.protocol === "http:" ? overHttp : overHttps;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMs);
    const sent = send(to, { method: "POST", headers, signal }, (answer) => {
      answer.on("error", reject).resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("error", reject).end(body);
  });
}
