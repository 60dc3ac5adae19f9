import type { Timers } from "../../timers.ts";
import { backOffMs } from "./back-off.ts";
import type { DeadLetter } from "./functions.ts";
import type { Registration } from "./registration.ts";

export type LaterTools = {
  timers: Timers;
  call(url: string, event: unknown): Promise<unknown>;
  giveUp(letter: Omit<DeadLetter, "at">): void;
};

/** Tells one event from others, and says what it came from. */
export type Named = { id: string; from: string };

/** Calls a function with an event until it is done, or was tried often enough (Lambda developer guide, asynchronous invocation). */
export function createLater({ name, url, attempts }: Registration, tools: LaterTools) {
  const { timers, call, giveUp } = tools;
  let events = 0;
  return (event: unknown, { id, from }: Named): void => {
    events += 1;
    const wait = `${name} at ${url} event ${events}`;
    const attempt = async (failures: number): Promise<void> => {
      try {
        await call(url, event);
      } catch {
        const failed = failures + 1;
        if (failed >= attempts) return giveUp({ function: name, from, ids: [id] });
        timers.set(wait, backOffMs(failed), () => void attempt(failed));
      }
    };
    void attempt(0);
  };
}
