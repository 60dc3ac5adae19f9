import * as z from "zod";
import type { UnreadableRow } from "../domain/unreadable-rows.ts";
import type { Log, Unreadable } from "../manager/ports.ts";
import { unreadableDestinationFrom } from "./destination-row.ts";

/** Remembers which rows could not be read, and logs each once. */
export type UnreadableCollector = {
  port: Unreadable;
  /** The rows of destinations that one whole reading of their table could not understand. */
  destinations(items: readonly unknown[]): void;
  /** An item of another table. */
  row(table: string, item: unknown): void;
};

/** More rows than this are a table of another program, or of another version: the first tell enough. */
const mostRows = 50;

const keySchema = z.object({
  pk: z.string().optional().catch(undefined),
  sk: z.string().optional().catch(undefined),
  session_id: z.string().optional().catch(undefined),
});

export function collectUnreadable(log: Log): UnreadableCollector {
  let destinations: ReturnType<Unreadable["destinations"]> = [];
  const rows = new Map<string, UnreadableRow>();
  const logged = new Set<string>();

  function note(table: string, key: string): void {
    const id = `${table} ${key}`;
    if (logged.has(id) || logged.size >= mostRows) return;
    logged.add(id);
    log.warn("row-unreadable", { table, key });
  }

  return {
    port: { destinations: () => destinations, rows: () => [...rows.values()] },
    destinations(items) {
      destinations = items.flatMap((item) => unreadableDestinationFrom(item) ?? []);
      for (const { id } of destinations) note("destinations", id);
    },
    row(table, item) {
      const key = keyOf(item);
      note(table, key);
      if (rows.size < mostRows) rows.set(`${table} ${key}`, { table, key });
    },
  };
}

/** Keys name things ("site#main#audit#2026-11 …") and hold no secrets. */
function keyOf(item: unknown): string {
  const { pk, sk, session_id } = keySchema.safeParse(item).data ?? {};
  return [session_id, pk, sk].filter((part) => part !== undefined).join(" ") || "no key";
}
