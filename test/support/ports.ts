import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { onTestFinished } from "vitest";

/** A port that somebody else has until the test ends, or until `free` gives it up. */
export async function aTakenPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const free = async () => {
    server.close();
    await once(server, "close");
  };
  return { port, free };
}

/** The same for UDP. */
export async function aTakenUdpPort() {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  return { port: socket.address().port };
}
