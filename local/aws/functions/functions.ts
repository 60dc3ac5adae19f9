import { createTimers } from "../../timers.ts";
import type { World } from "../../world.ts";
import type { Envelope } from "../events/bus.ts";
import { matches } from "../events/pattern.ts";
import type { Changes } from "../tables/changes.ts";
import { invoke } from "./invoke.ts";
import { createLater, type LaterTools, type Named } from "./later.ts";
import type { Registration } from "./registration.ts";
import { createStream } from "./stream.ts";

/** What nobody could be brought to do: the function, what called it, and the numbers of the records or the event. */
export type DeadLetter = { at: number; function: string; from: string; ids: string[] };

/** The functions that run on this machine, beside whatever else uses this AWS. */
export type Functions = {
  /** Registers a function, in place of the one of its name. */
  register(wanted: Registration): void;
  /** Takes an event that a function is to be called with; false when there is no such function. */
  invokeLater(name: string, event: unknown, named: Named): boolean;
  list(): { functions: Registration[]; deadLetters: DeadLetter[] };
  /** Forgets all functions and dead letters. */
  clear(): void;
  /** Resolves when no invocation is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

type Needs = {
  world: World;
  changes: Pick<Changes, "listen">;
  events: { onEvent(listener: (envelope: Envelope) => void): () => void };
};

/** Brings the functions what calls them: changes of tables, events of the bus, and the minute. */
export function createFunctions({ world, changes, events }: Needs): Functions {
  const timers = createTimers(world);
  const registered = new Map<string, Connected & { wanted: Registration }>();
  const deadLetters: DeadLetter[] = [];
  const underWay = new Set<Promise<unknown>>();
  const closing = new AbortController();

  const call = (url: string, event: unknown) => {
    const invocation = invoke(url, event, closing.signal);
    const over: Promise<unknown> = invocation
      .catch(() => undefined)
      .then(() => underWay.delete(over));
    underWay.add(over);
    return invocation;
  };
  const giveUp = (letter: Omit<DeadLetter, "at">) => {
    if (closing.signal.aborted) return;
    deadLetters.push({ at: world.now(), ...letter });
    world.log(`The function ${letter.function} was given up on (${letter.from})`);
  };
  const tools: Tools = { call, giveUp, timers, changes, events };

  const forget = (name: string) => {
    registered.get(name)?.forget();
    registered.delete(name);
  };
  const settled = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  return {
    register: (wanted) => {
      forget(wanted.name);
      registered.set(wanted.name, { wanted, ...connect(wanted, tools) });
    },
    invokeLater: (name, event, named) => {
      const found = registered.get(name);
      found?.later(event, named);
      return found !== undefined;
    },
    list: () => ({
      functions: [...registered.values()].map(({ wanted }) => wanted),
      deadLetters: [...deadLetters],
    }),
    clear: () => {
      for (const name of [...registered.keys()]) forget(name);
      deadLetters.splice(0);
    },
    settled,
    close: async () => {
      for (const name of [...registered.keys()]) forget(name);
      closing.abort();
      await settled();
      timers.close();
    },
  };
}

type Tools = Pick<Needs, "changes" | "events"> & LaterTools;

type Connected = { later: ReturnType<typeof createLater>; forget(): void };

/** Everything that calls one function, until it is forgotten. */
function connect(wanted: Registration, tools: Tools): Connected {
  const later = createLater(wanted, tools);
  const forgets = [
    ...wanted.streams.map((stream) => connectStream(wanted, stream, tools)),
    connectEvents(wanted, tools, later),
    wanted.everyMinute ? connectMinute(wanted, tools) : () => undefined,
  ];
  return {
    later,
    forget: () => {
      for (const forget of forgets) forget();
    },
  };
}

type Stream = Registration["streams"][number];

function connectStream(wanted: Registration, { table, filters }: Stream, tools: Tools) {
  const { name, url, attempts } = wanted;
  const { timers, changes, call, giveUp } = tools;
  const stream = createStream({
    name: `${name} at ${url} ${table}`,
    ...{ timers, attempts },
    invoke: (event) => call(url, event),
    giveUp: (records) => {
      const ids = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
      giveUp({ function: name, from: table, ids });
    },
  });
  return changes.listen(table, (record) => {
    if (filters.length === 0 || filters.some((each) => matches(each, record))) stream.push(record);
  });
}

const connectEvents = (wanted: Registration, { events }: Tools, later: Connected["later"]) =>
  events.onEvent((envelope) => {
    const { id, "detail-type": from } = envelope;
    if (wanted.events.some((each) => matches(each, envelope))) later(envelope, { id, from });
  });

/** The next minute is the retry of one that failed. */
function connectMinute({ name, url }: Registration, { timers, call }: Tools) {
  let isForgotten = false;
  const wait = () => timers.set(`${name} at ${url} minute`, 60_000, run);
  const run = () => {
    if (isForgotten) return;
    wait();
    call(url, { source: "aws.scheduler" }).catch(() => undefined);
  };
  wait();
  return () => {
    isForgotten = true;
  };
}
