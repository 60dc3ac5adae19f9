import type { World } from "./world.ts";

/** Moves the world's clock ahead of the machine's; time never goes back. */
export type WorldClock = {
  /** How many milliseconds a jump that is under way has still to go. */
  leftMs(): number;
  /** Starts a jump, or lengthens the one that is under way. */
  forward(minutes: number): void;
  /** Ends a jump where it is. */
  stop(): void;
  /** Tells how far the clock is ahead: at once, and at each step of a jump, whose next step waits for the answer. */
  follow(follower: Follower): void;
  /** Lets no further step come until the answer is called, or `longestMs` have passed. */
  hold(longestMs: number): () => void;
  close(): void;
};

/** Hears how many milliseconds the clock is ahead; resolves when all that is due by then is done. */
export type Follower = (aheadMs: number) => Promise<void>;

const minuteMs = 60_000;

/** How long a minute takes while the clock jumps, so that four hours pass in one. */
const usualPaceMs = 250;

/** One step of a minute each `paceMs`, so that everything that is due on the way happens, in order. */
export function createClock(world: World, paceMs = usualPaceMs): WorldClock {
  const followers: Follower[] = [];
  const holding = new Set<NodeJS.Timeout>();
  let following = 0;
  let timer: NodeJS.Timeout | undefined;

  const leftMs = () => {
    const { jump, offsetMs } = world.data.clock;
    return jump === null ? 0 : jump.toMs - offsetMs;
  };

  const end = () => {
    clearInterval(timer);
    timer = undefined;
    world.change(({ clock }) => void Object.assign(clock, { jump: null }));
  };

  const tell = async (follower: Follower) => {
    following += 1;
    await follower(world.data.clock.offsetMs).catch(() => undefined);
    following -= 1;
  };

  const step = () => {
    if (following + holding.size > 0) return;
    const stepMs = Math.min(minuteMs, leftMs());
    world.change(({ clock }) => void Object.assign(clock, { offsetMs: clock.offsetMs + stepMs }));
    for (const follower of followers) void tell(follower);
    if (leftMs() === 0) end();
  };

  return {
    leftMs,
    forward: (minutes) => {
      world.change(({ clock }) => {
        const { fromMs, toMs } = clock.jump ?? { fromMs: clock.offsetMs, toMs: clock.offsetMs };
        clock.jump = { fromMs, toMs: toMs + minutes * minuteMs };
      });
      world.log(`The clock goes forward by ${minutes} min`);
      timer ??= setInterval(step, paceMs);
    },
    stop: () => {
      if (timer === undefined) return;
      end();
      world.log("The clock's jump was stopped");
    },
    follow: (follower) => {
      followers.push(follower);
      void tell(follower);
    },
    hold: (longestMs) => {
      const release = () => {
        clearTimeout(limit);
        holding.delete(limit);
      };
      const limit = setTimeout(release, longestMs);
      holding.add(limit);
      return release;
    },
    close: () => {
      clearInterval(timer);
      for (const limit of holding) clearTimeout(limit);
    },
  };
}
