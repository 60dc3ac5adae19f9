import { z } from "zod";
import { type StoredFile, storedFile } from "./files.ts";
import { type StoredMessage, storedMessage } from "./messages.ts";
import { type SlackView, slackView } from "./views.ts";
import type { Workspace } from "./workspace.ts";

const snapshot = z.object({
  version: z.literal(1),
  lastTs: z.number(),
  messages: z.array(storedMessage),
  files: z.array(storedFile).default([]),
  homes: z.record(z.string(), slackView),
});

/** What survives a restart of the local Slack. */
export type Snapshot = {
  version: 1;
  lastTs: number;
  messages: readonly StoredMessage[];
  files: readonly StoredFile[];
  homes: Readonly<Record<string, SlackView>>;
};

export const emptySnapshot: Snapshot = {
  version: 1,
  lastTs: 0,
  messages: [],
  files: [],
  homes: {},
};

/** What has to be saved of a workspace now. */
export function toSnapshot({ messages, files, views }: Workspace): Snapshot {
  return {
    version: 1,
    lastTs: messages.lastTs(),
    messages: messages.all(),
    files: files.all(),
    homes: views.homes(),
  };
}

/** Reads a saved snapshot; null when it is not one. */
export function parseSnapshot(value: unknown): Snapshot | null {
  return snapshot.safeParse(value).data ?? null;
}
