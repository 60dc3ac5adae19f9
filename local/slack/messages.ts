import { z } from "zod";

/** One line of a conversation as the local Slack keeps it. */
export const storedMessage = z.object({
  ts: z.string(),
  channel: z.string(),
  /** User id of a person, or of the bot; the line of `kind` error belongs to Slack itself. */
  author: z.string(),
  kind: z.enum(["message", "command", "error"]),
  text: z.string(),
  blocks: z.array(z.record(z.string(), z.unknown())),
  /** Ids of the files that it shares. */
  files: z.array(z.string()).default([]),
  threadTs: z.string().nullable(),
  /** A reply that is also shown outside of its thread. */
  broadcast: z.boolean(),
  /** Set on ephemeral messages: the only person who sees it. */
  to: z.string().nullable(),
  editedTs: z.string().nullable(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .nullable(),
  /** `reply` came through an acknowledgement or a response_url, which `chat.update` cannot change (bolt-js#2063). */
  via: z.enum(["post", "reply"]),
});

export type StoredMessage = z.infer<typeof storedMessage>;

/** What a new message needs at least; the rest has defaults. */
export type Draft = Pick<StoredMessage, "channel" | "author" | "text"> & Partial<StoredMessage>;

export type Messages = {
  all(): readonly StoredMessage[];
  find(channel: string, ts: string): StoredMessage | undefined;
  add(draft: Draft): StoredMessage;
  change(message: StoredMessage, changes: Partial<StoredMessage>): StoredMessage;
  remove(message: StoredMessage): void;
  /** A timestamp that no message, event or action has had before. */
  nextTs(): string;
  /** Microseconds of the newest timestamp given out. */
  lastTs(): number;
};

const maxKept = 500;

/** Epoch milliseconds of a Slack timestamp. */
export function millisOf(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}

function formatTs(micros: number): string {
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, "0")}`;
}

/** Holds the lines of all conversations, oldest first, at most 500. */
export function createMessages(
  saved: { messages: readonly StoredMessage[]; lastTs: number },
  now: () => number,
  changed: () => void,
): Messages {
  let kept = [...saved.messages];
  let last = saved.lastTs;
  const nextTs = () => {
    last = Math.max(Math.floor(now()) * 1000, last + 1);
    return formatTs(last);
  };
  const replaceAll = (messages: StoredMessage[]) => {
    kept = messages;
    changed();
  };
  return {
    all: () => kept,
    find: (channel, ts) => kept.find((one) => one.channel === channel && one.ts === ts),
    add: (draft) => {
      const message: StoredMessage = { ...blank, ...draft, ts: nextTs() };
      replaceAll([...kept, message].slice(-maxKept));
      return message;
    },
    change: (message, changes) => {
      const changedMessage = { ...message, ...changes };
      replaceAll(kept.map((one) => (one.ts === message.ts ? changedMessage : one)));
      return changedMessage;
    },
    remove: (message) => replaceAll(kept.filter((one) => one.ts !== message.ts)),
    nextTs,
    lastTs: () => last,
  };
}

const blank = {
  kind: "message",
  blocks: [],
  files: [],
  threadTs: null,
  broadcast: false,
  to: null,
  editedTs: null,
  metadata: null,
  via: "post",
} satisfies Partial<StoredMessage>;
