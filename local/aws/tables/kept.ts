import { join } from "node:path";
import { z } from "zod";
import { createSaver, loadSaved } from "../../saved.ts";

const json = z.record(z.string(), z.unknown());

/** A copy of a table as it was: its shape (DescribeTable's) and all its items, as DynamoDB writes them in JSON. */
const backup = z.object({
  arn: z.string(),
  name: z.string(),
  table: json,
  items: z.array(json),
  /** Epoch milliseconds. */
  madeAt: z.number(),
});

/** What is set for a table beside its keys; nothing expires here, and no point in time can be restored. */
const settings = z.object({
  expiresBy: z.string().nullable(),
  recoverySince: z.number().nullable(),
});

const kept = z.object({
  backups: z.array(backup),
  settings: z.record(z.string(), settings),
});

export type Backup = z.infer<typeof backup>;
export type TableSettings = z.infer<typeof settings>;

/** Backups and settings of tables: what dynalite does not keep. */
export type KeptTables = z.infer<typeof kept> & { save(): Promise<void> };

/** `tables.json` in the home, or memory alone without one. Rejects with one sentence when the file is damaged. */
export async function openKeptTables(home: string | null): Promise<KeptTables> {
  if (home === null) return { backups: [], settings: {}, save: () => Promise.resolve() };
  const path = join(home, "tables.json");
  const found = await loadSaved(path, (value) => kept.safeParse(value).data ?? null);
  const data = found ?? { backups: [], settings: {} };
  const saver = createSaver(path, () => data);
  return { ...data, save: saver.save };
}

export const noSettings: TableSettings = { expiresBy: null, recoverySince: null };
