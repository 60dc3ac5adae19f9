import type { Clock } from "../manager/ports.ts";

/** What Lambda tells of an invocation (Lambda developer guide, Node.js context object). */
export type Invocation = { getRemainingTimeInMillis(): number };

/** Kept for the end: the pass under way, and the last messages to Slack. */
const marginMs = 12_000;

/** Aborts when no new work should be begun any more; `over` ends the waiting for it. */
export function timeBudget(invocation: Invocation, clock: Clock) {
  const ending = new AbortController();
  const over = new AbortController();
  const budgetMs = Math.max(0, invocation.getRemainingTimeInMillis() - marginMs);
  void clock.sleep(budgetMs, over.signal).then(() => ending.abort());
  return { ending: ending.signal, over: () => over.abort() };
}
