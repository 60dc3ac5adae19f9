import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../answers.ts";
import { isJson, toJson } from "../../input.ts";
import { alreadyExists, arnOf, invalidRequest, nameOr } from "./names.ts";
import type { Context, Resource, ResourceType } from "./resource-type.ts";

const type = "AWS::DynamoDB::Table";

/** What dynalite takes of a table; the rest (streams, encryption, tags) is kept with the resource only. */
const members = [
  ...["AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema"],
  ...["LocalSecondaryIndexes", "ProvisionedThroughput"],
];

/** Real tables of the local DynamoDB. */
export const table: ResourceType = {
  type,
  create: async (context, properties) => {
    const name = nameOr(context, properties.TableName, 255);
    if ((await namesOf(context)).includes(name)) throw alreadyExists(type, name);
    const given = Object.entries(properties).filter(([member]) => members.includes(member));
    const input = { TableName: name, ...Object.fromEntries(given) };
    await context.dynamoDb.call("CreateTable", input);
    await untilActive(context, name);
    await set(context, name, properties);
    return toResource(context, name, properties);
  },
  update: async (context, { physicalId, properties: before }, properties) => {
    // Another key would need another table (CloudFormation: some properties replace only sometimes).
    for (const member of ["KeySchema", "LocalSecondaryIndexes", "GlobalSecondaryIndexes"]) {
      if (JSON.stringify(before[member]) === JSON.stringify(properties[member])) continue;
      throw invalidRequest(
        `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${physicalId} and update the stack again.`,
      );
    }
    const billed = pickBilled(properties);
    if (!isDeepStrictEqual(billed, pickBilled(before))) {
      await context.dynamoDb.call("UpdateTable", { TableName: physicalId, ...billed });
    }
    await set(context, physicalId, properties);
    return toResource(context, physicalId, properties);
  },
  remove: async ({ dynamoDb }, { physicalId, properties }) => {
    if (properties.DeletionProtectionEnabled === true) {
      throw invalidRequest(
        `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
      );
    }
    await dynamoDb.call("DeleteTable", { TableName: physicalId });
  },
  existing: {
    name: "TableName",
    list: namesOf,
    adopt: async (context, name, properties) => {
      await set(context, name, properties);
      return toResource(context, name, properties);
    },
  },
};

/** A hundred at most, which is more than a local world has. */
async function namesOf({ dynamoDb }: Pick<Context, "dynamoDb">): Promise<string[]> {
  const { TableNames } = await dynamoDb.call("ListTables", {});
  return Array.isArray(TableNames) ? TableNames.map(String) : [];
}

const pickBilled = ({ BillingMode, ProvisionedThroughput }: Json) => ({
  BillingMode,
  ProvisionedThroughput,
});

/** What DynamoDB takes in calls of their own; TimeToLive is refused when it already is as asked. */
async function set({ dynamoDb }: Context, TableName: string, properties: Json) {
  const { TimeToLiveSpecification, PointInTimeRecoverySpecification } = properties;
  if (isJson(TimeToLiveSpecification)) {
    const { TimeToLiveDescription } = await dynamoDb.call("DescribeTimeToLive", { TableName });
    const enabled = toJson(TimeToLiveDescription).TimeToLiveStatus === "ENABLED";
    if (enabled !== (TimeToLiveSpecification.Enabled === true)) {
      await dynamoDb.call("UpdateTimeToLive", { TableName, TimeToLiveSpecification });
    }
  }
  if (isJson(PointInTimeRecoverySpecification)) {
    await dynamoDb.call("UpdateContinuousBackups", { TableName, PointInTimeRecoverySpecification });
  }
}

async function untilActive({ dynamoDb }: Context, name: string) {
  let status: unknown;
  while (status !== "ACTIVE") {
    const { Table } = await dynamoDb.call("DescribeTable", { TableName: name });
    status = toJson(Table).TableStatus;
  }
}

function toResource({ site }: Context, name: string, { StreamSpecification }: Json): Resource {
  const Arn = arnOf(site, "dynamodb", `table/${name}`);
  const stream = isJson(StreamSpecification)
    ? { StreamArn: `${Arn}/stream/2026-01-01T00:00:00.000` }
    : {};
  return { physicalId: name, attributes: { Arn, ...stream } };
}
