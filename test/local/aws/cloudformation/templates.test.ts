import { readFileSync } from "node:fs";
import { DeleteStackCommand, DescribeStackResourcesCommand } from "@aws-sdk/client-cloudformation";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeChannelCommand } from "@aws-sdk/client-medialive";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { emptyWorld } from "../../../../local/aws/seed.ts";
import { createWorld } from "../../../../local/world.ts";
import { aLocalAws, type LocalAwsHarness, testNow } from "../../../support/aws-harness.ts";
import { deploy, outputsOf, propose, settled } from "./deploying.ts";

const template = (name: string) =>
  readFileSync(new URL(`../../../../infra/${name}.yaml`, import.meta.url), "utf8");

const anEmptyAws = () =>
  aLocalAws({
    world: createWorld(emptyWorld(testNow), () => testNow),
    existingTables: false,
    channelQuota: 6,
  });

const tables = {
  StackName: "patchbay-prod-tables",
  ChangeSetType: "CREATE",
  TemplateBody: template("tables"),
} as const;

const flow = {
  StackName: "patchbay-prod-flow",
  ChangeSetType: "CREATE",
  TemplateBody: template("srt-mediaconnect-flow"),
} as const;

const channels = {
  StackName: "patchbay-prod-channels",
  ChangeSetType: "CREATE",
  TemplateBody: template("multi-medialive-channels"),
} as const;

async function deployFlow(local: LocalAwsHarness) {
  const Parameters = { AllowedCidr: "203.0.113.25/32" };
  return outputsOf(await deploy(local, { ...flow, Parameters }));
}

async function remove(local: LocalAwsHarness, stack: { StackId?: string | undefined } | undefined) {
  const StackName = stack?.StackId ?? "";
  await local.clients.cloudFormation.send(new DeleteStackCommand({ StackName }));
  return settled(local, StackName);
}

test("the tables' template makes real tables, which outlive its stack", async () => {
  await using local = await anEmptyAws();
  const Parameters = { CreateExistingTables: "true" };
  const stack = await deploy(local, { ...tables, Parameters });
  expect(stack?.StackStatus).toBe("CREATE_COMPLETE");
  expect(outputsOf(stack)).toMatchObject({
    OpsTableName: "patchbay-ops",
    DestinationsTableName: "lunora-destinations",
  });

  expect((await remove(local, stack))?.StackStatus).toBe("DELETE_COMPLETE");
  const { TableNames } = await local.clients.dynamoDb.send(new ListTablesCommand({}));
  expect(TableNames).toEqual(expect.arrayContaining(["lunora-destinations", "patchbay-ops"]));
  const { StackResources: left = [] } = await local.clients.cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: stack?.StackId ?? "" }),
  );
  expect(left.map(({ ResourceStatus }) => ResourceStatus)).toEqual(Array(4).fill("DELETE_SKIPPED"));
});

test("the flow's template makes the flow of the world, and takes it away again", async () => {
  await using local = await anEmptyAws();
  const Parameters = {
    AllowedCidr: "203.0.113.25/32",
    BackupAllowedCidr: "203.0.113.26/32",
    AlarmEmail: "video@example.com",
  };
  const stack = await deploy(local, { ...flow, Parameters });
  expect(stack?.StackStatus).toBe("CREATE_COMPLETE");
  expect(outputsOf(stack)).toMatchObject({
    SrtFlowArn: local.world.data.flow?.arn,
    SrtIngestEndpoint: "srt://127.0.0.1:9998",
    SrtBackupIngestEndpoint: "srt://127.0.0.1:9999",
  });

  const updated = await deploy(local, {
    ...flow,
    ChangeSetType: "UPDATE",
    Parameters: { ...Parameters, MinLatencyMs: "400" },
  });
  expect(updated?.StackStatus).toBe("UPDATE_COMPLETE");
  expect((await remove(local, stack))?.StackStatus).toBe("DELETE_COMPLETE");
  expect(local.world.data.flow).toBeNull();
});

test("the rules of the flow's template are kept", async () => {
  await using local = await anEmptyAws();
  const Parameters = { AllowedCidr: "203.0.113.25/32", UnencryptedCidr: "203.0.113.26/32" };
  await expect(propose(local, { ...flow, Parameters })).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("UnencryptedCidr must repeat AllowedCidr"),
  });
});

test("the channels' template makes channels that are ready to start, and takes them away again", async () => {
  await using local = await anEmptyAws();
  const { SrtFlowArn = "" } = await deployFlow(local);
  const stack = await deploy(local, { ...channels, Parameters: { FlowArn: SrtFlowArn } });
  expect(stack?.StackStatus).toBe("CREATE_COMPLETE");
  const { TwitchChannelId: ChannelId, EventsQueueUrl: QueueUrl } = outputsOf(stack);
  const channel = await local.clients.mediaLive.send(new DescribeChannelCommand({ ChannelId }));
  expect(channel).toMatchObject({ State: "IDLE", Tags: { Project: "patchbay" } });

  // Its own rule tells the channels' changes to its own queue.
  local.setState(ChannelId ?? "", "RUNNING");
  const { Messages = [] } = await local.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(JSON.parse(Messages[0]?.Body ?? "{}")).toMatchObject({ source: "aws.medialive" });
  local.setState(ChannelId ?? "", "IDLE");

  expect((await remove(local, stack))?.StackStatus).toBe("DELETE_COMPLETE");
  const standing = Object.values(local.world.data.channels).filter(
    ({ state }) => state !== "DELETED",
  );
  expect(standing).toEqual([]);
});

test("a change of the channels' template replaces nothing that need not be", async () => {
  await using local = await anEmptyAws();
  const { SrtFlowArn = "" } = await deployFlow(local);
  const before = outputsOf(
    await deploy(local, { ...channels, Parameters: { FlowArn: SrtFlowArn } }),
  );
  const wish = {
    ...channels,
    ChangeSetType: "UPDATE",
    Parameters: { FlowArn: SrtFlowArn, FrameRate: "30" },
  } as const;
  const { Changes = [] } = await propose(local, wish);
  const replacements = Changes.map(({ ResourceChange: change }) => change?.Replacement);
  expect(replacements.length).toBeGreaterThan(0);
  expect(new Set(replacements)).toEqual(new Set(["False"]));
  const after = await deploy(local, wish);
  expect(after?.StackStatus).toBe("UPDATE_COMPLETE");
  expect(outputsOf(after)).toEqual(before);
});

test("one more destination has a template of its own", async () => {
  await using local = await anEmptyAws();
  const { SrtFlowArn = "" } = await deployFlow(local);
  const shared = await deploy(local, { ...channels, Parameters: { FlowArn: SrtFlowArn } });
  const stack = await deploy(local, {
    StackName: "patchbay-prod-channel-vimeo",
    ChangeSetType: "CREATE",
    TemplateBody: template("destination-channel"),
    Parameters: { Name: "vimeo" },
  });
  expect(stack?.StackStatus).toBe("CREATE_COMPLETE");
  await expect(remove(local, shared)).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringMatching(
      /^Export patchbay-prod-\S+ cannot be deleted as it is in use by patchbay-prod-channel-vimeo$/,
    ),
  });
  expect((await remove(local, stack))?.StackStatus).toBe("DELETE_COMPLETE");
});
