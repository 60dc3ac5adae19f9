import type { Clock } from "./manager/ports.ts";

/** The real clock: the only place that reads the time or waits. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done, { once: true });
    }),
};

/** A clock that is put right by what others say that it is. */
export type CheckedClock = Clock & {
  /** Called before a question; what it gives is told the time that stands in the answer. */
  asking(): (said: Date) => void;
};

type Checking = {
  machine?: Clock;
  /** Told by how many milliseconds the machine's time is corrected from now on. */
  onCorrected(aheadMs: number): void;
};

/**
 * How far off a clock may be. A step of a clock within it, or from one side of it to the other, moves the time between
 * two ticks by less than what an absence takes.
 */
const wrongMs = 60_000;

/**
 * A clock that runs with `machine` unless that is wrong: a machine that wakes with a wrong time, or is given one, must
 * neither end a show early nor leave one on, and was not away when it is put right. What is said is believed to the length
 * of its question.
 */
export function checkedClock({ machine = systemClock, onCorrected }: Checking): CheckedClock {
  const read = () => machine.now().getTime();
  let ahead = 0;

  function hear(said: number, askedAt: number): void {
    const heardAt = read();
    const fits = (aheadMs: number) =>
      said >= askedAt + aheadMs - wrongMs && said <= heardAt + aheadMs + wrongMs;
    if (Number.isNaN(said) || fits(ahead)) return;
    ahead = fits(0) ? 0 : said - heardAt;
    onCorrected(ahead);
  }

  return {
    now: () => new Date(read() + ahead),
    sleep: machine.sleep,
    asking() {
      const askedAt = read();
      return (said) => hear(said.getTime(), askedAt);
    },
  };
}

/** A clock that can be moved ahead of the machine's, as the local world's can. */
export type ShiftedClock = Clock & {
  /**
   * Sets how many milliseconds it is ahead; who sleeps until then or before wakes at once. Resolves when those who hear
   * of shifts have done what is due.
   */
  shiftTo(aheadMs: number): Promise<void>;
  onShift(listener: () => void | Promise<void>): () => void;
};

/** Such short waits are for a network, which no clock hurries: they stay real. */
const networkMs = 5_000;

/** A clock that runs with `machine` until it is shifted. */
export function shiftedClock(machine: Clock = systemClock): ShiftedClock {
  const listeners = new Set<() => void | Promise<void>>();
  let ahead = 0;

  const now = () => machine.now().getTime() + ahead;
  const onShift = (listener: () => void | Promise<void>) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  /** Sleeps no longer than until the next shift. */
  async function nap(ms: number, signal?: AbortSignal): Promise<void> {
    const waking = new AbortController();
    const wake = () => waking.abort();
    const unhear = onShift(wake);
    signal?.addEventListener("abort", wake, { once: true });
    await machine.sleep(ms, waking.signal);
    signal?.removeEventListener("abort", wake);
    unhear();
  }

  async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= networkMs) return machine.sleep(ms, signal);
    const due = now() + ms;
    while (now() < due && !signal?.aborted) await nap(due - now(), signal);
  }

  return {
    now: () => new Date(now()),
    sleep,
    shiftTo: async (aheadMs) => {
      if (aheadMs === ahead) return;
      ahead = aheadMs;
      await Promise.all([...listeners].map((listener) => listener()));
    },
    onShift,
  };
}
