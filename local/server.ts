import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";

/** The parts of the local world that share one port. */
export type Doors = {
  aws: { fetch(request: Request, cut: () => void): Promise<Response> };
  slack: {
    fetch(request: Request): Response | Promise<Response>;
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  };
  control: { fetch(request: Request): Response | Promise<Response> };
  hls: { fetch(request: Request): Response | Promise<Response> };
};

export type WorldServer = {
  port: number;
  url: string;
  /** Lets requests in; before and after they are answered with 503. */
  open(doors: Doors): void;
  /** Lets no more in, so that nothing is promised that a part which is closing cannot keep. */
  shut(): Promise<void>;
  close(): Promise<void>;
};

/** Takes the port, on loopback only; 0 takes a free one. Rejects with one sentence when it is taken. */
export async function listen(port: number): Promise<WorldServer> {
  let doors: Doors | null = null;
  const answer = getRequestListener(
    (request, { incoming }) => {
      if (doors === null) return new Response("The local world is not open.", { status: 503 });
      return route(doors, request, () => incoming.socket.destroy());
    },
    { overrideGlobalObjects: false },
  );
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (doors === null) socket.destroy();
    else doors.slack.upgrade(request, socket, head);
  });
  const taken = await bind(server, port);
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    open: (opened) => {
      doors = opened;
    },
    shut: () => {
      doors = null;
      return Promise.resolve();
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function bind(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    const what = code === "EADDRINUSE" ? "is taken" : `cannot be opened (${code})`;
    throw new Error(`Port ${port} ${what}; set LOCAL_PORT to another one.`, { cause: error });
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Signed requests are AWS's, whatever their path; an unsigned one on an AWS path is refused by AWS itself. */
function route(doors: Doors, request: Request, cut: () => void) {
  const { pathname } = new URL(request.url);
  const signed = request.headers.get("authorization")?.startsWith("AWS4-") ?? false;
  if (signed || isAwsPath(pathname, request.method)) return doors.aws.fetch(request, cut);
  if (pathname.startsWith("/hls/")) return doors.hls.fetch(request);
  if (pathname.startsWith("/world/") && !pathname.startsWith("/world/slack/")) {
    return doors.control.fetch(request);
  }
  return doors.slack.fetch(request);
}

const isAwsPath = (pathname: string, method: string) =>
  /^\/(prod|v1|tags|schedules|schedule-groups)(\/|$)/.test(pathname) ||
  (pathname === "/" && method === "POST");
