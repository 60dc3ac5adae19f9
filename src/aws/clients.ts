import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { MediaConnectClient } from "@aws-sdk/client-mediaconnect";
import { MediaLiveClient } from "@aws-sdk/client-medialive";
import { PricingClient } from "@aws-sdk/client-pricing";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { retries } from "./retries.ts";

/** What is left out is found by the SDK's own chain (environment, profile, instance). */
export type AwsClientOptions = {
  region?: string | undefined;
  /** Region of flow, channels and their stacks, when it is not the one of the tables. */
  mediaRegion?: string | undefined;
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined;
  /** How long one request may take, from connecting to the last byte; 8 s by default. */
  requestTimeoutMs?: number | undefined;
  /** Called before each request to DynamoDB; what it gives is told the time that AWS answers with. */
  asking?: (() => (said: Date) => void) | undefined;
};

/** One client for what may be repeated, one for what must be sent once (start, stop, update). */
export type Pair<Client> = { reads: Client; acts: Client };

export type AwsClients = {
  mediaLive: Pair<MediaLiveClient>;
  mediaConnect: Pair<MediaConnectClient>;
  cloudWatch: CloudWatchClient;
  cloudFormation: CloudFormationClient;
  scheduler: SchedulerClient;
  sqs: SQSClient;
  costExplorer: CostExplorerClient;
  pricing: PricingClient;
  ssm: SSMClient;
  dynamoDb: DynamoDBDocumentClient;
  close(): void;
};

/** The one place that makes AWS clients: timeouts that abort, one retry strategy, no SDK log. Opens no connection. */
export function createAwsClients(options: AwsClientOptions = {}): AwsClients {
  const common = commonConfig(options);
  const { mediaRegion } = options;
  const media = { ...common, ...(mediaRegion === undefined ? {} : { region: mediaRegion }) };
  const repeated = { maxAttempts: 3, retryStrategy: retries(3) };
  const once = { maxAttempts: 1, retryStrategy: retries(1) };
  const mediaLive = {
    reads: new MediaLiveClient({ ...media, ...repeated }),
    acts: new MediaLiveClient({ ...media, ...once }),
  };
  const mediaConnect = {
    reads: new MediaConnectClient({ ...media, ...repeated }),
    acts: new MediaConnectClient({ ...media, ...once }),
  };
  const cloudWatch = new CloudWatchClient({ ...media, ...repeated });
  const cloudFormation = new CloudFormationClient({ ...media, ...repeated });
  const scheduler = new SchedulerClient({ ...media, ...repeated });
  const sqs = new SQSClient({ ...media, ...repeated, ...longPoll(options) });
  const bills = { ...common, ...repeated, region: billsRegion };
  const costExplorer = new CostExplorerClient(bills);
  const pricing = new PricingClient(bills);
  const ssm = new SSMClient({ ...common, ...repeated });
  const tables = new DynamoDBClient({ ...common, ...repeated });
  if (options.asking) hearTime(tables, options.asking);
  const opened = [
    ...[mediaLive.reads, mediaLive.acts, mediaConnect.reads, mediaConnect.acts],
    ...[cloudWatch, cloudFormation, scheduler, sqs, costExplorer, pricing, ssm, tables],
  ];
  return {
    mediaLive,
    mediaConnect,
    cloudWatch,
    cloudFormation,
    scheduler,
    sqs,
    costExplorer,
    pricing,
    ssm,
    dynamoDb: documents(tables),
    close: () => {
      for (const client of opened) client.destroy();
    },
  };
}

const dated = z.object({ headers: z.object({ date: z.string() }) });

/** Every answer of AWS has its time, also one that refuses a request because of the time that it was signed with. */
function hearTime(client: DynamoDBClient, asking: () => (said: Date) => void): void {
  client.middlewareStack.add(
    (next) => async (request) => {
      const hear = asking();
      const answer = await next(request);
      const { data } = dated.safeParse(answer.response);
      if (data) hear(new Date(data.headers.date));
      return answer;
    },
    { name: "hearTime", step: "deserialize", priority: "low" },
  );
}

/** Cost Explorer and the Price List answer here, whatever region they are asked about (AWS General Reference). */
const billsRegion = "us-east-1";

/** SQS waits 20 s for a first message; the request must outlive that. */
const longPoll = ({ requestTimeoutMs = 8_000 }: AwsClientOptions) =>
  commonConfig({ requestTimeoutMs: requestTimeoutMs + 20_000 });

/**
 * `requestTimeout` alone only warns in the newer clients, and ends with the response's head: `socketTimeout` also ends
 * a body that never comes.
 */
function commonConfig({
  region,
  endpoint,
  credentials,
  requestTimeoutMs = 8_000,
}: AwsClientOptions) {
  return {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: {
      connectionTimeout: Math.min(3_000, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeoutMs,
    },
  };
}

/** Numbers that JavaScript cannot hold exactly are rounded: one odd attribute must not make a whole table unreadable. */
const documents = (client: DynamoDBClient) =>
  DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: Number },
  });
