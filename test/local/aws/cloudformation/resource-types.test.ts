import { readdirSync, readFileSync } from "node:fs";
import { DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { expect, test } from "vitest";
import { checkProperties, schemaOf } from "../../../../local/aws/cloudformation/schema.ts";
import { resourceTypes } from "../../../../local/aws/cloudformation/types/index.ts";
import { checkPolicy } from "../../../../local/aws/cloudformation/types/policy-document.ts";
import { aLocalAws } from "../../../support/aws-harness.ts";
import { deploy } from "./deploying.ts";

const folder = new URL("../../../../local/aws/cloudformation/schemas/", import.meta.url);

test("every type has a schema, and every schema a type", () => {
  const described = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), "utf8").matchAll(/^(AWS::\S+):$/gm)].map(
      ([, type]) => type,
    ),
  );
  expect(described.toSorted()).toEqual(resourceTypes.map(({ type }) => type).toSorted());
});

const problemsOf = (type: string, properties: Record<string, unknown>) => {
  const schema = schemaOf(type);
  return schema === undefined ? [] : checkProperties(schema, properties).problems;
};

test.each([
  ["AWS::SQS::Queue", { Colour: "red" }, "Encountered unsupported property Colour"],
  ["AWS::SQS::Queue", { Tags: [{ Key: "a" }] }, "#/Tags/0: required key [Value] not found"],
  [
    "AWS::SQS::Queue",
    { DelaySeconds: "soon" },
    "#/DelaySeconds: Value of property must be of type integer",
  ],
  ["AWS::MediaConnect::Flow", { Name: "a" }, "#: required key [Source] not found"],
  [
    "AWS::MediaConnect::Flow",
    { Name: "a", Source: { Protocol: "SRT-LISTENER" } },
    "#/Source/Protocol: SRT-LISTENER is not a valid enum value",
  ],
  [
    "AWS::MediaLive::Channel",
    { EncoderSettings: { Rtmp: {} } },
    "Encountered unsupported property Rtmp in EncoderSettings",
  ],
])("%s with %o is refused", (type, properties, problem) => {
  expect(problemsOf(type, properties)).toContain(problem);
});

test("texts become the numbers and booleans that they stand for", () => {
  const schema = schemaOf("AWS::SQS::Queue");
  const given = { DelaySeconds: "5", FifoQueue: "true", QueueName: 7 };
  expect(schema && checkProperties(schema, given).properties).toEqual({
    ...{ DelaySeconds: 5, FifoQueue: true, QueueName: "7" },
  });
});

const allow = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };

test.each([
  ["identity", { ...allow, Principal: "*" }, "should not specify a principal"],
  ["identity", { ...allow, Action: "SendMessage" }, "must be prefaced by a vendor"],
  ["identity", { ...allow, Resource: "my-queue" }, 'must be in ARN format or "*"'],
  ["identity", { ...allow, Effect: "allow" }, "Effect must be Allow or Deny"],
  ["trust", { ...allow, Principal: "*" }, "prohibited field Resource"],
  ["resource", allow, "Missing required field Principal"],
] as const)("a malformed %s policy is refused", (kind, statement, message) => {
  expect(() => checkPolicy({ Version: "2012-10-17", Statement: [statement] }, kind)).toThrow(
    message,
  );
});

test("a generated secret is used where it is referred to, and shown nowhere else", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const TemplateBody = `Resources:
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { Name: word, GenerateSecretString: { ExcludePunctuation: true } } }
  Copy:
    Type: AWS::SSM::Parameter
    DependsOn: Secret
    Properties: { Name: copy, Type: String, Value: "{{resolve:secretsmanager:word}}" }`;
  const stack = await deploy(local, { StackName: "secret", ChangeSetType: "CREATE", TemplateBody });
  expect(stack?.StackStatus).toBe("CREATE_COMPLETE");
  const [copy] = local.aws.made.list("AWS::SSM::Parameter");
  const value = String(copy?.attributes.Value);
  expect(value).toMatch(/^[A-Za-z0-9]{32}$/);
  const { cloudFormation } = local.clients;
  const told = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: "secret" }));
  expect(JSON.stringify(told.StackEvents)).not.toContain(value);
});
