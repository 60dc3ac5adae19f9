import type { WorldClock } from "./clock.ts";
import { atMost } from "./timers.ts";
import type { World } from "./world.ts";

/** A follower of the clock in another process, by the name that it gives itself, and the offset that it has heard of. */
export type Asking = { who: string; heardMs: number; gone: AbortSignal };

/** A tick takes about a second; a follower that was killed in the middle of one must not stop the time for long. */
const patienceMs = 15_000;
const longestAskMs = 20_000;

/**
 * Followers of the clock in other processes. Each asks for the next step and asks again when all that was due by it is
 * done: so long the clock waits, as it does for a follower in this process. The answer comes when the clock is no longer where
 * it was heard of last, or after 20 s.
 */
export function createFollowers(world: World, clock: Pick<WorldClock, "hold">) {
  const busy = new Map<string, () => void>();
  return async function next({ who, heardMs, gone }: Asking): Promise<void> {
    busy.get(who)?.();
    busy.delete(who);
    const isNews = () => world.data.clock.offsetMs !== heardMs;
    const limit = atMost(longestAskMs, gone);
    if (!isNews()) await jumpOf(world, limit.signal);
    limit.end();
    if (isNews() && !gone.aborted) busy.set(who, clock.hold(patienceMs));
  };
}

/** Resolves at the next step of the clock, or when nobody waits for it any more. */
const jumpOf = (world: World, gone: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      forget();
      gone.removeEventListener("abort", end);
      resolve();
    };
    const forget = world.onJump(end);
    gone.addEventListener("abort", end);
    if (gone.aborted) end();
  });
