import { DescribeInputCommand } from "@aws-sdk/client-medialive";
import { expect, test } from "vitest";
import { aLocalAws } from "../../../support/aws-harness.ts";
import { deploy } from "./deploying.ts";

test("tags of an input change without a word to the input itself", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const template = (tags: string) => `Resources:
  Input:
    Type: AWS::MediaLive::Input
    Properties:
      Name: tagged
      Type: MEDIACONNECT
      RoleArn: arn:aws:iam::000000000000:role/media
      MediaConnectFlows: [{ FlowArn: "${local.world.data.flow?.arn}" }]
      Tags: ${tags}
Outputs: { Id: { Value: !Ref Input } }`;
  const StackName = "tags";
  const before = template("{ Old: a, Kept: b }");
  await deploy(local, { StackName, ChangeSetType: "CREATE", TemplateBody: before });
  const stack = await deploy(local, {
    ...{ StackName, ChangeSetType: "UPDATE", TemplateBody: template("{ Kept: c, New: d }") },
  });
  expect(stack?.StackStatus).toBe("UPDATE_COMPLETE");
  const InputId = stack?.Outputs?.[0]?.OutputValue;
  const { Tags } = await local.clients.mediaLive.send(new DescribeInputCommand({ InputId }));
  expect(Tags).toEqual({ Kept: "c", New: "d" });
});
