import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { atMost } from "../../timers.ts";
import type { World } from "../../world.ts";

/** The queues that are there from the start: the rule of events sends to the first, schedules that fail to the second. */
export const eventQueue = "patchbay-events";
export const deadLetterQueue = "patchbay-dead-letters";

export type MessageAttribute = { DataType: string; StringValue: string };

export type Message = {
  id: string;
  body: string;
  attributes: Record<string, MessageAttribute>;
  sentAt: number;
  /** Epoch milliseconds from which a receiver gets it. */
  visibleAt: number;
  receives: number;
};

export type Queue = {
  name: string;
  createdAt: number;
  /** How long a received message stays hidden, in milliseconds. */
  hiddenMs: number;
  messages: Message[];
};

type Sent = Pick<Message, "body"> & Partial<Pick<Message, "attributes">> & { delayMs?: number };
type Wanted = { most: number; hiddenMs: number; waitMs: number; gone: AbortSignal };

/** The queues of the local world; what is in them lives in memory only and is gone after a restart. */
export type Queues = {
  create(name: string, hiddenMs: number): Queue;
  get(name: string): Queue | undefined;
  remove(name: string): void;
  send(queue: Queue, message: Sent): Message;
  /** Waits up to `waitMs` for a first message; answers none when that time is over or nobody waits any more. */
  receive(queue: Queue, wanted: Wanted): Promise<Message[]>;
};

/** SQS hides a received message for 30 s unless told otherwise (SQS API reference, CreateQueue). */
export const standardHiddenMs = 30_000;

export function createQueues(world: World): Queues {
  const queues = new Map<string, Queue>();
  const arrivals = new EventEmitter();
  arrivals.setMaxListeners(0);

  const create = (name: string, hiddenMs: number): Queue => {
    const queue = { name, createdAt: world.now(), hiddenMs, messages: [] };
    queues.set(name, queue);
    return queue;
  };
  for (const name of [eventQueue, deadLetterQueue]) create(name, standardHiddenMs);

  const take = (queue: Queue, { most, hiddenMs }: Wanted): Message[] => {
    const now = world.now();
    const taken = queue.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
    for (const message of taken) {
      message.visibleAt = now + hiddenMs;
      message.receives += 1;
    }
    return taken;
  };

  return {
    create,
    get: (name) => queues.get(name),
    remove: (name) => void queues.delete(name),
    send: (queue, { body, attributes = {}, delayMs = 0 }) => {
      const sentAt = world.now();
      const visibleAt = sentAt + delayMs;
      const message = { id: randomUUID(), body, attributes, sentAt, visibleAt, receives: 0 };
      queue.messages.push(message);
      arrivals.emit("message");
      return message;
    },
    receive: async (queue, wanted) => {
      const over = atMost(wanted.waitMs, wanted.gone);
      let taken = take(queue, wanted);
      while (taken.length === 0 && wanted.waitMs > 0 && !over.signal.aborted) {
        // Looks again each second as well: a message can become visible without a new one coming.
        const look = atMost(1000, over.signal);
        await once(arrivals, "message", { signal: look.signal }).catch(() => undefined);
        look.end();
        if (!wanted.gone.aborted) taken = take(queue, wanted);
      }
      over.end();
      return taken;
    },
  };
}
