import { ValidateTemplateCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkTemplate } from "../../../../local/aws/cloudformation/check.ts";
import { parseTemplate } from "../../../../local/aws/cloudformation/template.ts";
import { aLocalAws, type LocalAwsHarness, refusalOf } from "../../../support/aws-harness.ts";

const queue = "Q: { Type: AWS::SQS::Queue }";

const wrong: [what: string, template: string, message: string][] = [
  ["no object", "just words", "unsupported structure."],
  ["broken YAML", "Resources: [", "YAML not well-formed. (line 1"],
  ["a key twice", `Resources:\n  ${queue}\n  ${queue}`, "Map keys must be unique"],
  ["an unknown tag", `Resources: { Q: { Type: AWS::SQS::Queue, Properties: !Oops 1 } }`, "!Oops"],
  ["an unknown section", `Resource: {}`, "Invalid template property or properties [Resource]"],
  ["a transform", `Transform: AWS::Serverless-2016-10-31\nResources: { ${queue} }`, "transforms"],
  ["no resources", "Resources: {}", "At least one Resources member must be defined."],
  ["no type", "Resources: { Q: {} }", "Every Resources object must contain a Type member."],
  [
    "an unknown type",
    "Resources: { Q: { Type: AWS::SQS::Tail } }",
    "Unrecognized resource types: [AWS::SQS::Tail]",
  ],
  [
    "an unknown attribute of a resource",
    "Resources: { Q: { Type: AWS::SQS::Queue, Property: {} } }",
    "Property",
  ],
  [
    "an unknown parameter type",
    `Parameters: { P: { Type: Text } }\nResources: { ${queue} }`,
    "Unrecognized parameter type: Text",
  ],
  [
    "a default that is not allowed",
    `Parameters: { P: { Type: String, Default: c, AllowedValues: [a, b] } }\nResources: { ${queue} }`,
    "Parameter 'P' must be one of AllowedValues",
  ],
  [
    "Ref to nothing",
    "Resources: { Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref Nothing } } }",
    "Unresolved resource dependencies [Nothing] in the Resources block of the template",
  ],
  [
    "Sub of nothing",
    `Resources: { Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "a-\${Nothing}" } } }`,
    "Unresolved resource dependencies [Nothing]",
  ],
  [
    "GetAtt of nothing",
    "Resources: { Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt Nothing.Arn } } }",
    "instance of Fn::GetAtt references undefined resource Nothing",
  ],
  [
    "an attribute that is not there",
    `Resources: { ${queue} }\nOutputs: { O: { Value: !GetAtt Q.Length } }`,
    "resource Q does not support attribute type Length in Fn::GetAtt",
  ],
  [
    "an output of nothing",
    `Resources: { ${queue} }\nOutputs: { O: { Value: !Ref Nothing } }`,
    "in the Outputs block of the template",
  ],
  [
    "DependsOn nothing",
    "Resources: { Q: { Type: AWS::SQS::Queue, DependsOn: Nothing } }",
    "Unresolved resource dependencies [Nothing]",
  ],
  [
    "a circle",
    "Resources: { A: { Type: AWS::SQS::Queue, DependsOn: B }, B: { Type: AWS::SQS::Queue, DependsOn: A } }",
    "Circular dependency between resources: [A, B]",
  ],
  [
    "an unknown condition",
    "Resources: { Q: { Type: AWS::SQS::Queue, Condition: Never } }",
    "Unresolved condition dependency Never",
  ],
  [
    "a condition on a resource",
    `Conditions: { C: !Equals [!Ref Q, a] }\nResources: { ${queue} }`,
    "Cannot reference resources in the Conditions block of the template",
  ],
  [
    "an unknown function",
    "Resources: { Q: { Type: AWS::SQS::Queue, Properties: { QueueName: { Fn::Magic: 1 } } } }",
    "Fn::Magic",
  ],
];

test.each(wrong)("refuses %s", (_what, template, message) => {
  expect(() => checkTemplate(parseTemplate(template))).toThrow(message);
});

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws({ existingTables: false });
});
afterAll(() => local[Symbol.asyncDispose]());

test("a client hears of it as a ValidationError", async () => {
  const command = new ValidateTemplateCommand({ TemplateBody: "Resources: {}" });
  expect(await refusalOf(local.clients.cloudFormation.send(command))).toEqual({
    name: "ValidationError",
    message: "Template format error: At least one Resources member must be defined.",
    status: 400,
  });
});

test("a template in JSON is as good as one in YAML", async () => {
  const TemplateBody = JSON.stringify({
    Description: "one queue",
    Parameters: { Name: { Type: "String", Default: "q" } },
    Resources: { Q: { Type: "AWS::SQS::Queue", Properties: { QueueName: { Ref: "Name" } } } },
  });
  const answer = await local.clients.cloudFormation.send(
    new ValidateTemplateCommand({ TemplateBody }),
  );
  expect(answer).toMatchObject({
    Description: "one queue",
    Parameters: [{ ParameterKey: "Name", DefaultValue: "q", NoEcho: false }],
  });
});
