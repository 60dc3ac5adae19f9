import type { IncomingMessage, ServerResponse } from "node:http";
import type { Secret } from "../domain/secret.ts";
import type { Clock, Log } from "../manager/ports.ts";
import { longestBody, verifySlack } from "./verify-slack.ts";

/** Answers one request of Node's HTTP server, whose body nobody has read; it never throws. */
export type HttpListener = (request: IncomingMessage, response: ServerResponse) => void;

type Needs = {
  signingSecret: Secret;
  clock: Pick<Clock, "now">;
  log: Log;
  /** Takes a request as Bolt's HTTPReceiver expects it: its body in `rawBody`, its media type bare. */
  onAccepted(request: IncomingMessage, response: ServerResponse, key: string): void;
};

/** Lets through what Slack has signed; everything else is answered here, before anything is parsed. */
export function verifiedOnly({ signingSecret, clock, log, onAccepted }: Needs): HttpListener {
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) return refuse(response, 413);
    const { headers } = request;
    const verdict = verifySlack({ headers, body }, signingSecret, clock.now());
    if (!verdict.accepted) return refuse(response, verdict.status);
    headers["content-type"] = verdict.mediaType;
    onAccepted(Object.assign(request, { rawBody: verdict.body }), response, verdict.key);
  }

  return (request, response) => {
    receive(request, response).catch((error: unknown) => {
      if (request.errored === null)
        log.error("request-failed", { name: error instanceof Error ? error.name : "unknown" });
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
    });
  };
}

/** The connection of a body that was not read to its end cannot be used again. */
function refuse(response: ServerResponse, status: number): void {
  const headers = status === 413 ? { connection: "close" } : {};
  response.writeHead(status, headers).end();
}

/** Null for a body that is too long, of which no more than that is read. Rejects when the sender breaks off. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > longestBody) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestBody) {
        request.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks, length)));
    request.on("error", reject);
  });
}
