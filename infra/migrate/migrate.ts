import type { AwsClients } from "../../src/aws/clients.ts";
import type { OpsTable } from "../../src/aws/ops-table.ts";
import type { Clock } from "../../src/manager/ports.ts";
import { amend, applyAll, insert, type TableReport } from "./apply.ts";
import { backUp } from "./backup.ts";
import { readChannels } from "./channels.ts";
import { findGone } from "./gone.ts";
import { planDestinations, planPresets, type TablePlan } from "./plan.ts";
import { readRecords } from "./records.ts";
import { readRows } from "./rows.ts";

export type MigrationOptions = {
  clients: Pick<AwsClients, "dynamoDb" | "mediaLive">;
  tables: { destinations: string; presets: string };
  /** Where what was added is written down, so that it can be undone. */
  ops: OpsTable;
  /** Dedicated channels by platform; the shared one must not be among them. */
  channelIds: Readonly<Record<string, string>>;
  clock: Clock;
  /** Told in plain words what is under way. */
  say(line: string): void;
  /** Aborts when somebody has had enough: nothing more is begun. */
  ending?: AbortSignal | undefined;
};

/** What both tables have and lack. */
export type MigrationPlan = { destinations: TablePlan; presets: TablePlan };

export type MigrationReport = {
  /** Names of the backups that were made first; none when nothing was lacking. */
  backups: readonly string[];
  destinations: TableReport;
  presets: TableReport;
};

/** The two tables that a migration changes. */
export const tablesOf = ({ clients: { dynamoDb: client }, tables }: MigrationOptions) => ({
  destinations: { client, name: tables.destinations, key: "destination_id" },
  presets: { client, name: tables.presets, key: "preset_id" },
});

/** What `migrate` would do now; changes nothing. Throws for a table or a channel that is not there. */
export async function planMigration(options: MigrationOptions): Promise<MigrationPlan> {
  return (await gather(options)).plan;
}

async function gather(options: MigrationOptions) {
  const { destinations, presets } = tablesOf(options);
  const channels = await readChannels(options.clients, options.channelIds);
  const rows = await readRows(destinations);
  const gone = await findGone({ ...options, rows, channels });
  const known = { channels, gone, now: options.clock.now() };
  const plan: MigrationPlan = {
    destinations: planDestinations(rows, known),
    presets: planPresets(await readRows(presets), known),
  };
  return { known, plan };
}

/**
 * Adds what the rows lack, after a backup of each table that changes, and never changes what is there, but for what it
 * has itself written of a channel that is gone. Whatever stops it half way, the next run goes on; one that finds nothing to add writes nothing. Run one at a time.
 */
export async function migrate(options: MigrationOptions): Promise<MigrationReport> {
  const { known, plan } = await gather(options);
  const { destinations, presets } = tablesOf(options);
  const jobs = {
    destinations: {
      table: destinations,
      plan: plan.destinations,
      records: await readRecords(options.ops, destinations.name),
      act: amend(known),
    },
    presets: {
      table: presets,
      plan: plan.presets,
      records: await readRecords(options.ops, presets.name),
      act: insert,
    },
  };
  const backups: string[] = [];
  for (const { table, plan } of Object.values(jobs)) {
    if (plan.changes.length === 0) continue;
    options.say(`Backing up ${table.name} …`);
    const { clock, ending } = options;
    backups.push(await backUp({ client: table.client, clock, ending }, table.name));
  }
  return {
    backups,
    destinations: await applyAll(options, jobs.destinations),
    presets: await applyAll(options, jobs.presets),
  };
}
