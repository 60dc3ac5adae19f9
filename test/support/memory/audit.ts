import type { AuditEntry } from "../../../src/domain/audit.ts";
import type { Audit } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemoryAudit = Audit & { all(): AuditEntry[] };

/** Who did what. */
export function memoryAudit(outside: Outside): MemoryAudit {
  const kept = new Map<string, AuditEntry>();
  return {
    add: (entry) =>
      outside.pass("audit.add", () => {
        if (!kept.has(entry.id)) kept.set(entry.id, entry);
      }),
    latest: ({ destinationId, limit }) =>
      outside.pass("audit.latest", () =>
        [...kept.values()]
          .filter((entry) => destinationId === undefined || entry.destinationId === destinationId)
          .toSorted((left, right) => right.at.getTime() - left.at.getTime())
          .slice(0, limit),
      ),
    all: () => [...kept.values()],
  };
}
