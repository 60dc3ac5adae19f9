import { randomUUID } from "node:crypto";
import type { EventFaultKind, Faults } from "../faults.ts";
import type { Site } from "../service.ts";
import { eventQueue } from "../sqs/queues.ts";
import { look, type Occurrence, occurrencesBetween } from "./occurrences.ts";
import { queuesFor } from "./rules.ts";

/** An event as EventBridge delivers it (EventBridge user guide, event structure). */
export type Envelope = {
  version: "0";
  id: string;
  "detail-type": string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
};

export type EventBus = {
  /** The newest last, at most 100: what happened, also when a fault kept it from the queue. */
  recent(): Envelope[];
  /** Hears of what is delivered, as often as it is; the answer ends it. */
  onEvent(listener: (envelope: Envelope) => void): () => void;
  close(): void;
};

/** Tells each change of the world as AWS would: to the queue of events, and by the rules of stacks to theirs. */
export function createEventBus(site: Site, faults: Faults): EventBus {
  const { world, queues } = site;
  const recent: Envelope[] = [];
  const delayed: Envelope[] = [];
  const listeners = new Set<(envelope: Envelope) => void>();
  let before = look(world.data);

  const deliver = (envelopes: Envelope[]) => {
    const first = queues.get(eventQueue);
    for (const envelope of envelopes) {
      const targets = [...(first === undefined ? [] : [first]), ...queuesFor(site, envelope)];
      for (const queue of targets) queues.send(queue, { body: JSON.stringify(envelope) });
      for (const listener of listeners) listener(envelope);
    }
  };

  const publish = (envelope: Envelope) => {
    recent.push(envelope);
    if (recent.length > 100) recent.shift();
    const kind = faults.takeEvent(envelope["detail-type"]);
    if (kind === "delayed") return void delayed.push(envelope);
    deliver([...copies[kind ?? "delivered"](envelope), ...delayed.splice(0)]);
  };

  const forgetChanges = world.onChange(() => {
    const after = look(world.data);
    const occurrences = occurrencesBetween(before, after);
    before = after;
    for (const occurrence of occurrences) publish(toEnvelope(site, occurrence));
  });
  const forgetFaults = faults.onClear(() => deliver(delayed.splice(0)));

  return {
    recent: () => recent.map((envelope) => ({ ...envelope })),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      forgetChanges();
      forgetFaults();
    },
  };
}

type Fate = Exclude<EventFaultKind, "delayed"> | "delivered";

const copies: Record<Fate, (envelope: Envelope) => Envelope[]> = {
  delivered: (envelope) => [envelope],
  lost: () => [],
  doubled: (envelope) => [envelope, envelope],
};

function toEnvelope({ world, region }: Site, occurrence: Occurrence): Envelope {
  const { detailType, resources, detail } = occurrence;
  const service = detailType.split(" ")[0]?.toLowerCase();
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": detailType,
    source: `aws.${service}`,
    account: "000000000000",
    time: `${new Date(world.now()).toISOString().slice(0, 19)}Z`,
    region,
    resources,
    detail,
  };
}
