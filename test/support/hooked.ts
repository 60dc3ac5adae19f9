import type { Ports } from "../../src/manager/ports.ts";

/** Called before and after each call of an outside port (`channels.start`); it may throw, or wait. */
export type Wrap = (name: string, moment: "before" | "after") => void | Promise<void>;

/**
 * The same ports as one process sees them: each asynchronous call goes through `wrap`. Two processes on one world are
 * two of these; clock, ids, log and notifier belong to the process itself and are left as they are.
 */
export function hooked(ports: Ports, wrap: Wrap): Ports {
  const through = <T extends object>(port: T, name: string): T =>
    new Proxy(port, {
      get(target, key) {
        const method: unknown = Reflect.get(target, key);
        if (typeof method !== "function") return method;
        return async (...args: unknown[]) => {
          await wrap(`${name}.${String(key)}`, "before");
          const answer: unknown = await Reflect.apply(method, target, args);
          await wrap(`${name}.${String(key)}`, "after");
          return answer;
        };
      },
    });
  return {
    ...ports,
    channels: through(ports.channels, "channels"),
    flows: through(ports.flows, "flows"),
    streamKeys: through(ports.streamKeys, "streamKeys"),
    bindings: through(ports.bindings, "bindings"),
    destinations: through(ports.destinations, "destinations"),
    sessions: through(ports.sessions, "sessions"),
    broadcasts: through(ports.broadcasts, "broadcasts"),
    siteMemory: through(ports.siteMemory, "siteMemory"),
    deliveries: through(ports.deliveries, "deliveries"),
    deadlines: through(ports.deadlines, "deadlines"),
    spans: through(ports.spans, "spans"),
    announcements: through(ports.announcements, "announcements"),
    audit: through(ports.audit, "audit"),
    notes: through(ports.notes, "notes"),
  };
}

/** What a process that died says to every call after its death. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** Dies at the given moment (the first is 0) and stays dead; `moments` tells how many there were. */
export function crashAt(moment: number): { wrap: Wrap; moments(): number } {
  let count = 0;
  return {
    wrap: (name, when) => {
      count += 1;
      if (count > moment) throw new Crash(`crashed ${when} ${name}`);
    },
    moments: () => count,
  };
}
