import type { Clock, Log } from "../manager/ports.ts";
import { NotOurTurn } from "./in-turn.ts";
import { SlackFailure } from "./slack-failure.ts";

/** What cannot be said for a reason of its own. It is tried again, each time later, and little else waits for it. */
export type SetAside = {
  /** True while it is not to be tried. */
  has(key: string): boolean;
  /** True while what comes later of the same destination waits for it, so that the order is kept. */
  holdsBack(key: string): boolean;
  /** Says it, or sets it aside. Throws what says nothing of this one: Slack, or the turn, is the trouble. */
  attempt(key: string, say: () => Promise<void>): Promise<void>;
};

const firstPauseMs = 5_000;
const longestPauseMs = 10 * 60_000;
/** About five minutes: after so many failures nothing waits for it any more. */
const patientFailures = 6;

/** Logs each failure under its key, which tells no more than the message would. */
export function createSetAside({ clock, log }: { clock: Clock; log: Log }): SetAside {
  const out = new Map<string, { failures: number; since: number; pauseMs: number }>();

  function put(key: string, error: unknown): void {
    const failures = (out.get(key)?.failures ?? 0) + 1;
    const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
    out.set(key, { failures, since: clock.now().getTime(), pauseMs });
    const reason = error instanceof Error ? error.message : "unknown";
    log.error("set-aside", { key, reason, failures });
  }

  return {
    has(key) {
      const found = out.get(key);
      if (found === undefined) return false;
      const age = clock.now().getTime() - found.since;
      return age >= 0 && age < found.pauseMs;
    },
    holdsBack: (key) => (out.get(key)?.failures ?? 0) < patientFailures,
    async attempt(key, say) {
      try {
        await say();
        out.delete(key);
      } catch (error) {
        if (error instanceof SlackFailure || error instanceof NotOurTurn) throw error;
        put(key, error);
      }
    },
  };
}
