import type { AuditEntry } from "../domain/audit.ts";
import { OpsError } from "../errors.ts";
import type { Ports } from "./ports.ts";

export type Line = Pick<AuditEntry, "what" | "by" | "object"> & {
  before?: string;
  after?: string;
};

/** The line as it is written, whenever and however often. */
export const entryOf = (line: Line, { ids, clock }: Pick<Ports, "ids" | "clock">): AuditEntry => ({
  id: ids.next("audit"),
  at: clock.now(),
  destinationId: null,
  why: null,
  before: null,
  after: null,
  intentId: null,
  ...line,
});

/** A line of the audit for what has been done: one that cannot be written is no reason to say that it was not. */
export async function record(
  ports: Pick<Ports, "audit" | "ids" | "clock" | "log">,
  line: Line,
): Promise<void> {
  const { audit, log } = ports;
  try {
    await audit.add(entryOf(line, ports));
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    log.error("not-in-audit", { what: line.what, code: error.code });
  }
}
