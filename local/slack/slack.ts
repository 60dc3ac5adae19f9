import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { createSaver, loadSaved } from "../saved.ts";
import { createTimers } from "../timers.ts";
import type { World } from "../world.ts";
import { consoleRoutes } from "./console.ts";
import type { ConsoleWorld } from "./console-api.ts";
import { fileRoutes } from "./file-routes.ts";
import { pageRoutes } from "./page.ts";
import { scopes } from "./people.ts";
import { rehearsalRoutes } from "./rehearsal.ts";
import { emptySnapshot, parseSnapshot, toSnapshot } from "./snapshot.ts";
import type { DisconnectReason } from "./sockets.ts";
import { webApiRoutes } from "./web-api/routes.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

export type SlackOptions = {
  world: World;
  /** Folder of `slack.json`; null keeps everything in memory. */
  home: string | null;
  /** The machine's time, for what stays real while the world's clock jumps. */
  now: () => number;
  /** Where the local world answers, for example http://127.0.0.1:4400. */
  origin: () => string;
  worldView: () => ConsoleWorld;
  timing?: Partial<SlackTiming>;
  /** The bot token's scopes; those of the app's manifest unless set. */
  scopes?: readonly string[];
};

export type SlackTiming = {
  /** How long Slack waits for an acknowledgement. */
  ackMs: number;
  pingMs: number;
  /** Waits before an event that was not acknowledged is sent again. */
  retryMs: readonly number[];
};

export type LocalSlack = {
  fetch(request: Request): Response | Promise<Response>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** While on, the Web API answers 503 and no connection holds; the console goes on. */
  outage(on: boolean): void;
  disconnect(reason: DisconnectReason): void;
  close(): Promise<void>;
};

const slackTiming: SlackTiming = {
  ackMs: 3_000,
  pingMs: 10_000,
  retryMs: [0, 60_000, 300_000],
};

const maxBodyBytes = 1_000_000;

/** A workspace with one conversation, four people and one app, that speaks Slack's protocols on loopback. */
export async function createLocalSlack(options: SlackOptions): Promise<LocalSlack> {
  const file = options.home === null ? null : join(options.home, "slack.json");
  const saved = file === null ? null : await loadSaved(file, parseSnapshot);
  const workspace = createWorkspace({
    ...options,
    now: options.world.now,
    machineNow: options.now,
    timers: createTimers(options.world),
    ...slackTiming,
    ...options.timing,
    scopes: options.scopes ?? scopes,
    saved: saved ?? emptySnapshot,
  });
  const saver = file === null ? null : createSaver(file, () => toSnapshot(workspace));
  if (saver) workspace.onStored(() => saver.saveSoon());
  const unwatch = options.world.onChange(workspace.changed);
  const routes = slackRoutes(workspace, options);
  return {
    fetch: (request) => routes.fetch(countable(request)),
    upgrade: workspace.sockets.upgrade,
    outage: workspace.outage,
    disconnect: workspace.sockets.disconnect,
    close: async () => {
      unwatch();
      await workspace.close();
      if (saver) await saver.close();
    },
  };
}

/** Hono's body limit copies a request of unknown length, which it can do with the platform's own kind only. */
function countable(request: Request): Request {
  if (!request.headers.has("transfer-encoding")) return request;
  const { method, headers, body, signal } = request;
  return new Request(request.url, { method, headers, body, signal, duplex: "half" });
}

function slackRoutes(workspace: Workspace, { world, worldView }: SlackOptions): Hono {
  return new Hono()
    .route("/", fileRoutes(workspace))
    .use(bodyLimit({ maxSize: maxBodyBytes }))
    .route("/console", consoleRoutes(workspace, worldView))
    .route("/world/slack", rehearsalRoutes(workspace))
    .route("/", webApiRoutes(workspace))
    .route("/", pageRoutes())
    .onError((error, context) => {
      if (error instanceof HTTPException) return error.getResponse();
      world.log(`The local Slack failed at ${context.req.path}: ${error.message}`);
      return context.json({ ok: false, error: "internal_error" }, 500);
    });
}
