import type { Outcome } from "./envelope.ts";

/** What the console hears back of something that a person did. */
export type Done = { ok: true } | { ok: false; error: string; errors?: Record<string, string> };

export const done: Done = { ok: true };

export function refused(error: string): Done {
  return { ok: false, error };
}

/** Slack's words for an app that did not answer in three seconds, or could not be reached (bolt-js#579). */
export function failureOf(outcome: Exclude<Outcome, { kind: "acked" }>): string {
  return outcome.kind === "timeout" ? "operation_timeout" : "dispatch_failed";
}
