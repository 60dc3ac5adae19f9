import type { Destination } from "../../../src/domain/destination.ts";
import type { UnreadableRow } from "../../../src/domain/unreadable-rows.ts";
import type { Unreadable } from "../../../src/manager/ports.ts";
import type { MemoryDestinations } from "./destinations.ts";

export type MemoryUnreadable = Unreadable & {
  /** Damages a row of the destinations; `mend` writes it as it was. */
  damage(id: string): { mend(): void };
  add(row: UnreadableRow): void;
};

/** What cannot be read. */
export function memoryUnreadable(
  table: Pick<MemoryDestinations, "get" | "put" | "remove">,
): MemoryUnreadable {
  const damaged = new Map<string, Destination>();
  const rows: UnreadableRow[] = [];
  return {
    destinations: () => [...damaged.values()],
    rows: () => rows,
    damage(id) {
      const row = table.get(id);
      damaged.set(id, row);
      table.remove(id);
      const mend = () => {
        damaged.delete(id);
        table.put(row);
      };
      return { mend };
    },
    add: (row) => void rows.push(row),
  };
}
