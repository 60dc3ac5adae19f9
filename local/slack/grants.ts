import { randomBytes } from "node:crypto";
import { SlackError } from "./slack-error.ts";

/** What a response_url stands for: the person and the place that it answers. */
export type ReplyTo = {
  person: string;
  channel: string;
  /** The message that an interaction came from; null for a slash command, which has none to replace. */
  messageTs: string | null;
};

export type Grants = {
  createTrigger(person: string): string;
  /** The person who may be shown a view now; each trigger works once, for three seconds. */
  useTrigger(id: string): string;
  createReply(to: ReplyTo): string;
  /** What the response_url answers; undefined when it is unknown, used up or too old. */
  useReply(id: string): ReplyTo | undefined;
};

const triggerMs = 3_000;
const replyMs = 30 * 60_000;
const replyUses = 5;
/** How long used and expired ones are remembered, to name the right error. */
const memoryMs = 60 * 60_000;

type Trigger = { person: string; at: number; used: boolean };
type Reply = { to: ReplyTo; at: number; uses: number };

function forget(grants: Map<string, { at: number }>, before: number): void {
  for (const [id, { at }] of grants) if (at < before) grants.delete(id);
}

type Times = { now: () => number; machineNow: () => number };

/**
 * Keeps the short-lived rights that Slack hands out with a payload: trigger_id and response_url. A trigger's seconds
 * are the machine's, because only programs meet in them.
 */
export function createGrants({ now, machineNow }: Times): Grants {
  const triggers = new Map<string, Trigger>();
  const replies = new Map<string, Reply>();
  return {
    createTrigger: (person) => {
      const id = `${Math.floor(machineNow())}.${triggers.size + 1}.${randomBytes(8).toString("hex")}`;
      forget(triggers, machineNow() - memoryMs);
      triggers.set(id, { person, at: machineNow(), used: false });
      return id;
    },
    useTrigger: (id) => {
      const trigger = triggers.get(id);
      if (!trigger) throw new SlackError("invalid_trigger_id");
      if (trigger.used) throw new SlackError("exchanged_trigger_id");
      if (machineNow() - trigger.at > triggerMs) throw new SlackError("expired_trigger_id");
      trigger.used = true;
      return trigger.person;
    },
    createReply: (to) => {
      const id = randomBytes(16).toString("hex");
      forget(replies, now() - memoryMs);
      replies.set(id, { to, at: now(), uses: 0 });
      return id;
    },
    useReply: (id) => {
      const reply = replies.get(id);
      if (!reply || reply.uses >= replyUses || now() - reply.at > replyMs) return undefined;
      reply.uses += 1;
      return reply.to;
    },
  };
}
