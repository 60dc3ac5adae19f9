import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { HttpListener } from "./bot/http-door.ts";
import { OpsError } from "./errors.ts";

/** What answers on the daemon's one port: Slack's requests if it dials in, and the API for all others. */
export type Doors = {
  api(request: Request): Response | Promise<Response>;
  slack: HttpListener | null;
};

export type Place = {
  /** Address of this machine to listen on, and the port; 0 takes a free one. */
  host: string;
  port: number;
  /** How long a request may take to arrive, in milliseconds; 10 s unless given. */
  patienceMs?: number;
};

export type RunningServer = { url: string; close(): Promise<void> };

/** Where the Slack app's request URLs point (infra/slack-manifest-http.yaml). */
const slackPath = "/slack/events";

/** Throws `not-configured` when the port cannot be had. */
export async function listen(doors: Doors, place: Place): Promise<RunningServer> {
  const { patienceMs = 10_000 } = place;
  const api = getRequestListener(doors.api);
  const bounds = {
    headersTimeout: patienceMs,
    requestTimeout: patienceMs,
    connectionsCheckingInterval: patienceMs / 10,
  };
  const server = createServer(bounds, (request, response) => {
    const isSlack = request.method === "POST" && request.url?.split("?", 1)[0] === slackPath;
    if (isSlack && doors.slack !== null) doors.slack(request, response);
    else void api(request, response);
  });
  await bind(server, place);
  return { url: urlOf(place.host, portOf(server)), close: () => closeServer(server) };
}

/** Throws as `listen` does, before something is begun that takes long. */
export async function requirePort(place: Place): Promise<void> {
  const server = createServer();
  await bind(server, place);
  await closeServer(server);
}

async function bind(server: Server, { host, port }: Place): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (cause) {
    throw new OpsError("not-configured", whyNot(cause, { host, port }), { cause });
  }
}

function whyNot(cause: unknown, { host, port }: Place): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  if (code === "EADDRINUSE") return `Port ${port} is taken; set PORT to another one.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine; set PATCHBAY_HOST to one, for example 0.0.0.0.`;
  return `The API cannot listen on port ${port}.`;
}

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

/** Where this machine finds what listens on `host`: a wildcard is no place to call. */
export function urlOf(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `http://127.0.0.1:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** A caller that keeps its connection must not keep the process. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
