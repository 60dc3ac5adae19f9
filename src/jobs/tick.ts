import type { Policy } from "../domain/policy.ts";
import { isOpsError } from "../errors.ts";
import type { Manager } from "../manager/manager.ts";
import type { Ports } from "../manager/ports.ts";
import { readShowList } from "../manager/stored.ts";
import type { Tick } from "./job.ts";

/** What a driver hands to a tick. */
export type TickContext = {
  manager: Pick<Manager, "intents" | "destinations" | "facts" | "costs" | "say">;
  ports: Ports;
  policy: Policy;
};

/** One tick's readings, each made once; a failed one fails for all who ask, and the next tick reads again. */
export function createTick({ manager, ports, policy }: TickContext): Tick {
  const { announcements, notifier, log } = ports;
  const showList = once(() => readShowList(ports));
  return {
    policy,
    log,
    ports,
    intents: manager.intents,
    costs: manager.costs,
    rows: once(() => manager.destinations()),
    facts: once(() => manager.facts()),
    broadcast: once(() => ports.broadcasts.latest()),
    live: once(() => announcements.live()),
    shows: async () => (await showList()).shows,
    unreadableShows: async () => (await showList()).unreadable,
    async anew() {
      const [facts, live] = await Promise.all([manager.facts(), announcements.live()]);
      return { facts, live, now: ports.clock.now() };
    },
    say: manager.say,
    async amend(read, change) {
      try {
        await announcements.amend(read, change);
        notifier.announce();
      } catch (error) {
        if (!isOpsError(error, "conflict")) throw error;
      }
    },
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return () => {
    reading ??= read();
    return reading;
  };
}
