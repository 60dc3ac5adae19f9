import type { Bindings } from "../domain/site.ts";
import type { Clock, Ids, Log, Ports } from "../manager/ports.ts";
import { checkAws } from "./check.ts";
import { type AwsClientOptions, type AwsClients, createAwsClients } from "./clients.ts";
import { stackBindings } from "./cloudformation.ts";
import { sourceFigures } from "./cloudwatch.ts";
import { costExplorerBill } from "./cost-explorer.ts";
import { dynamoAnnouncements } from "./dynamodb-announcements.ts";
import { dynamoAudit } from "./dynamodb-audit.ts";
import { dynamoBroadcasts } from "./dynamodb-broadcasts.ts";
import { dynamoDeliveries } from "./dynamodb-deliveries.ts";
import { dynamoDestinations } from "./dynamodb-destinations.ts";
import { dynamoNotes } from "./dynamodb-notes.ts";
import { dynamoSessions } from "./dynamodb-sessions.ts";
import { dynamoSiteMemory } from "./dynamodb-site-memory.ts";
import { dynamoSpans } from "./dynamodb-spans.ts";
import { mediaConnectFlows } from "./mediaconnect.ts";
import { mediaLiveChannels } from "./medialive.ts";
import { schedulerDeadlines } from "./scheduler.ts";
import { awsHints } from "./sqs.ts";
import { ssmStreamKeys } from "./ssm.ts";
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

export type AwsPorts = Pick<
  Ports,
  | "channels"
  | "flows"
  | "streamKeys"
  | "bindings"
  | "destinations"
  | "sessions"
  | "broadcasts"
  | "siteMemory"
  | "deliveries"
  | "deadlines"
  | "spans"
  | "announcements"
  | "audit"
  | "notes"
  | "unreadable"
  | "bill"
> & {
  /** Names what is missing in the configuration or in AWS; see `checkAws`. */
  check(): Promise<void>;
  /** Calls back when AWS says that something has changed, until closed. */
  hints(onHint: () => void): { close(): Promise<void> };
  close(): void;
};

/** Every port that AWS stands behind. Nothing is contacted before the first call. */
export function awsPorts(options: AwsOptions): AwsPorts {
  const { clock, ids, site, tables, scheduler = {} } = options;
  const clients = createAwsClients(options);
  const client = clients.dynamoDb;
  const unreadable = collectUnreadable(options.log);
  const onUnreadable = (item: unknown) => unreadable.row(tables.ops, item);
  const ops = { client, table: tables.ops, site, ids, onUnreadable };
  const figures = sourceFigures(clients.cloudWatch, { clock, cacheMs: options.figuresCacheMs });
  const looked = {
    bindings: stackBindings(clients.cloudFormation, {
      stacks: options.stacks,
      fromEnvironment: options.fromEnvironment ?? {},
      clock,
    }),
    destinations: dynamoDestinations({
      client,
      table: tables.destinations,
      ids,
      onUnreadable: unreadable.destinations,
    }),
    siteMemory: dynamoSiteMemory(ops),
  };
  return {
    ...looked,
    channels: mediaLiveChannels(clients.mediaLive),
    flows: mediaConnectFlows(clients.mediaConnect, figures),
    streamKeys: ssmStreamKeys(clients.ssm, options.streamKeyPrefix),
    sessions: dynamoSessions(
      { ...ops, onUnreadable: (item) => unreadable.row(tables.sessions, item) },
      tables.sessions,
    ),
    broadcasts: dynamoBroadcasts(ops),
    deliveries: dynamoDeliveries(ops, clock),
    deadlines: schedulerDeadlines(clients.scheduler, {
      site,
      group: scheduler.group ?? "default",
      roleArn: scheduler.roleArn,
      deadLetterArn: scheduler.deadLetterArn,
    }),
    spans: dynamoSpans(ops),
    announcements: dynamoAnnouncements(ops),
    audit: dynamoAudit(ops, clock),
    notes: dynamoNotes(ops, clock),
    unreadable: unreadable.port,
    bill: options.readsBill === true ? regionalBill(clients) : null,
    hints: (onHint) =>
      options.eventsQueueUrl === undefined
        ? { close: () => Promise.resolve() }
        : awsHints(clients.sqs, options.eventsQueueUrl, { clock, log: options.log, onHint }),
    check: () => checkAws({ ...looked, region: clients.ssm.config.region }),
    close: clients.close,
  };
}

const regionalBill = ({ costExplorer, mediaLive }: AwsClients) =>
  costExplorerBill(costExplorer, mediaLive.reads.config.region);
