import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Envelope, Outcome } from "./envelope.ts";
import { signed } from "./signature.ts";

export type HttpLink = {
  /** Posts to the app's request URL, signed, and waits for its acknowledgement. */
  send(envelope: Envelope): Promise<Outcome>;
  /** Slack's two questions to a new request URL; null when both are answered, else what is wrong. */
  check(): Promise<string | null>;
};

export type HttpLinkOptions = { url: string; now: () => number; ackMs: number };

const form = "application/x-www-form-urlencoded";
const json = "application/json";

type Post = { body: string; type: string; headers?: Record<string, string> };

const jsonAnswer = z.record(z.string(), z.unknown());
const challenged = z.object({ challenge: z.string() });

/** An app that Slack reaches at a request URL (docs.slack.dev, slash commands, interactivity, Events API). */
export function createHttpLink({ url, now, ackMs }: HttpLinkOptions): HttpLink {
  const post = ({ body, type, headers }: Post): Promise<Response> =>
    fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": type, "user-agent": "Slackbot 1.0", ...headers },
      redirect: "manual",
      signal: AbortSignal.timeout(ackMs),
    });
  const postSigned = ({ body, type, headers }: Post) =>
    post({ body, type, headers: { ...headers, ...signed(body, now()) } });

  async function send(envelope: Envelope): Promise<Outcome> {
    try {
      const response = await postSigned(toPost(envelope));
      const answer = await response.text();
      if (response.ok) return { kind: "acked", payload: toPayload(answer) };
      return response.headers.get("x-slack-no-retry") === "1"
        ? { kind: "declined" }
        : { kind: "unreachable", reason: "http_error" };
    } catch (error) {
      return error instanceof Error && error.name === "TimeoutError"
        ? { kind: "timeout", reason: "http_timeout" }
        : { kind: "unreachable", reason: "connection_failed" };
    }
  }

  async function check(): Promise<string | null> {
    try {
      const secured = await post({ body: "ssl_check=1", type: form });
      if (!secured.ok) return `It answered ssl_check with ${secured.status}.`;
      const challenge = randomUUID();
      const question = JSON.stringify({ type: "url_verification", challenge });
      const response = await postSigned({ body: question, type: json });
      const { data } = challenged.safeParse(await response.json().catch(() => null));
      if (response.ok && data?.challenge === challenge) return null;
      return `It did not answer with the value of the challenge parameter (${response.status}).`;
    } catch {
      return "Nothing answers there.";
    }
  }

  return { send, check };
}

/** A command is a form; what people press and submit is a form with one JSON field; an event is JSON. */
function toPost({ type, payload, retry }: Envelope): Post {
  if (type === "interactive")
    return { body: formOf({ payload: JSON.stringify(payload) }), type: form };
  if (type === "slash_commands") return { body: formOf(payload), type: form };
  const again = retry !== undefined && retry.attempt > 0;
  const headers = again && {
    "x-slack-retry-num": String(retry.attempt),
    "x-slack-retry-reason": retry.reason,
  };
  return { body: JSON.stringify(payload), type: json, ...(headers && { headers }) };
}

const formOf = (fields: Record<string, unknown>): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

/** An acknowledgement may be empty, JSON, or words alone, which are then its text. */
function toPayload(answer: string): Record<string, unknown> {
  if (answer === "") return {};
  try {
    return jsonAnswer.parse(JSON.parse(answer));
  } catch {
    return { text: answer };
  }
}
