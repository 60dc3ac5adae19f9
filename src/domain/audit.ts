import type { Actor } from "./destination.ts";

/** One line of the audit: it is only ever added, and the same id is the same line. */
export type AuditEntry = {
  id: string;
  at: Date;
  by: Actor;
  /** What was done in a word or two: "start", "extend", "budget set", "channel stopped outside". */
  what: string;
  destinationId: string | null;
  /** The destination's name, or what else it was done to. */
  object: string;
  why: string | null;
  before: string | null;
  after: string | null;
  intentId: string | null;
};
