import type { AuditEntry } from "../../../src/domain/audit.ts";
import type { Destination } from "../../../src/domain/destination.ts";
import { showIdFrom } from "../../../src/domain/session.ts";
import type { CheckContext, Checker } from "./context.ts";

/** T4 single effect: two processes write one line of the audit for one deed, and one date of a show starts a destination once. */
export function singleEffectChecker({ violations }: CheckContext): Checker {
  const deeds = new Map<string, string>();
  const starts = new Set<string>();

  function audited({ id, what, intentId, destinationId }: AuditEntry): void {
    if (intentId === null) return;
    const deed = `${what} ${destinationId} ${intentId}`;
    const known = deeds.get(deed) ?? id;
    deeds.set(deed, known);
    violations.check(
      known === id,
      "T4 single effect",
      () => `${deed} stands in the audit as ${known} and as ${id}`,
    );
  }

  function started(row: Destination, intentId: string): void {
    const start = `${intentId} ${row.id}`;
    violations.check(
      !starts.has(start),
      "T4 single effect",
      () => `a date of a show starts ${row.id} again by ${intentId}`,
    );
    starts.add(start);
  }

  return {
    watcher: {
      rowWritten(row, before) {
        const id = row.intent?.id;
        if (id === undefined || id === before?.intent?.id || row.desired !== "on") return;
        if (showIdFrom(id) !== null) started(row, id);
      },
    },
    listener: {
      sent(_, { name, args }) {
        if (name === "audit.add") audited(args[0] as AuditEntry);
      },
    },
  };
}
