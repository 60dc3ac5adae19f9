import { parseArgs } from "node:util";
import { type AwsClientOptions, type AwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { type Config, type Environment, parseConfig } from "../../src/config.ts";
import { OpsError } from "../../src/errors.ts";
import type { Clock, Ids } from "../../src/manager/ports.ts";
import type { Site } from "../stacks.ts";
import { findBindings } from "./bindings.ts";
import { type MigrationOptions, migrate, planMigration } from "./migrate.ts";
import { undoMigration } from "./undo.ts";
import { changedIn, isNothing, planWords, reportWords, undoWords } from "./words.ts";

/** What the command needs of the world around it. */
export type MigrateIo = {
  environment: Environment;
  clock: Clock;
  ids: Ids;
  say(line: string): void;
  /** Asks a person; null where nobody can be asked. */
  ask: ((question: string) => Promise<boolean>) | null;
  /** Aborts when the person has had enough. */
  ending?: AbortSignal | undefined;
  /** Stands in for the real AWS. */
  aws?: Pick<AwsClientOptions, "endpoint" | "credentials">;
};

const usage = `npm run infra -- migrate [options]

Fits the tables of the existing system to patchbay: adds the attributes that its rows lack and the default presets that
are missing, after a backup of each table, and changes nothing that is there. A second run finds nothing to do. When the
channels were removed and deployed again, it puts the new ones in the place of those that it had added itself.

  --dry-run                  Shows what would be added or taken back; changes nothing
  --undo                     Takes back what the migration added, where nobody has changed it since
  --yes                      Asks nothing
  --region us-west-2         Else AWS_REGION, or the profile's
  --project patchbay         First word of the stacks' names
  --environment prod         Second word of the stacks' names

The tables are DESTINATIONS_TABLE and PRESETS_TABLE; the channels are the outputs of PATCHBAY_STACKS, or of the site's
own stacks. The AWS account is that of AWS_PROFILE, or whatever else the AWS SDK finds.`;

const shape = {
  "dry-run": { type: "boolean", default: false },
  undo: { type: "boolean", default: false },
  yes: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
  region: { type: "string" },
  project: { type: "string", default: "patchbay" },
  environment: { type: "string", default: "prod" },
} as const;

type Words = ReturnType<typeof readWords>;

/** `npm run infra -- migrate`: 0 when it is done or nothing is to do, 1 when nobody said yes. Throws an `OpsError`. */
export async function migrateCommand(args: readonly string[], io: MigrateIo): Promise<number> {
  const words = readWords(args);
  if (words.help) {
    io.say(usage);
    return 0;
  }
  const config = parseConfig(io.environment);
  const clients = createAwsClients({
    region: words.region ?? config.AWS_REGION,
    mediaRegion: words.region ?? config.MEDIALIVE_REGION,
    ...io.aws,
  });
  try {
    const options = await toOptions({ clients, config, site: siteOf(words) }, io);
    const region = await regionOf(clients);
    const { destinations, presets } = options.tables;
    io.say(`The tables ${destinations} and ${presets} in ${region}:`);
    return await (words.undo ? undo(options, words, io) : add({ ...options, region }, words, io));
  } finally {
    clients.close();
  }
}

function readWords(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: shape });
    if (values.region === undefined || /^[a-z]{2}(-[a-z]+)+-\d$/.test(values.region)) return values;
  } catch (error) {
    const [sentence = ""] = error instanceof Error ? error.message.split(". ") : [];
    throw bad(`${sentence.replace(/\.$/, "")}.`);
  }
  throw bad("That is not a region; a valid example: --region us-west-2");
}

const bad = (message: string) =>
  new OpsError("invalid-input", message, {
    hint: "npm run infra -- migrate --help lists every option.",
  });

const siteOf = ({ project, environment }: Words): Site => ({ project, environment });

async function regionOf({ dynamoDb }: AwsClients): Promise<string> {
  try {
    return await dynamoDb.config.region();
  } catch {
    throw new OpsError("not-configured", "AWS needs a region.", {
      hint: "Add one, for example --region us-west-2, or set AWS_REGION.",
    });
  }
}

type Opened = { clients: AwsClients; config: Config; site: Site };

async function toOptions(
  { clients, config, site }: Opened,
  { clock, ids, say, ending }: MigrateIo,
): Promise<MigrationOptions> {
  await regionOf(clients);
  const found = await findBindings({ clients, config, site });
  return {
    clients,
    tables: { destinations: found.destinationsTable, presets: found.presetsTable },
    ops: {
      client: clients.dynamoDb,
      table: found.opsTable,
      site: config.PATCHBAY_SITE,
      ids,
      onUnreadable: () => say("A record of an earlier migration is damaged and is left out."),
    },
    channelIds: found.channelIds,
    clock,
    say,
    ending,
  };
}

type Here = MigrationOptions & { region: string };

async function add(options: Here, words: Words, io: MigrateIo): Promise<number> {
  const plan = await planMigration(options);
  for (const line of planWords(plan, { ...options.tables, region: options.region })) io.say(line);
  if (isNothing(plan)) {
    io.say("Nothing is lacking.");
    return 0;
  }
  if (Object.keys(options.channelIds).length === 0)
    io.say(
      `No stack of ${words.project}-${words.environment} and no variable names a channel: rows get theirs when this runs again after the deployment. For other stacks say --project and --environment.`,
    );
  if (words["dry-run"]) return 0;
  if (!(await isWanted(words, io))) return 1;
  const report = await migrate(options);
  for (const line of reportWords(report, options.tables)) io.say(line);
  io.say(`${changedIn(report)} rows changed. npm run infra -- migrate --undo takes it back.`);
  return 0;
}

async function undo(options: MigrationOptions, words: Words, io: MigrateIo): Promise<number> {
  const planned = await undoMigration(options, { dryRun: true });
  const all = [...planned.destinations, ...planned.presets];
  if (all.length === 0) {
    io.say("There is nothing of the migration to take back.");
    return 0;
  }
  for (const line of undoWords(planned, options.tables)) io.say(line);
  if (words["dry-run"]) return 0;
  if (!(await isWanted(words, io))) return 1;
  io.say("Taken back:");
  for (const line of undoWords(await undoMigration(options), options.tables)) io.say(line);
  return 0;
}

async function isWanted({ yes }: Words, { ask, say }: MigrateIo): Promise<boolean> {
  if (yes) return true;
  if (ask !== null && (await ask("Do it? (y/N) "))) return true;
  say(ask === null ? "Nothing is done: add --yes to do it." : "Nothing is done.");
  return false;
}
