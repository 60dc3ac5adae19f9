import type { Destination } from "../../../src/domain/destination.ts";
import type { Outcome } from "../../../src/manager/intents.ts";
import type { CheckContext, Checker } from "./context.ts";
import { staleIn } from "./stale.ts";

/** T2 no lost intent, T3 monotone and S3 roles. */
export function rowChecker({ violations }: CheckContext) {
  const written = new Set<string>();
  const started = new Set<string>();

  const checker: Checker = {
    watcher: {
      rowWritten(row, before) {
        if (row.intent !== null) {
          written.add(row.intent.id);
          if (row.desired === "on") started.add(row.intent.id);
        }
        violations.check(
          before === null || row.version === before.version + 1 || isByHand(row, before),
          "T3 monotone",
          () => `${row.id} goes from version ${before?.version} to ${row.version}`,
        );
        const stale = before === null ? null : staleIn(row, before);
        violations.check(stale === null, "T3 monotone", () => `${row.id}: ${stale}`);
        violations.check(
          row.intent?.by.id !== "U0VIC",
          "S3 roles",
          () => `${row.id} has a wish of somebody who may not have one`,
        );
      },
    },
  };
  return {
    ...checker,
    intents: () => started.size,
    /** What a person was told has been done must be in the table. */
    acknowledged(outcomes: readonly Outcome[]): void {
      for (const { result, destination } of outcomes)
        if (result === "accepted")
          violations.check(
            written.has(destination.intent?.id ?? ""),
            "T2 no lost intent",
            () => `${destination.intent?.id} was acknowledged and never written`,
          );
    },
  };
}

const isByHand = (row: Destination, before: Destination): boolean =>
  row.version === before.version && row.intent === before.intent;
