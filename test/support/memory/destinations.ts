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

/** Told of each row that is written, and of the one that it replaces. */
type OnWrite = (row: Destination, before: Destination | null) => void;

/** The destinations table: versioned rows, frozen, so that a reader cannot change what is kept. */
export function memoryDestinations(
  outside: Outside,
  rows: readonly Destination[] = [],
  onWrite: OnWrite = () => undefined,
): MemoryDestinations {
  const kept = new Map(rows.map((row) => [row.id, frozen(row)]));
  const find = (id: string): Destination => {
    const row = kept.get(id);
    if (row === undefined)
      throw new OpsError("not-found", "There is no such destination.", {
        context: { destinationId: id },
      });
    return row;
  };
  const put = (row: Destination) => {
    const before = kept.get(row.id) ?? null;
    kept.set(row.id, frozen(row));
    onWrite(row, before);
  };
  const all = () => [...kept.values()];
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

/** A copy that nobody changes, and whose lists nobody else has. */
const frozen = (row: Destination): Destination =>
  Object.freeze({ ...row, deeds: Object.freeze([...row.deeds]) });
