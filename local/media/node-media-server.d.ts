// The parts of node-media-server 4.4.3 that the receiver uses; the package ships no types.

declare module "node-media-server/src/core/context.js" {
  import type { EventEmitter } from "node:events";

  type Session = { streamPath: string; broadcast: Broadcast; close(): void };
  type Broadcast = {
    publishGraceMs: number;
    subscribers: Map<string, Session>;
    getPublishStatus(): "publishing" | "reconnecting" | "idle";
  };
  const context: {
    broadcasts: Map<string, Broadcast>;
    eventEmitter: EventEmitter<{ postPublish: [Session]; donePublish: [Session] }>;
  };
  export = context;
}

declare module "node-media-server/src/core/logger.js" {
  const logger: { log: (message: string, level?: string) => void };
  export = logger;
}

declare module "node-media-server/src/server/rtmp_server.js" {
  import type { Socket } from "node:net";

  class NodeRtmpServer {
    handleRequest(socket: Socket): void;
    /** Destroys all connections. */
    stop(): void;
  }
  export = NodeRtmpServer;
}
