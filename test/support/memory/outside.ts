import type { MemoryClock } from "./clock.ts";

/** One thing that the outside world saw, as a plain value; `refused` names the error code when it did nothing. */
export type WorldCall = {
  call: "start-channel" | "stop-channel" | "set-output" | "start-flow" | "stop-flow";
  channelId?: string;
  platformIngest?: string;
  refused?: string;
};

/** `effect: true` is an answer lost after the effect, `effect: false` (default) a call that did nothing. */
export type Fault = { error: Error; effect: boolean };

/** What all fakes share: the time, the list of what was seen, and the faults that wait for their call. */
export type Outside = {
  clock: MemoryClock;
  calls: WorldCall[];
  failNext(name: string, error: Error, options?: { effect?: boolean; times?: number }): void;
  /** Runs one port call (`channels.start`) with the fault that waits for it, if any. */
  pass<T>(name: string, act: () => T): Promise<T>;
};

/** An outside world in which nothing has happened yet. */
export function memoryOutside(clock: MemoryClock): Outside {
  const calls: WorldCall[] = [];
  const faults = new Map<string, Fault[]>();
  return {
    clock,
    calls,
    failNext(name, error, { effect = false, times = 1 } = {}) {
      const waiting = faults.get(name) ?? [];
      waiting.push(...Array.from({ length: times }, () => ({ error, effect })));
      faults.set(name, waiting);
    },
    async pass(name, act) {
      await Promise.resolve();
      const fault = faults.get(name)?.shift();
      if (fault?.effect === false) throw fault.error;
      const answer = act();
      if (fault !== undefined) throw fault.error;
      return answer;
    },
  };
}
