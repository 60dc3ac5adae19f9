import { createTimers, type Timers } from "../../timers.ts";
import type { World } from "../../world.ts";
import type { Envelope } from "../events/bus.ts";
import { matches } from "../events/pattern.ts";
import type { Changes } from "../tables/changes.ts";
import { backOffMs } from "./back-off.ts";
import { invoke } from "./invoke.ts";
import type { Registration } from "./registration.ts";
import { createStream } from "./stream.ts";

/** What nobody could be brought to do: the function, what called it, and the numbers of the records or the event. */
export type DeadLetter = { at: number; function: string; from: string; ids: string[] };

/** The functions that run on this machine, beside whatever else uses this AWS. */
export type Functions = {
  /** Registers a function, in place of the one of its name. */
  register(wanted: Registration): void;
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
  const registered = new Map<string, { wanted: Registration; forget(): void }>();
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
      registered.set(wanted.name, { wanted, forget: connect(wanted, tools) });
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

type Tools = Pick<Needs, "changes" | "events"> & {
  timers: Timers;
  call(url: string, event: unknown): Promise<unknown>;
  giveUp(letter: Omit<DeadLetter, "at">): void;
};

/** Everything that calls one function; the answer ends it. */
function connect(wanted: Registration, tools: Tools): () => void {
  const forgets = [
    ...wanted.streams.map((stream) => connectStream(wanted, stream, tools)),
    connectEvents(wanted, tools),
    wanted.everyMinute ? connectMinute(wanted, tools) : () => undefined,
  ];
  return () => {
    for (const forget of forgets) forget();
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

function connectEvents(wanted: Registration, tools: Tools) {
  const { name, url, attempts } = wanted;
  const { timers, events, call, giveUp } = tools;
  let letters = 0;
  const attempt = async (envelope: Envelope, letter: string, failures = 0): Promise<void> => {
    try {
      await call(url, envelope);
    } catch {
      const failed = failures + 1;
      if (failed >= attempts)
        return giveUp({ function: name, from: envelope["detail-type"], ids: [envelope.id] });
      timers.set(letter, backOffMs(failed), () => void attempt(envelope, letter, failed));
    }
  };
  return events.onEvent((envelope) => {
    letters += 1;
    if (wanted.events.some((each) => matches(each, envelope)))
      void attempt(envelope, `${name} at ${url} event ${letters}`);
  });
}

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
