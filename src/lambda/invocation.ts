import { OpsError } from "../errors.ts";
import type { Clock } from "../manager/ports.ts";

/** What Lambda tells of an invocation (Lambda developer guide, Node.js context object). */
export type Invocation = {
  /** The same when Lambda calls once more with an event that failed (asynchronous invocation, retries). */
  awsRequestId: string;
  getRemainingTimeInMillis(): number;
};

/** Kept for the end: the pass under way, and the last messages to Slack. */
const marginMs = 12_000;

const budgetOf = (invocation: Invocation): number =>
  Math.max(0, invocation.getRemainingTimeInMillis() - marginMs);

/** Aborts when no new work should be begun any more; `over` ends the waiting for it. */
export function timeBudget(invocation: Invocation, clock: Clock) {
  const ending = new AbortController();
  const over = new AbortController();
  void clock.sleep(budgetOf(invocation), over.signal).then(() => ending.abort());
  return { ending: ending.signal, over: () => over.abort() };
}

/** Waits for work, but no longer than the invocation lasts. Throws `timed-out` then. */
export async function inTime(invocation: Invocation, clock: Clock, work: Promise<void>) {
  const done = new AbortController();
  const late = clock.sleep(budgetOf(invocation), done.signal).then(() => "late" as const);
  try {
    if ((await Promise.race([work, late])) !== "late") return;
  } finally {
    done.abort();
  }
  throw new OpsError("timed-out", "The answer to a request of Slack took too long.");
}
