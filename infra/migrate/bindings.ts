import type { AwsClients } from "../../src/aws/clients.ts";
import { channelsIn } from "../../src/aws/cloudformation.ts";
import { readOutputs } from "../../src/aws/stack-outputs.ts";
import { type Config, channelIds, usualTables } from "../../src/config.ts";
import { isOpsError } from "../../src/errors.ts";
import { type Site, stackName } from "../stacks.ts";

type Outputs = Awaited<ReturnType<typeof readOutputs>>;

/** What the migration takes from the stacks; what the environment says wins. */
export type Bindings = {
  opsTable: string;
  destinationsTable: string;
  presetsTable: string;
  channelIds: Readonly<Record<string, string>>;
};

type Finding = { clients: Pick<AwsClients, "cloudFormation">; config: Config; site: Site };

/**
 * Reads the names of the tables and the dedicated channels from PATCHBAY_STACKS, or else from the site's own stacks as far
 * as they are there: an existing system may have none. The channel that destinations share is nobody's own.
 */
export async function findBindings({ clients, config, site }: Finding): Promise<Bindings> {
  const named = config.PATCHBAY_STACKS;
  const outputs =
    named.length > 0
      ? await readOutputs(clients.cloudFormation, named)
      : await outputsOfSite(clients, site);
  const outputOf = (key: string) => outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  const dedicated = Object.entries({ ...channelsIn(outputs), ...channelIds(config) }).filter(
    ([, id]) => id !== config.MEDIALIVE_CHANNEL_ID,
  );
  return {
    opsTable: config.OPS_TABLE ?? outputOf("OpsTableName") ?? usualTables.ops,
    destinationsTable:
      config.DESTINATIONS_TABLE ?? outputOf("DestinationsTableName") ?? usualTables.destinations,
    presetsTable: config.PRESETS_TABLE ?? outputOf("PresetsTableName") ?? usualTables.presets,
    channelIds: Object.fromEntries(dedicated),
  };
}

async function outputsOfSite({ cloudFormation }: Finding["clients"], site: Site): Promise<Outputs> {
  const names = ["tables", "channels"].map((part) => stackName(site, part));
  const read = (name: string) => readOutputs(cloudFormation, [name]).catch(noneWithoutStack);
  return (await Promise.all(names.map(read))).flat();
}

function noneWithoutStack(error: unknown): Outputs {
  if (isOpsError(error, "not-configured")) return [];
  throw error;
}
