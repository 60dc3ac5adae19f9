import {
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { DescribeTableCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { aLocalAws, type LocalAwsHarness, refusalOf } from "../../../support/aws-harness.ts";
import { deploy, eventsOf, settled } from "./deploying.ts";

const StackName = "rows";

const template = (properties: string) => `
Resources:
  Word: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: v } }
  Rows:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: rows
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      ${properties}`;

const onDemand = "BillingMode: PAY_PER_REQUEST";
const protectedRows = `${onDemand}\n      DeletionProtectionEnabled: true`;

const make = (local: LocalAwsHarness, properties: string) =>
  deploy(local, { StackName, ChangeSetType: "CREATE", TemplateBody: template(properties) });

const remove = ({ clients }: LocalAwsHarness, RetainResources?: string[]) =>
  clients.cloudFormation.send(new DeleteStackCommand({ StackName, RetainResources }));

async function tables({ clients }: LocalAwsHarness) {
  return (await clients.dynamoDb.send(new ListTablesCommand({}))).TableNames;
}

test("a stack that is protected is not deleted until somebody takes that back", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const stack = await make(local, onDemand);
  const protect = (EnableTerminationProtection: boolean) =>
    local.clients.cloudFormation.send(
      new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection }),
    );
  await protect(true);
  expect(await refusalOf(remove(local))).toMatchObject({
    name: "ValidationError",
    message: "Stack [rows] cannot be deleted while TerminationProtection is enabled",
  });
  expect(await tables(local)).toContain("rows");
  await protect(false);
  await remove(local);
  expect((await settled(local, stack?.StackId ?? ""))?.StackStatus).toBe("DELETE_COMPLETE");
  expect(await tables(local)).not.toContain("rows");
});

test("what cannot be deleted keeps its stack, until it is told to be left behind", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const stack = await make(local, protectedRows);
  expect(await refusalOf(remove(local, ["Rows"]))).toMatchObject({
    message: expect.stringContaining("only when the current stack state is DELETE_FAILED"),
  });
  await remove(local);
  expect((await settled(local, StackName))?.StackStatus).toBe("DELETE_FAILED");
  expect(await eventsOf(local, StackName)).toContainEqual(
    expect.stringMatching(/^Rows: DELETE_FAILED - .*protected against deletion/),
  );
  await remove(local, ["Rows"]);
  expect((await settled(local, stack?.StackId ?? ""))?.StackStatus).toBe("DELETE_COMPLETE");
  expect(await tables(local)).toContain("rows");
});

test("a table is billed as its template says from then on", async () => {
  await using local = await aLocalAws({ existingTables: false });
  await make(local, "ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 }");
  const update = { StackName, ChangeSetType: "UPDATE", TemplateBody: template(onDemand) } as const;
  expect((await deploy(local, update))?.StackStatus).toBe("UPDATE_COMPLETE");
  const command = new DescribeTableCommand({ TableName: "rows" });
  const { Table } = await local.clients.dynamoDb.send(command);
  expect(Table?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
});
