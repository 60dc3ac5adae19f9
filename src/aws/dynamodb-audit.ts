import * as z from "zod";
import type { AuditEntry } from "../domain/audit.ts";
import type { Audit, Clock } from "../manager/ports.ts";
import { monthLater, monthOf } from "./months.ts";
import { type OpsTable, putOnce, queryOps, understood } from "./ops-table.ts";
import { isoTime, stored, text } from "./row-values.ts";

/** How far back the latest lines are looked for. */
const months = 13;

/** Who did what, by month and time; nothing is ever changed. */
export function dynamoAudit(ops: OpsTable, clock: Clock): Audit {
  return {
    add: async (entry) => {
      await putOnce(ops, { ...keyOf(ops, entry), ...itemFrom(entry) });
    },
    latest: async ({ destinationId, limit }) => {
      const found: AuditEntry[] = [];
      for (let back = 0; back < months && found.length < limit; back += 1) {
        const month = monthLater(clock.now(), -back);
        const entries = await readMonth(ops, month);
        found.push(...entries.filter((entry) => isOf(entry, destinationId)));
      }
      return found.slice(0, limit);
    },
  };
}

const partitionOf = ({ site }: OpsTable, month: string) => `site#${site}#audit#${month}`;

const keyOf = (ops: OpsTable, { id, at }: AuditEntry) => ({
  pk: partitionOf(ops, monthOf(at)),
  sk: `${at.toISOString()}#${id}`,
});

const isOf = (entry: AuditEntry, destinationId: string | undefined): boolean =>
  destinationId === undefined || entry.destinationId === destinationId;

/** A month has some hundreds of lines, so that it is read whole. */
async function readMonth(ops: OpsTable, month: string): Promise<AuditEntry[]> {
  const items = await queryOps(ops, { pk: partitionOf(ops, month), backwards: true });
  return items.flatMap((item) => understood(ops, itemSchema, item) ?? []);
}

const itemFrom = (entry: AuditEntry) => ({
  audit_id: entry.id,
  at: stored(entry.at),
  by: entry.by.id,
  by_name: entry.by.name,
  what: entry.what,
  destination_id: entry.destinationId,
  object: entry.object,
  why: entry.why,
  before: entry.before,
  after: entry.after,
  intent_id: entry.intentId,
});

const itemSchema = z
  .object({
    audit_id: z.string().min(1),
    at: isoTime,
    by: z.string(),
    by_name: text,
    what: z.string(),
    destination_id: text,
    object: z.string().catch(""),
    why: text,
    before: text,
    after: text,
    intent_id: text,
  })
  .transform(
    (item): AuditEntry => ({
      id: item.audit_id,
      at: item.at,
      by: { id: item.by, name: item.by_name ?? item.by },
      what: item.what,
      destinationId: item.destination_id,
      object: item.object,
      why: item.why,
      before: item.before,
      after: item.after,
      intentId: item.intent_id,
    }),
  );
