import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalAws, type LocalAwsHarness, refusalOf } from "../../../support/aws-harness.ts";
import { deploy, propose } from "./deploying.ts";

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws({ existingTables: false });
});
afterAll(() => local[Symbol.asyncDispose]());

const queues = (name: string, seconds: string, more = "") => `
Parameters: { Seconds: { Type: Number, Default: ${seconds} } }
Resources:
  First: { Type: AWS::SQS::Queue, Properties: { QueueName: ${name}, VisibilityTimeout: !Ref Seconds } }
  Second: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "of-\${First.QueueName}" } }
${more}`;

const gone = "  Third: { Type: AWS::SQS::Queue, DeletionPolicy: Retain }";

test("says what is added, changed, replaced and removed, and why", async () => {
  const StackName = "differences";
  await deploy(local, {
    ...{ StackName, ChangeSetType: "CREATE" },
    TemplateBody: queues("plain", "30", gone),
  });
  const slower = await propose(local, { StackName, TemplateBody: queues("plain", "60", gone) });
  expect(slower.Changes).toMatchObject([
    {
      ResourceChange: {
        ...{ Action: "Modify", LogicalResourceId: "First", Replacement: "False" },
        Scope: ["Properties"],
        Details: [
          {
            Target: { Name: "VisibilityTimeout", RequiresRecreation: "Never" },
            ...{ ChangeSource: "ParameterReference", CausingEntity: "Seconds" },
          },
        ],
      },
    },
  ]);
  const added = "  Fourth: { Type: AWS::SQS::Queue }";
  const renamed = await propose(local, { StackName, TemplateBody: queues("other", "30", added) });
  const changes = renamed.Changes?.map(({ ResourceChange: change }) => [
    ...[change?.LogicalResourceId, change?.Action, change?.Replacement, change?.PolicyAction],
  ]);
  expect(changes).toEqual([
    ["First", "Modify", "True", "ReplaceAndDelete"],
    ["Fourth", "Add", undefined, undefined],
    ["Second", "Modify", "Conditional", "ReplaceAndDelete"],
    ["Third", "Remove", undefined, "Retain"],
  ]);
});

test("a first change set leaves a stack that waits for review", async () => {
  const StackName = "reviewed";
  const { ChangeSetId, Status, ExecutionStatus } = await propose(local, {
    ...{ StackName, ChangeSetType: "CREATE", TemplateBody: queues("reviewed", "30") },
  });
  expect([Status, ExecutionStatus]).toEqual(["CREATE_COMPLETE", "AVAILABLE"]);
  const { cloudFormation } = local.clients;
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.StackStatus).toBe("REVIEW_IN_PROGRESS");
  await cloudFormation.send(new DeleteChangeSetCommand({ ChangeSetName: ChangeSetId }));
  const { Summaries } = await cloudFormation.send(new ListChangeSetsCommand({ StackName }));
  expect(Summaries).toEqual([]);
  const call = cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }));
  expect(await refusalOf(call)).toMatchObject({ name: "ChangeSetNotFoundException", status: 404 });
});

test("one whose import does not exist is there, but cannot be executed", async () => {
  const TemplateBody = `Resources: { Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !ImportValue no-such } } }`;
  const made = await propose(local, {
    StackName: "imports",
    ChangeSetType: "CREATE",
    TemplateBody,
  });
  expect(made).toMatchObject({ Status: "FAILED", StatusReason: "No export named no-such found" });
  const command = new ExecuteChangeSetCommand({ ChangeSetName: made.ChangeSetId });
  expect(await refusalOf(local.clients.cloudFormation.send(command))).toMatchObject({
    name: "InvalidChangeSetStatusException",
  });
});

const role = `Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      RoleName: named
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: a.amazonaws.com }, Action: "sts:AssumeRole" }]`;

test.each([
  [
    "a role with a name, unacknowledged",
    { TemplateBody: role, Capabilities: ["CAPABILITY_IAM" as const] },
    "Requires capabilities : [CAPABILITY_NAMED_IAM]",
  ],
  [
    "a template by its address",
    { TemplateURL: "https://example.com/t.yaml" },
    "TemplateURL is not part of the local AWS",
  ],
  [
    "a parameter that is not declared",
    { TemplateBody: queues("a", "1"), Parameters: [{ ParameterKey: "Size", ParameterValue: "1" }] },
    "Parameters: [Size] do not exist in the template",
  ],
  [
    "a parameter without a value",
    { TemplateBody: queues("a", "1").replace(", Default: 1", "") },
    "Parameters: [Seconds] must have values",
  ],
  [
    "a change of nothing",
    { TemplateBody: queues("a", "1"), ChangeSetType: "UPDATE" as const },
    "Stack [new] does not exist",
  ],
])("refuses %s", async (_what, wish, message) => {
  const input = { StackName: "new", ChangeSetName: "c", ChangeSetType: "CREATE" as const, ...wish };
  const call = local.clients.cloudFormation.send(new CreateChangeSetCommand(input));
  expect(await refusalOf(call)).toMatchObject({ message: expect.stringContaining(message) });
});
