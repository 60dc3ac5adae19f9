import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Envelope, Outcome } from "./envelope.ts";
import { bot } from "./people.ts";

export type DisconnectReason =
  | "warning"
  | "refresh_requested"
  | "link_disabled"
  | "too_many_websockets";

export type Sockets = {
  /** A one-time address for `apps.connections.open`. */
  open(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connected(): boolean;
  /** Sends to one connection, in turn, and waits for its acknowledgement. */
  send(envelope: Envelope): Promise<Outcome>;
  disconnect(reason: DisconnectReason): void;
  /** Cuts every connection without a word. */
  cut(): void;
  close(): Promise<void>;
};

export type SocketOptions = {
  origin: () => string;
  /** Slack waits three seconds for an acknowledgement. */
  ackMs: number;
  pingMs: number;
  changed: () => void;
};

/** Slack's own limit of connections for one app. */
const maxConnections = 10;

const farewellMs = 500;

const acknowledgement = z.looseObject({
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()).default({}),
});

function toAcknowledgement(data: unknown): z.infer<typeof acknowledgement> | undefined {
  try {
    return acknowledgement.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}

function hello(connections: number): string {
  return JSON.stringify({
    type: "hello",
    num_connections: connections,
    connection_info: { app_id: bot.appId },
    debug_info: { host: "local", build_number: 1, approximate_connection_time: 18_060 },
  });
}

function toFrame(id: string, { retry, ...envelope }: Envelope): string {
  return JSON.stringify({
    envelope_id: id,
    type: envelope.type,
    payload: envelope.payload,
    accepts_response_payload: envelope.acceptsResponse,
    ...(envelope.type === "events_api" && {
      retry_attempt: retry?.attempt ?? 0,
      retry_reason: retry?.reason ?? "",
    }),
  });
}

/** Closes politely; a connection that does not answer is cut. */
async function farewell(socket: WebSocket): Promise<void> {
  const cut = setTimeout(() => socket.terminate(), farewellMs);
  socket.close(1001);
  await once(socket, "close");
  clearTimeout(cut);
}

/** Keeps the Socket Mode connections of the app (wire protocol read in @slack/socket-mode 3.1.0). */
export function createSockets(options: SocketOptions): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  const tickets = new Set<string>();
  const ready = new Set<WebSocket>();
  const waiting = new Map<string, (outcome: Outcome) => void>();
  let turn = 0;

  const leave = (socket: WebSocket) => {
    if (ready.delete(socket)) options.changed();
  };
  const say = (socket: WebSocket, reason: DisconnectReason) => {
    leave(socket);
    socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "local" } }));
  };
  const welcome = (socket: WebSocket) => {
    socket.on("error", () => socket.terminate());
    socket.on("close", () => leave(socket));
    socket.on("message", (data) => {
      const ack = toAcknowledgement(data);
      if (ack) waiting.get(ack.envelope_id)?.({ kind: "acked", payload: ack.payload });
    });
    if (ready.size >= maxConnections) return say(socket, "too_many_websockets");
    ready.add(socket);
    socket.send(hello(ready.size));
    options.changed();
  };
  const pings = setInterval(() => {
    for (const socket of server.clients) socket.ping("local");
  }, options.pingMs);
  pings.unref();

  return {
    open: () => {
      const ticket = randomBytes(16).toString("hex");
      tickets.add(ticket);
      const base = options.origin().replace(/^http/, "ws");
      return `${base}/link/?ticket=${ticket}&app_id=${bot.appId}`;
    },
    upgrade: (request, socket, head) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://local");
      const known = pathname === "/link/" && tickets.delete(searchParams.get("ticket") ?? "");
      if (known) return server.handleUpgrade(request, socket, head, welcome);
      socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    },
    connected: () => ready.size > 0,
    send: async (envelope) => {
      const socket = [...ready][turn++ % ready.size];
      if (!socket) return { kind: "unreachable", reason: "connection_failed" };
      const id = randomUUID();
      const clock = setTimeout(
        () => waiting.get(id)?.({ kind: "timeout", reason: "timeout" }),
        options.ackMs,
      );
      const outcome = new Promise<Outcome>((resolve) => waiting.set(id, resolve));
      socket.send(toFrame(id, envelope));
      return outcome.finally(() => {
        clearTimeout(clock);
        waiting.delete(id);
      });
    },
    disconnect: (reason) => {
      for (const socket of [...ready]) say(socket, reason);
    },
    cut: () => {
      tickets.clear();
      for (const socket of server.clients) socket.terminate();
    },
    close: async () => {
      clearInterval(pings);
      for (const answer of waiting.values()) answer({ kind: "timeout", reason: "timeout" });
      await Promise.all([...server.clients].map(farewell));
      server.close();
    },
  };
}
