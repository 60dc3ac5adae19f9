import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import { MediaConnectClient } from "@aws-sdk/client-mediaconnect";
import type { MediaLiveClient } from "@aws-sdk/client-medialive";
import { PricingClient } from "@aws-sdk/client-pricing";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  type AwsClientOptions,
  commonConfig,
  mediaConfig,
  once,
  type Pair,
  repeated,
} from "./client-config.ts";
import { openDynamoDb } from "./dynamodb-client.ts";
import { mediaLiveClients } from "./medialive-client.ts";

export type { AwsClientOptions } from "./client-config.ts";

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

/** Makes every AWS client: timeouts that abort, one retry strategy, no SDK log. Opens no connection. */
export function createAwsClients(options: AwsClientOptions = {}): AwsClients {
  const common = { ...commonConfig(options), ...repeated() };
  const media = { ...mediaConfig(options), ...repeated() };
  const mediaLive = mediaLiveClients(options);
  const mediaConnect = {
    reads: new MediaConnectClient(media),
    acts: new MediaConnectClient({ ...media, ...once() }),
  };
  const cloudWatch = new CloudWatchClient(media);
  const cloudFormation = new CloudFormationClient(media);
  const scheduler = new SchedulerClient(media);
  // A queue is found by its name: the host in its address may be another by now, as that of a local world.
  const sqs = new SQSClient({ ...media, ...longPoll(options), useQueueUrlAsEndpoint: false });
  const bills = { ...common, region: billsRegion };
  const costExplorer = new CostExplorerClient(bills);
  const pricing = new PricingClient(bills);
  const ssm = new SSMClient(common);
  const dynamoDb = openDynamoDb(options);
  const opened = [
    ...[mediaLive.reads, mediaLive.acts, mediaConnect.reads, mediaConnect.acts],
    ...[cloudWatch, cloudFormation, scheduler, sqs, costExplorer, pricing, ssm],
  ];
  return {
    ...{ mediaLive, mediaConnect, cloudWatch, cloudFormation, scheduler },
    ...{ sqs, costExplorer, pricing, ssm },
    dynamoDb: dynamoDb.client,
    close: () => {
      for (const client of opened) client.destroy();
      dynamoDb.close();
    },
  };
}

/** Cost Explorer and the Price List answer here, whatever region they are asked about (AWS General Reference). */
const billsRegion = "us-east-1";

/** SQS waits 20 s for a first message; the request must outlive that. */
const longPoll = ({ requestTimeoutMs = 8_000 }: AwsClientOptions) =>
  commonConfig({ requestTimeoutMs: requestTimeoutMs + 20_000 });
