import { bindUdp } from "./ports.ts";

/** RTP payload type of an MPEG transport stream (RFC 3551 §6, table 5). */
const mpegTransportStream = 33;

/** Datagrams with transport stream packets come in on `port` and leave as RTP to every port that was added. */
export type FanOut = {
  port: number;
  /** How many datagrams came in so far. */
  packets(): number;
  /** Starts sending to a loopback port; the answer ends it. */
  add(port: number): () => void;
  close(): void;
};

/** The 12 bytes in front of each RTP packet (RFC 3550 §5.1). */
export function rtpHeader(sequence: number, timestampMs: number): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(mpegTransportStream, 1);
  header.writeUInt16BE(sequence % 0x1_0000, 2);
  header.writeUInt32BE(Math.floor(timestampMs * 90) % 0x1_0000_0000, 4);
  header.writeUInt32BE(1, 8);
  return header;
}

/** Opens the fan-out on a free loopback port. */
export async function createFanOut(now: () => number): Promise<FanOut> {
  const socket = await bindUdp(0);
  const targets = new Set<number>();
  let packets = 0;
  // A receiver that is just ending refuses a packet or two; the stream goes on.
  socket.on("error", () => undefined);
  socket.on("message", (payload) => {
    packets += 1;
    const header = rtpHeader(packets, now());
    for (const port of targets) socket.send([header, payload], port, "127.0.0.1", () => undefined);
  });
  return {
    port: socket.address().port,
    packets: () => packets,
    add: (port) => {
      targets.add(port);
      return () => void targets.delete(port);
    },
    close: () => void socket.close(),
  };
}
