import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll } from "vitest";
import { stackName } from "../../local/aws/seed.ts";
import { createAwsClients } from "../../src/aws/clients.ts";
import { stackBindings } from "../../src/aws/cloudformation.ts";
import { dynamoSiteMemory } from "../../src/aws/dynamodb-site-memory.ts";
import { ssmStreamKeys } from "../../src/aws/ssm.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { aBindings, keyPrefix } from "../support/builders.ts";
import { anOpsTable } from "../support/ops-table.ts";
import { flowOf } from "../support/the-flow.ts";
import { aWorld } from "../support/world.ts";
import { bindingsContract, siteMemoryContract, streamKeysContract } from "./site.contract.ts";

const ref = `${keyPrefix}/destinations/dest_1/stream_key`;
const value = "live_123456789_canary";

streamKeysContract("in memory", () => {
  const { streamKeys } = aWorld();
  streamKeys.put(ref, value);
  return Promise.resolve({ streamKeys, ref, value });
});

bindingsContract("in memory", () => {
  const empty = aWorld().bindings;
  empty.miss("The flow");
  return Promise.resolve({ bindings: aWorld().bindings, expected: aBindings(), empty });
});

siteMemoryContract("in memory", () => Promise.resolve(aWorld().siteMemory));

let local: AwsStage;
let clients: ReturnType<typeof createAwsClients>;
beforeAll(async () => {
  local = await openAwsStage();
  clients = createAwsClients(local.options);
  await clients.ssm.send(
    new PutParameterCommand({ Name: ref, Type: "SecureString", Value: value }),
  );
});
afterAll(async () => {
  clients.close();
  await local.close();
});

streamKeysContract("SSM", () =>
  Promise.resolve({ streamKeys: ssmStreamKeys(clients.ssm, keyPrefix), ref, value }),
);

bindingsContract("CloudFormation", () => {
  const source = (stacks: string[]) =>
    stackBindings(clients.cloudFormation, { stacks, fromEnvironment: {}, clock: local.clock });
  const { channels } = local.world.data;
  const flow = flowOf(local.world.data);
  const channelByPlatform = Object.fromEntries(
    Object.values(channels).map(({ platform, id }) => [platform, id]),
  );
  return Promise.resolve({
    bindings: source([stackName]),
    expected: { channelByPlatform, sharedChannelId: null, flowArn: flow.arn },
    empty: source(["no-such-stack"]),
  });
});

siteMemoryContract("DynamoDB", async () => dynamoSiteMemory(await anOpsTable(local, clients)));
