/** The parts of dynalite 4.0.0 that are used here; the package brings no types. */
declare module "dynalite" {
  import type { Server } from "node:http";

  function dynalite(options: {
    path?: string;
    createTableMs: number;
    deleteTableMs: number;
    updateTableMs: number;
  }): Server;
  export = dynalite;
}

declare module "dynalite/db/index.js" {
  import type { Readable } from "node:stream";

  namespace stores {
    /** An open iterator of LevelDB. */
    type Rows = {
      next(): Promise<unknown>;
      close(): Promise<void>;
      return?(): Promise<void>;
    };

    type Store = {
      /** The tables; ARNs of new ones name this region. */
      tableDb: { awsRegion: string };
      db: {
        open(): Promise<void>;
        /** Every row of every table. */
        iterator(): { all(): Promise<unknown[]> };
        keys(options?: object): Rows;
        values(options?: object): Rows;
        createKeyStream(options?: object): Readable;
        createValueStream(options?: object): Readable;
        close(): Promise<void>;
      };
    };
  }

  const stores: { create(options: { path?: string }): stores.Store };
  export = stores;
}
