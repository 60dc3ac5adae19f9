import { once } from "node:events";
import context from "node-media-server/src/core/context.js";
import logger from "node-media-server/src/core/logger.js";
import NodeRtmpServer from "node-media-server/src/server/rtmp_server.js";
import { listenTcp, portError } from "./ports.ts";

/** Where the platforms' ingest servers would be: takes any number of streams and plays each to whoever asks. */
export type RtmpReceiver = {
  port: number;
  /** Whether a stream is arriving under `/<app>/<name>`. */
  isPublishing(path: string): boolean;
  close(): Promise<void>;
};

// Its log lines name the streams, and a person may push one with a real key.
logger.log = () => undefined;

// By default a stream stays open for 30 s after its publisher left. A stopped stream ends here, and so do its viewers.
context.eventEmitter.on("postPublish", (session) => {
  session.broadcast.publishGraceMs = 0;
});
context.eventEmitter.on("donePublish", (session) => {
  for (const viewer of session.broadcast.subscribers.values()) viewer.close();
});

/**
 * Listens on 127.0.0.1 only. The package's own listener ends the whole process when its port is taken and its full
 * server writes files, so only its handling of connections is used, on a listener of ours.
 */
export async function createRtmpReceiver(port: number): Promise<RtmpReceiver> {
  const listener = await listenTcp(port).catch((error: unknown) => {
    throw portError(error, `TCP port ${port} of the local RTMP receiver`, "LOCAL_RTMP_PORT");
  });
  const rtmp = new NodeRtmpServer();
  listener.server.on("connection", (socket) => rtmp.handleRequest(socket));
  return {
    port: listener.port,
    isPublishing: (path) => context.broadcasts.get(path)?.getPublishStatus() === "publishing",
    close: async () => {
      const closed = once(listener.server, "close");
      listener.server.close();
      rtmp.stop();
      await closed;
    },
  };
}
