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
import { createLocalAws, type LocalAws } from "../../local/aws/aws.ts";
import { localRegion, seedWorld } from "../../local/aws/seed.ts";
import { createClock } from "../../local/clock.ts";
import { controlRoutes } from "../../local/control.ts";
import { listen } from "../../local/server.ts";
import { createWorld, type LocalChannelState, type World } from "../../local/world.ts";

export type LocalAwsHarness = AsyncDisposable & {
  url: string;
  world: World;
  aws: LocalAws;
  clients: ReturnType<typeof awsClients>;
  /** Puts a channel in a state in which it stays until somebody acts on it. */
  setState(id: string, state: LocalChannelState): void;
};

export type LocalAwsSettings = {
  home?: string;
  stepMs?: number;
  world?: World;
  attempts?: number;
  channelQuota?: number;
  existingTables?: boolean;
};

/** A fixed moment: what the local world shows as now. */
export const testNow = Date.UTC(2026, 10, 22, 20, 0, 0);

/** The local AWS on a port of its own, with the real SDK clients; one attempt per call unless told. */
export async function aLocalAws(settings: LocalAwsSettings = {}): Promise<LocalAwsHarness> {
  const world = settings.world ?? createWorld(seedWorld(testNow), () => testNow);
  const { home = null, stepMs = 0, channelQuota = 5, existingTables = true } = settings;
  const options = { channelQuota, existingTables, region: localRegion };
  const aws = await createLocalAws({ world, home, stepMs, ...options });
  const clock = createClock(world, 1);
  const server = await listen(0);
  const nothing = { fetch: () => new Response(null, { status: 404 }) };
  server.open({
    aws,
    control: controlRoutes(world, aws, clock),
    slack: { ...nothing, upgrade: (_request, socket) => void socket.destroy() },
    hls: nothing,
  });
  const clients = awsClients(server.url, settings.attempts ?? 1);
  return {
    url: server.url,
    world,
    aws,
    clients,
    setState: (id, state) =>
      world.change(({ channels }) => void Object.assign(channels[id] ?? {}, { state })),
    [Symbol.asyncDispose]: async () => {
      for (const client of Object.values(clients)) client.destroy();
      clock.close();
      await aws.close();
      await server.close();
    },
  };
}

function awsClients(endpoint: string, maxAttempts: number) {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const options = { endpoint, region: localRegion, credentials, maxAttempts };
  return {
    mediaLive: new MediaLiveClient(options),
    mediaConnect: new MediaConnectClient(options),
    monitoring: new CloudWatchClient(options),
    ssm: new SSMClient(options),
    costExplorer: new CostExplorerClient(options),
    pricing: new PricingClient({ ...options, region: "us-east-1" }),
    scheduler: new SchedulerClient(options),
    sqs: new SQSClient(options),
    cloudFormation: new CloudFormationClient(options),
    dynamoDb: new DynamoDBClient(options),
  };
}

/** What a call was refused with, or `null` when it was not. */
export async function refusalOf(call: Promise<unknown>) {
  try {
    await call;
    return null;
  } catch (error) {
    const { name, message, $metadata } = error as {
      name: string;
      message: string;
      $metadata?: { httpStatusCode?: number };
    };
    return { name, message, status: $metadata?.httpStatusCode };
  }
}
