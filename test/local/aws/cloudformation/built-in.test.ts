import {
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { expect, test } from "vitest";
import { aLocalAws, refusalOf } from "../../../support/aws-harness.ts";

test.each([{}, { StackName: "patchbay-local" }])("describes the stack for %o", async (input) => {
  await using local = await aLocalAws();
  const answer = await local.clients.cloudFormation.send(new DescribeStacksCommand(input));
  const [stack] = answer.Stacks ?? [];
  expect(stack).toMatchObject({ StackName: "patchbay-local", StackStatus: "CREATE_COMPLETE" });
  const outputs = stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  expect(Object.fromEntries(outputs ?? [])).toEqual({
    SrtFlowArn: local.world.data.flow?.arn,
    SrtIngestEndpoint: "srt://127.0.0.1:9998",
    PrimaryChannelId: "4710001",
    YoutubeChannelId: "4710002",
    TwitchChannelId: "4710003",
    LinkedinChannelId: "4710004",
    CustomChannelId: "4710005",
  });
});

test("an unknown stack is a validation error that names it", async () => {
  await using local = await aLocalAws();
  const command = new DescribeStacksCommand({ StackName: "a<b&c" });
  expect(await refusalOf(local.clients.cloudFormation.send(command))).toEqual({
    name: "ValidationError",
    message: "Stack with id a<b&c does not exist",
    status: 400,
  });
});

test("nothing can be done to it", async () => {
  await using local = await aLocalAws();
  const { cloudFormation } = local.clients;
  const protect = { StackName: "patchbay-local", EnableTerminationProtection: true };
  expect(
    await refusalOf(cloudFormation.send(new UpdateTerminationProtectionCommand(protect))),
  ).toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("only be described"),
  });
  expect(
    await refusalOf(cloudFormation.send(new DeleteStackCommand({ StackName: "patchbay-local" }))),
  ).toMatchObject({ message: expect.stringContaining("only be described") });
});
