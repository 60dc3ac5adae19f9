import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server } from "node:net";

const loopback = "127.0.0.1";

/** Binds a UDP socket to the loopback port; 0 takes any free one. */
export async function bindUdp(port: number): Promise<Socket> {
  const socket = createSocket("udp4");
  try {
    socket.bind(port, loopback);
    await once(socket, "listening");
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** Listens on the loopback TCP port; 0 takes any free one. */
export async function listenTcp(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
  server.listen(port, loopback);
  await once(server, "listening");
  const address = server.address();
  return { server, port: typeof address === "object" && address ? address.port : port };
}

/** The number of a UDP port that another program can bind now; fails when `port` itself is taken. */
export async function freeUdpPort(port = 0): Promise<number> {
  const socket = await bindUdp(port);
  const free = socket.address().port;
  socket.close();
  await once(socket, "close");
  return free;
}

/** A free port whose next one is free too: RTP uses the second for its reports (RFC 3550 §11). */
export async function freeRtpPort(): Promise<number> {
  for (;;) {
    const port = await freeUdpPort();
    const next = await freeUdpPort(port + 1).catch(() => null);
    if (next !== null) return port;
  }
}

/** Turns "address in use" into the one sentence a person needs. */
export function portError(error: unknown, what: string, variable: string): Error {
  const reason =
    error instanceof Error && "code" in error && error.code === "EADDRINUSE"
      ? "is in use"
      : "cannot be opened";
  return new Error(`${what} ${reason}: end the other program or set ${variable}.`, {
    cause: error,
  });
}
