import type { Bindings } from "../domain/site.ts";
import type { Clock, Ids, Log, Ports } from "../manager/ports.ts";
import { checkAws } from "./check.ts";
import { type AwsClientOptions, type AwsClients, createAwsClients } from "./clients.ts";
import { stackBindings } from "./cloudformation.ts";
import { sourceFigures } from "./cloudwatch.ts";
import { costExplorerBill } from "./cost-explorer.ts";
import { mediaConnectFlows } from "./mediaconnect.ts";
import { mediaLiveChannels } from "./medialive.ts";
import { schedulerDeadlines } from "./scheduler.ts";
import { awsHints } from "./sqs.ts";
import { ssmStreamKeys } from "./ssm.ts";
import { dynamoStores, type Stores } from "./stores.ts";
import { collectUnreadable } from "./unreadable.ts";

export type AwsOptions = AwsClientOptions & {
  clock: Clock;
  ids: Ids;
  log: Log;
  /** Every row of ours carries it. */
  site: string;
  tables: { destinations: string; sessions: string; ops: string };
  streamKeyPrefix: string;
  /** The role and the dead-letter queue of the one-shot stops; see `SchedulerOptions`. */
  scheduler?: { group?: string; roleArn?: string | undefined; deadLetterArn?: string | undefined };
  /** The queue of AWS's events; without one there are no hints. */
  eventsQueueUrl?: string | undefined;
  /** Whether the bill is read, which costs a cent a day; it is not by default. */
  readsBill?: boolean;
  /** Names of the stacks whose outputs name the flow and the channels. */
  stacks: readonly string[];
  /** Ids from the existing system's variables; they win over the stacks'. */
  fromEnvironment?: Partial<Bindings> | undefined;
  /** How long CloudWatch figures are kept; 10 s by default, because each request is billed. */
  figuresCacheMs?: number | undefined;
};

export type AwsPorts = Stores &
  Pick<
    Ports,
    "channels" | "flows" | "streamKeys" | "bindings" | "deadlines" | "unreadable" | "bill"
  > & {
    /** Names what is missing in the configuration or in AWS; see `checkAws`. */
    check(): Promise<void>;
    /** Calls back when AWS says that something has changed, until closed. */
    hints(onHint: () => void): { close(): Promise<void> };
    close(): void;
  };

/** Every port that AWS stands behind. Nothing is contacted before the first call. */
export function awsPorts(options: AwsOptions): AwsPorts {
  const { clock, scheduler = {} } = options;
  const clients = createAwsClients(options);
  const unreadable = collectUnreadable(options.log);
  const figures = sourceFigures(clients.cloudWatch, { clock, cacheMs: options.figuresCacheMs });
  const stores = dynamoStores(clients.dynamoDb, { ...options, unreadable });
  const bindings = stackBindings(clients.cloudFormation, {
    stacks: options.stacks,
    fromEnvironment: options.fromEnvironment ?? {},
    clock,
  });
  return {
    ...stores,
    bindings,
    channels: mediaLiveChannels(clients.mediaLive),
    flows: mediaConnectFlows(clients.mediaConnect, figures),
    streamKeys: ssmStreamKeys(clients.ssm, options.streamKeyPrefix),
    deadlines: schedulerDeadlines(clients.scheduler, {
      site: options.site,
      group: scheduler.group ?? "default",
      roleArn: scheduler.roleArn,
      deadLetterArn: scheduler.deadLetterArn,
    }),
    unreadable: unreadable.port,
    bill: options.readsBill === true ? regionalBill(clients) : null,
    hints: (onHint) =>
      options.eventsQueueUrl === undefined
        ? { close: () => Promise.resolve() }
        : awsHints(clients.sqs, options.eventsQueueUrl, { clock, log: options.log, onHint }),
    check: () => checkAws({ ...stores, bindings, region: clients.ssm.config.region }),
    close: clients.close,
  };
}

const regionalBill = ({ costExplorer, mediaLive }: AwsClients) =>
  costExplorerBill(costExplorer, mediaLive.reads.config.region);
