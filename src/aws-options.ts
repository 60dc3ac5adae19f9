import type { AwsOptions } from "./aws/aws.ts";
import type { AwsClientOptions } from "./aws/client-config.ts";
import { isPassing } from "./aws/errors.ts";
import type { StackSettings } from "./aws/stack-settings.ts";
import { type Config, channelIds, usualTables } from "./config.ts";
import type { Clock, Log } from "./manager/ports.ts";

const defaultSchedulerGroup = "default";

/** What `awsPorts` needs of the configuration; what it leaves open is what the stacks say, then the default. */
export const awsOptions = (config: Config, settings: StackSettings) =>
  ({
    tables: {
      destinations:
        config.DESTINATIONS_TABLE ?? settings.destinationsTable ?? usualTables.destinations,
      sessions: config.SESSIONS_TABLE ?? settings.sessionsTable ?? usualTables.sessions,
      ops: config.OPS_TABLE ?? settings.opsTable ?? usualTables.ops,
    },
    streamKeyPrefix: config.PARAMETER_STORE_PREFIX,
    scheduler: {
      group: config.PATCHBAY_SCHEDULER_GROUP ?? settings.schedulerGroup ?? defaultSchedulerGroup,
      roleArn: config.PATCHBAY_SCHEDULER_ROLE_ARN ?? settings.schedulerRoleArn,
      deadLetterArn: config.PATCHBAY_SCHEDULER_DEAD_LETTER_ARN ?? settings.schedulerDeadLetterArn,
    },
    eventsQueueUrl: config.PATCHBAY_EVENTS_QUEUE_URL ?? settings.eventsQueueUrl,
    readsBill: config.PATCHBAY_BILL === "on",
    site: config.PATCHBAY_SITE,
    stacks: config.PATCHBAY_STACKS,
    fromEnvironment: {
      flowArn: config.MEDIACONNECT_FLOW_ARN ?? null,
      channelByPlatform: channelIds(config),
      sharedChannelId: config.MEDIALIVE_CHANNEL_ID ?? null,
    },
    region: config.AWS_REGION,
    mediaRegion: config.MEDIALIVE_REGION,
  }) satisfies Partial<AwsOptions>;

type Settling = {
  /** Stands in for the real AWS. */
  aws?: AwsClientOptions | undefined;
  clock: Clock;
  log: Log;
  ending?: AbortSignal | undefined;
};

const retryMs = 5_000;

/**
 * What the configured stacks say of the bot's own resources, waited for while CloudFormation cannot be reached: without
 * it the bot would write to tables of other names. Empty when the environment says it all, when no stack is configured,
 * when `ending` aborts, and for what `checkAws` names afterwards (a missing stack, region or permission).
 */
export async function settledSettings(
  config: Config,
  { aws, clock, log, ending }: Settling,
): Promise<StackSettings> {
  if (config.PATCHBAY_STACKS.length === 0 || saysAll(config)) return {};
  // Loaded here and not above: a function takes its settings from the environment, and starts without these.
  const { createAwsClients } = await import("./aws/clients.ts");
  const { readStackSettings } = await import("./aws/stack-settings.ts");
  const { region, mediaRegion } = awsOptions(config, {});
  const clients = createAwsClients({ region, mediaRegion, ...aws });
  try {
    while (ending?.aborted !== true) {
      const read = await readOnce(() =>
        readStackSettings(clients.cloudFormation, config.PATCHBAY_STACKS),
      );
      if ("settings" in read) return read.settings;
      const stacks = config.PATCHBAY_STACKS.join(",");
      log.warn("stacks-out-of-reach", { stacks, message: read.trouble });
      await clock.sleep(retryMs, ending);
    }
    return {};
  } finally {
    clients.close();
  }
}

type Read = { settings: StackSettings } | { trouble: string };

/** What is wrong while AWS is out of reach: credentials that it does not accept may never mend by themselves. */
async function readOnce(read: () => Promise<StackSettings>): Promise<Read> {
  try {
    return { settings: await read() };
  } catch (error) {
    return error instanceof Error && isPassing(error)
      ? { trouble: error.message }
      : { settings: {} };
  }
}

const saysAll = (config: Config): boolean =>
  [
    config.DESTINATIONS_TABLE,
    config.SESSIONS_TABLE,
    config.OPS_TABLE,
    config.PATCHBAY_SCHEDULER_GROUP,
    config.PATCHBAY_SCHEDULER_ROLE_ARN,
    config.PATCHBAY_SCHEDULER_DEAD_LETTER_ARN,
    config.PATCHBAY_EVENTS_QUEUE_URL,
  ].every((value) => value !== undefined);
