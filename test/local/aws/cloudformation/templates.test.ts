import { readFileSync } from "node:fs";
import { DeleteStackCommand, DescribeStackResourcesCommand } from "@aws-sdk/client-cloudformation";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { aLocalAws } from "../../../support/aws-harness.ts";
import { deploy, outputsOf, settled } from "./deploying.ts";

const template = (name: string) =>
  readFileSync(new URL(`../../../../infra/${name}.yaml`, import.meta.url), "utf8");

test("the tables' template makes real tables, which outlive its stack", async () => {
  await using local = await aLocalAws();
  const StackName = "patchbay-prod-tables";
  const stack = await deploy(local, {
    StackName,
    ChangeSetType: "CREATE",
    TemplateBody: template("tables"),
    Parameters: { OpsTableName: "new-ops", CreateExistingTables: "false" },
  });
  expect(stack?.StackStatus).toBe("CREATE_COMPLETE");
  expect(outputsOf(stack)).toMatchObject({ OpsTableName: "new-ops" });

  await local.clients.cloudFormation.send(new DeleteStackCommand({ StackName }));
  const gone = await settled(local, stack?.StackId ?? "");
  expect(gone?.StackStatus).toBe("DELETE_COMPLETE");
  const { TableNames } = await local.clients.dynamoDb.send(new ListTablesCommand({}));
  expect(TableNames).toContain("new-ops");
  const { StackResources: resources } = await local.clients.cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: stack?.StackId ?? "" }),
  );
  expect(resources?.[0]).toMatchObject({ ResourceStatus: "DELETE_SKIPPED" });
});
