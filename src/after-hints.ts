import type { Clock, Log } from "./manager/ports.ts";
import { oneAtATime } from "./one-at-a-time.ts";

type Needs = {
  clock: Pick<Clock, "sleep">;
  log: Log;
  /** Looks at AWS; resolves when that look is over. */
  wake(): Promise<void>;
  /** What the minute does. */
  tick(): Promise<void>;
};

/** AWS's events come in bursts, and no tick begins so soon after another that a hint has asked for. */
const pauseMs = 5_000;

/**
 * What an event of AWS sets off: a look at once, and a tick as soon as that is over, because the jobs judge by what the loop
 * has noted. What comes meanwhile is one more tick after the pause; never are two under way.
 */
export function afterHints({ clock, log, wake, tick }: Needs) {
  const closing = new AbortController();
  const ticks = oneAtATime(async () => {
    try {
      await wake();
      await tick();
    } catch (error) {
      log.error("tick-failed", { message: String(error) });
    }
    await clock.sleep(pauseMs, closing.signal);
  });
  return {
    hint(): void {
      void wake();
      void ticks.run();
    },
    /** Lets the present tick finish. */
    close: (): Promise<void> => {
      closing.abort();
      return ticks.end();
    },
  };
}
