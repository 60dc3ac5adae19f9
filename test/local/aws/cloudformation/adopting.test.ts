import { DeleteStackCommand } from "@aws-sdk/client-cloudformation";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { aLocalAws, type LocalAwsHarness } from "../../../support/aws-harness.ts";
import { deploy, eventsOf, propose, settled } from "./deploying.ts";

const StackName = "rows";
const taken = { ChangeSetType: "CREATE", ImportExistingResources: true } as const;
const keys: Omit<CreateTableCommandInput, "TableName"> = {
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  BillingMode: "PAY_PER_REQUEST",
};

type Choice = { name?: string; policy?: string; more?: string };

const table = ({ name = "rows", policy = "Retain", more = "" }: Choice) => `
Parameters: { Name: { Type: String, Default: rows } }
Resources:
  Rows:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: ${policy}
    Properties:
      TableName: ${name}
      TimeToLiveSpecification: { AttributeName: expires, Enabled: true }
      ${Object.entries(keys)
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join("\n      ")}
${more}`;

const broken = `  Broken: { Type: AWS::SSM::Parameter, DependsOn: Rows, Properties: { Type: String, Value: v, Colour: red } }`;

async function aTable({ clients }: LocalAwsHarness) {
  await clients.dynamoDb.send(new CreateTableCommand({ TableName: "rows", ...keys }));
}

async function isThere({ clients }: LocalAwsHarness): Promise<boolean> {
  const { TableNames = [] } = await clients.dynamoDb.send(new ListTablesCommand({}));
  return TableNames.includes("rows");
}

test("a change set takes over a table that is there already", async () => {
  await using local = await aLocalAws({ existingTables: false });
  await aTable(local);
  const wish = { StackName, ...taken, TemplateBody: table({}) };
  expect((await propose(local, wish)).Changes).toMatchObject([
    { ResourceChange: { Action: "Import", PhysicalResourceId: "rows" } },
  ]);
  expect((await deploy(local, wish))?.StackStatus).toBe("CREATE_COMPLETE");
  expect(await eventsOf(local, StackName)).toContain("Rows: IMPORT_COMPLETE");
  const command = new DescribeTimeToLiveCommand({ TableName: "rows" });
  const { TimeToLiveDescription } = await local.clients.dynamoDb.send(command);
  expect(TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: "ENABLED" });
});

test.each([
  ["unless it is told to", { ImportExistingResources: false }, {}],
  ["when a function tells its name", taken, { name: "!Ref Name" }],
  ["when it would go with the stack", taken, { policy: "Delete" }],
])("a table is not taken over %s", async (_when, wish, choice) => {
  await using local = await aLocalAws({ existingTables: false });
  await aTable(local);
  const TemplateBody = table(choice);
  const stack = await deploy(local, { StackName, ...taken, ...wish, TemplateBody });
  expect(stack?.StackStatus).toBe("ROLLBACK_COMPLETE");
  expect((await eventsOf(local, StackName)).join()).toMatch(/identifier 'rows' already exists/);
  expect(await isThere(local)).toBe(true);
});

test("a table of another stack is not taken over", async () => {
  await using local = await aLocalAws({ existingTables: false });
  await deploy(local, { StackName, ...taken, TemplateBody: table({}) });
  const second = { StackName: "second", ...taken, TemplateBody: table({}) };
  expect((await deploy(local, second))?.StackStatus).toBe("ROLLBACK_COMPLETE");
});

test.each([
  ["Retain", "was there", true],
  ["Retain", "was not there", true],
  ["RetainExceptOnCreate", "was there", true],
  ["RetainExceptOnCreate", "was not there", false],
])("after a failed creation, of a table with %s that %s: %s", async (policy, before, after) => {
  await using local = await aLocalAws({ existingTables: false });
  if (before === "was there") await aTable(local);
  const TemplateBody = table({ policy, more: broken });
  const stack = await deploy(local, { StackName, ...taken, TemplateBody });
  expect(stack?.StackStatus).toBe("ROLLBACK_COMPLETE");
  expect(await isThere(local)).toBe(after);
});

test("a table that outlived its stack comes into the next one", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const wish = { StackName, ...taken, TemplateBody: table({ policy: "RetainExceptOnCreate" }) };
  const first = await deploy(local, wish);
  await local.clients.cloudFormation.send(new DeleteStackCommand({ StackName }));
  await settled(local, first?.StackId ?? "");
  const second = await deploy(local, wish);
  expect(second?.StackStatus).toBe("CREATE_COMPLETE");
  expect(second?.StackId).not.toBe(first?.StackId);
});
