import type { ChannelReading } from "../../src/domain/channel.ts";
import type { Ports } from "../../src/manager/ports.ts";
import type { Fate, Faults } from "./faults.ts";
import type { SimProcess } from "./process.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";
import type { SimWorld } from "./world.ts";

/** Told of each call of a process, right before its effect, and of each answer that it gets. */
export type Listener = {
  sent?(process: SimProcess, call: Call): void;
  answered?(process: SimProcess, call: Call, answer: unknown): void;
  /** A call meets its fate, before anything comes of it. */
  met?(process: SimProcess, call: Call, fate: Fate): void;
};
export type Call = { name: string; args: readonly unknown[] };

export type WayParts = {
  world: SimWorld;
  timeline: Timeline;
  faults: Faults;
  trace: Trace;
  listener: Listener;
  /** A process has died at one of its calls. */
  onDeath(process: SimProcess): void;
};

type OutsidePorts = Omit<
  Ports,
  "clock" | "ids" | "log" | "notifier" | "crew" | "bill" | "prices" | "unreadable"
>;

export const portNames = [
  "channels",
  "flows",
  "streamKeys",
  "bindings",
  "destinations",
  "sessions",
  "broadcasts",
  "siteMemory",
  "deliveries",
  "deadlines",
  "spans",
  "announcements",
  "audit",
  "notes",
] as const satisfies readonly (keyof OutsidePorts)[];

/** The outside ports as one process sees them: each call goes its way to the world and back, with what may happen on it. */
export function portsOf(process: SimProcess, ports: OutsidePorts, parts: WayParts): OutsidePorts {
  const wrapped = portNames.map((port) => [port, wrap(port, ports[port], { process, ...parts })]);
  return Object.fromEntries(wrapped) as OutsidePorts;
}

type Way = WayParts & { process: SimProcess };
type Method = (...args: unknown[]) => Promise<unknown>;

function wrap(port: string, target: object, way: Way): object {
  const entries = Object.entries(target).flatMap(([method, act]) =>
    typeof act === "function"
      ? [[method, wrapMethod(port, method, { act: act as Method, way })]]
      : [],
  );
  return Object.fromEntries(entries);
}

function wrapMethod(port: string, method: string, { act, way }: { act: Method; way: Way }): Method {
  const name = `${port}.${method}`;
  const { process, faults, trace, timeline, listener } = way;

  const effect = (call: Call): Promise<unknown> => {
    trace.add(timeline.now(), name, process.id);
    listener.sent?.(process, call);
    return act(...call.args);
  };
  const go = (call: Call): Promise<unknown> =>
    effect(call).then((answer) => {
      listener.answered?.(process, call, answer);
      return answer;
    });
  return (...args) => {
    if (!process.isAlive()) return never();
    if (process.isPaused()) return later(process, () => go({ name, args }));
    const fate = faults.fateOf(port, method);
    return fate === null ? go({ name, args }) : suffer({ name, args }, fate, { way, effect });
  };
}

const never = () => new Promise<never>(() => undefined);

/** Goes on when the process does; never, if it has died by then. */
const later = <T>(process: SimProcess, go: () => Promise<T>, ms = 0): Promise<T> =>
  new Promise((resolve, reject) => process.after(ms, () => void go().then(resolve, reject)));

type Suffering = { way: Way; effect(call: Call): Promise<unknown> };

/** A call with its fate: what is on its way arrives also when the one who sent it has died. */
async function suffer(call: Call, fate: Fate, { way, effect }: Suffering): Promise<unknown> {
  const { process, timeline, trace, listener, world } = way;
  trace.add(timeline.now(), fate.kind, `${call.name} ${process.id}`);
  listener.met?.(process, call, fate);
  if (fate.process === "dies-before") return die(way);
  if (fate.process === "pauses") process.pauseFor(fate.afterMs);
  if (fate.beforeMs > 0) await new Promise<void>((go) => timeline.after(fate.beforeMs, go));
  const arrived = fate.effect ? effect(call) : Promise.resolve(undefined);
  const outcome = await arrived.then(
    (answer) => ({ answer, error: fate.error }),
    (error: unknown) => ({ answer: undefined, error }),
  );
  if (fate.process === "dies-after") return die(way);
  if (fate.process === null || fate.afterMs > 0)
    await later(process, () => Promise.resolve(), fate.process === "pauses" ? 0 : fate.afterMs);
  if (!process.isAlive()) return never();
  if (outcome.error !== null) throw outcome.error;
  const answer = fate.ageMs > 0 ? aged(outcome.answer, fate.ageMs, world) : outcome.answer;
  listener.answered?.(process, call, answer);
  return answer;
}

function die({ process, onDeath }: Way): Promise<never> {
  if (process.isAlive()) {
    process.die();
    onDeath(process);
  }
  return never();
}

/** The same answer as it would have been so long ago. */
function aged(answer: unknown, ageMs: number, { history }: SimWorld): unknown {
  if (Array.isArray(answer))
    return answer.map((each) => (isReading(each) ? history.earlier(each, ageMs) : each));
  return isReading(answer) ? history.earlier(answer, ageMs) : answer;
}

const isReading = (value: unknown): value is ChannelReading =>
  typeof value === "object" && value !== null && "channelId" in value && "state" in value;
