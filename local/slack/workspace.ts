import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { Timers } from "../timers.ts";
import { type AppLink, createAppLink } from "./app-link.ts";
import { createFiles, type Files, type StoredFile } from "./files.ts";
import { createGrants, type Grants } from "./grants.ts";
import { createMessages, type Messages, type StoredMessage } from "./messages.ts";
import { conversation } from "./people.ts";
import { createSockets, type Sockets } from "./sockets.ts";
import type { SlackView } from "./views.ts";
import { createViews, type Views } from "./views.ts";

/** Everything that the local Slack's parts share: the stores, the connections to the app, and the clock. */
export type Workspace = {
  now(): number;
  /** Where the local world answers, for example http://127.0.0.1:4400. */
  origin(): string;
  messages: Messages;
  files: Files;
  views: Views;
  grants: Grants;
  sockets: Sockets;
  app: AppLink;
  /** Waits in the world's time, which may jump; for ever once the local Slack is closed. */
  sleep(ms: number): Promise<void>;
  /** The bot token's scopes. */
  scopes: readonly string[];
  /** Waits before an event is sent again. */
  retryMs: readonly number[];
  /** Ends when the local Slack is closed. */
  closing: AbortSignal;
  isOut(): boolean;
  outage(on: boolean): void;
  /** Says that what a person sees is different now. */
  changed(): void;
  onChange(listener: () => void): () => void;
  /** Hears of changes that should survive a restart. */
  onStored(listener: () => void): void;
  close(): Promise<void>;
};

export type WorkspaceOptions = {
  now: () => number;
  /** The machine's time: an app and Slack agree within real seconds, however the world's clock jumps. */
  machineNow: () => number;
  timers: Timers;
  origin: () => string;
  ackMs: number;
  pingMs: number;
  retryMs: readonly number[];
  scopes: readonly string[];
  saved: {
    lastTs: number;
    messages: readonly StoredMessage[];
    files: readonly StoredFile[];
    homes: Readonly<Record<string, SlackView>>;
  };
};

/** Puts the parts together; nothing is listening yet. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { now, machineNow, timers, origin, saved, retryMs, scopes, ackMs, pingMs } = options;
  const emitter = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  const changed = () => void emitter.emit("change");
  const stored = () => {
    emitter.emit("stored");
    changed();
  };
  const sockets = createSockets({ origin, ackMs, pingMs, changed });
  let out = false;
  const isOut = () => out;
  return {
    now,
    origin,
    messages: createMessages(saved, now, stored),
    files: createFiles(saved.files, { now, machineNow }, stored),
    views: createViews(saved.homes, now, stored),
    grants: createGrants({ now, machineNow }),
    sockets,
    app: createAppLink({ sockets, isOut, now, ackMs, changed }),
    sleep: (ms) => new Promise((resolve) => timers.set(randomUUID(), ms, resolve)),
    scopes,
    retryMs,
    closing: closing.signal,
    isOut,
    outage: (on) => {
      out = on;
      if (on) sockets.cut();
      changed();
    },
    changed,
    onChange: (listener) => {
      emitter.on("change", listener);
      return () => emitter.off("change", listener);
    },
    onStored: (listener) => void emitter.on("stored", listener),
    close: async () => {
      closing.abort();
      timers.close();
      await sockets.close();
      emitter.removeAllListeners();
    },
  };
}

/** Slack's own user id. */
const slackbot = "USLACKBOT";

/** Slack itself speaks to one person. */
export function tell(workspace: Workspace, person: string, text: string): StoredMessage {
  const line = { channel: conversation.id, author: slackbot, text, kind: "error" } as const;
  return workspace.messages.add({ ...line, to: person, via: "reply" });
}
