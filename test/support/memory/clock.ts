import type { Clock } from "../../../src/manager/ports.ts";

/** A clock that stands still until it is advanced. */
export type MemoryClock = Clock & {
  /** Moves on, waking each sleeper at its own moment and letting it work before the next. */
  advance(ms: number): Promise<void>;
  /** Steps to a time without waking anybody before it, as a corrected system clock does. */
  set(at: Date): void;
  sleepers(): number;
};

type Sleeper = { due: number; wake: () => void };

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A settable clock, by default at the start of a Sunday evening. */
export function memoryClock(start = new Date("2026-11-22T19:00:00.000Z")): MemoryClock {
  let now = start.getTime();
  let sleeping: Sleeper[] = [];
  return {
    now: () => new Date(now),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const wake = () => {
          sleeping = sleeping.filter((each) => each !== sleeper);
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        const sleeper = { due: now + ms, wake };
        sleeping.push(sleeper);
        signal?.addEventListener("abort", wake);
      }),
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = sleeping.toSorted((left, right) => left.due - right.due)[0];
        if (next === undefined || next.due > end) break;
        now = Math.max(now, next.due);
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
    set(at) {
      now = at.getTime();
    },
    sleepers: () => sleeping.length,
  };
}
