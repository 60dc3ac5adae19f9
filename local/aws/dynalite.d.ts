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
  export function create(options: { path: string }): {
    db: {
      open(): Promise<void>;
      /** Every row of every table. */
      iterator(): { all(): Promise<unknown[]> };
      close(): Promise<void>;
    };
  };
}
