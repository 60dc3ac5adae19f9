import type { CheckContext, Checker } from "./context.ts";

/** Timers and calls that one process may have under way at a time: its loop, its ticks, and what goes on. */
const mostPending = 80;
/** By how much the heap may have grown in a month of simulated days: the world's own tables grow, too. */
const mostGrowthMb = 40;
const dayMs = 24 * 3_600_000;
const heapDays = 30;

/** P3 closed: a process has no more under way on the last day than on the first, and memory does not grow with the days. */
export function closedChecker({ timeline, violations, processes }: CheckContext) {
  const heaps: number[] = [];
  let day = 0;
  let nextAt = timeline.now();
  let most = 0;

  function judgeTimers(): void {
    for (const each of processes()) {
      most = Math.max(most, each.pending());
      violations.check(
        each.pending() <= mostPending,
        "P3 closed",
        () => `${each.id} has ${each.pending()} timers and calls under way on day ${day}`,
      );
    }
  }

  /** Only where the collector can be called (`--expose-gc`): what is garbage says nothing. */
  function judgeHeap(): void {
    if (globalThis.gc === undefined) return;
    globalThis.gc();
    const heapMb = process.memoryUsage().heapUsed / 1e6;
    const grown = heapMb - (heaps.at(-1) ?? heapMb);
    heaps.push(heapMb);
    violations.check(
      grown <= mostGrowthMb,
      "P3 closed",
      () => `the heap has grown by ${grown.toFixed(0)} MB in ${heapDays} days`,
    );
  }

  const checker: Checker & { minute(): void } = {
    minute() {
      if (timeline.now() < nextAt) return;
      nextAt += dayMs;
      judgeTimers();
      if (day > 0 && day % heapDays === 0) judgeHeap();
      day += 1;
    },
  };
  return { ...checker, mostPending: () => most, heapsMb: () => heaps };
}
