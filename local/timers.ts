import type { World } from "./world.ts";

/** Waits in the world's time, by name: setting one again replaces it. */
export type Timers = {
  set(name: string, ms: number, run: () => void): void;
  close(): void;
};

type Waiting = { due: number; run: () => void; timer: NodeJS.Timeout };

/** What a jump of the clock has passed runs at once, in the order in which it was due; the rest comes sooner. */
export function createTimers(world: World): Timers {
  const waiting = new Map<string, Waiting>();

  const drop = (name: string) => {
    clearTimeout(waiting.get(name)?.timer);
    waiting.delete(name);
  };

  const set = (name: string, ms: number, run: () => void) => {
    drop(name);
    const runOnce = () => {
      drop(name);
      run();
    };
    waiting.set(name, { due: world.now() + ms, run, timer: setTimeout(runOnce, ms) });
  };

  const jump = () => {
    const inOrder = [...waiting].toSorted(([, left], [, right]) => left.due - right.due);
    for (const [name, entry] of inOrder) {
      // One that ran before may have ended or replaced it.
      if (waiting.get(name) !== entry) continue;
      const left = entry.due - world.now();
      if (left > 0) set(name, left, entry.run);
      else {
        drop(name);
        entry.run();
      }
    }
  };

  const unwatch = world.onJump(jump);
  return {
    set,
    close: () => {
      unwatch();
      for (const name of [...waiting.keys()]) drop(name);
    },
  };
}

/** A signal that aborts with `gone` or after `ms`; `end` gives up waiting for either. */
export type Limit = { signal: AbortSignal; end(): void };

/** Not AbortSignal.timeout within AbortSignal.any: Node may collect such a timeout before it fires (nodejs/node#57736). */
export function atMost(ms: number, gone: AbortSignal): Limit {
  const ending = new AbortController();
  const end = () => {
    clearTimeout(timer);
    gone.removeEventListener("abort", end);
    ending.abort();
  };
  const timer = setTimeout(end, ms);
  gone.addEventListener("abort", end);
  if (gone.aborted) end();
  return { signal: ending.signal, end };
}
