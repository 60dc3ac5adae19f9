import type { Server } from "node:http";
import dynalite from "dynalite";
import stores, { type Rows, type Store } from "dynalite/db/index.js";

const instant = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };

/** In memory without a path; the region is the one in the ARNs of new tables. */
export type DynaliteOptions = { path: string | null; region: string };

/**
 * dynalite, with an end for what it reads: 4.0.0 opens a LevelDB iterator for each Query and
 * Scan and closes none, so that the process grows by half a gigabyte a day. It makes its store by itself, by a function that
 * is ours while it does.
 */
export function createDynalite({ path, region }: DynaliteOptions): Server {
  const { create } = stores;
  stores.create = (options) => {
    const store = closingIterators(create(options));
    store.tableDb.awsRegion = region;
    return store;
  };
  try {
    return dynalite(path === null ? instant : { ...instant, path });
  } finally {
    stores.create = create;
  }
}

/** At the end of a stream dynalite calls `return` where there is one; these have only `close`. */
export function closingIterators(store: Store): Store {
  const { db } = store;
  for (const kind of ["keys", "values"] as const) {
    const open = db[kind].bind(db);
    db[kind] = (options) => withReturn(open(options));
  }
  return store;
}

const withReturn = (rows: Rows): Rows => Object.assign(rows, { return: () => rows.close() });
