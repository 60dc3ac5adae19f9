import type { Clock } from "../../src/manager/ports.ts";
import { createSteppedClock } from "./clock.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

/** One process of the product: it can die, be paused, and have a clock that is wrong. */
export type SimProcess = {
  id: string;
  clock: Clock;
  isAlive(): boolean;
  isPaused(): boolean;
  pausedUntil(): number;
  /** Lets something happen in it after this time, later if it is paused then, and never if it has died. */
  after(ms: number, act: () => void): void;
  /** How much is still to come in it: its timers, and answers that are on their way. */
  pending(): number;
  die(): void;
  pauseFor(ms: number): void;
  /** Its machine's clock is set so far off; 0 puts it right again. */
  stepClock(ms: number): void;
  /** Before a question to AWS; what it gives is told the time in the answer. */
  asking(): (said: Date) => void;
};

export function createProcess(
  id: string,
  { timeline, random, skewMs }: { timeline: Timeline; random: Random; skewMs: number },
): SimProcess {
  let alive = true;
  let pausedUntil = 0;
  let pending = 0;

  const after = (ms: number, act: () => void): void => {
    pending += 1;
    timeline.after(ms, () => {
      pending -= 1;
      if (!alive) return;
      const restMs = pausedUntil - timeline.now();
      if (restMs > 0) after(restMs, act);
      else act();
    });
  };

  const machine: Clock = {
    now: () => new Date(timeline.now() + skewMs),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        signal?.addEventListener("abort", wake);
        after(ms + random.between(1, 20), wake);
      }),
  };
  const { clock, asking, step } = createSteppedClock(machine);

  return {
    id,
    clock,
    asking,
    stepClock: step,
    isAlive: () => alive,
    pausedUntil: () => pausedUntil,
    isPaused: () => pausedUntil > timeline.now(),
    after,
    pending: () => pending,
    die: () => {
      alive = false;
    },
    pauseFor: (ms) => {
      pausedUntil = Math.max(pausedUntil, timeline.now() + ms);
    },
  };
}
