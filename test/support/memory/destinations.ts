import type { Destination } from "../../../src/domain/destination.ts";
import { OpsError } from "../../../src/errors.ts";
import type { Destinations } from "../../../src/manager/ports.ts";
import type { Outside } from "./outside.ts";

export type MemoryDestinations = Destinations & {
  /** Writes a row as a person or another program would, without a look at its version. */
  put(destination: Destination): void;
  remove(id: string): void;
  get(id: string): Destination;
  all(): Destination[];
};

/** The destinations table: versioned rows that are copied in and out. */
export function memoryDestinations(
  outside: Outside,
  rows: readonly Destination[] = [],
): MemoryDestinations {
  const kept = new Map(rows.map((row) => [row.id, structuredClone(row)]));
  const find = (id: string): Destination => {
    const row = kept.get(id);
    if (row === undefined)
      throw new OpsError("not-found", "There is no such destination.", {
        context: { destinationId: id },
      });
    return structuredClone(row);
  };
  const put = (row: Destination) => void kept.set(row.id, structuredClone(row));
  const all = () => [...kept.keys()].map(find);
  return {
    list: () => outside.pass("destinations.list", all),
    find: (id) => outside.pass("destinations.find", () => find(id)),
    update: (read, change) =>
      outside.pass("destinations.update", () => {
        const row = find(read.id);
        if (row.version !== read.version)
          throw new OpsError("conflict", "Somebody else changed this destination in between.", {
            context: { destinationId: read.id },
          });
        put({ ...row, ...change, version: row.version + 1 });
        return find(read.id);
      }),
    put,
    remove: (id) => void kept.delete(id),
    get: find,
    all,
  };
}
