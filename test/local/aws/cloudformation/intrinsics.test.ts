import { expect, test } from "vitest";
import { evaluate, type Scope } from "../../../../local/aws/cloudformation/intrinsics.ts";
import { parseYaml } from "../../../../local/aws/cloudformation/yaml.ts";

const scope: Scope = {
  values: { Name: "word", Count: "3", List: ["a", "b"], "AWS::Region": "us-west-2" },
  mappings: { Sizes: { small: { Width: 640, Rates: [25, 30] } } },
  conditions: {
    Yes: { "Fn::Equals": [{ Ref: "Name" }, "word"] },
    No: { "Fn::Not": [{ Condition: "Yes" }] },
  },
  resource: (id, attribute) => (attribute === null ? id.toLowerCase() : `${id}/${attribute}`),
  importValue: (name) => `imported ${name}`,
};

test.each([
  ["!Ref Name", "word"],
  ["!Ref Flow", "flow"],
  ["!GetAtt Flow.Source.IngestIp", "Flow/Source.IngestIp"],
  [
    `!Sub "\${Name}-\${AWS::Region}-\${Flow}-\${Flow.Arn}-\${!Name}"`,
    `word-us-west-2-flow-Flow/Arn-\${Name}`,
  ],
  [`!Sub ["\${Own}-\${Name}", { Own: !Ref Count }]`, "3-word"],
  ['!Join ["-", [a, !Ref Name]]', "a-word"],
  ["!Select [1, !Ref List]", "b"],
  ['!Select [0, !Split [":", "x:y"]]', "x"],
  ["!FindInMap [Sizes, small, Width]", 640],
  ["!If [Yes, 1, 2]", 1],
  ["!If [No, 1, 2]", 2],
  ["!And [!Condition Yes, !Not [!Condition No]]", true],
  ["!Or [!Condition No, !Equals [!Ref Count, 3]]", true],
  ["!ImportValue some-export", "imported some-export"],
  ["!Base64 hi", "aGk="],
  ['!Cidr ["10.0.0.0/24", 2, 5]', ["10.0.0.0/27", "10.0.0.32/27"]],
  ["{ a: !Ref AWS::NoValue, b: [!If [No, 1, !Ref AWS::NoValue], 2] }", { b: [2] }],
  [
    "{ Version: 2012-10-17, Condition: { Bool: { a: true } } }",
    { Version: "2012-10-17", Condition: { Bool: { a: true } } },
  ],
])("%s", (text, expected) => {
  expect(evaluate(parseYaml(text), scope)).toEqual(expected);
});

test.each([
  ["!FindInMap [Sizes, large, Width]", "Unable to get mapping for Sizes::large::Width"],
  ["!Select [7, !Ref List]", "Fn::Select cannot select nonexistent value at index 7"],
  ["!If [Maybe, 1, 2]", "Condition Maybe is not defined"],
  ['!Join ["-"]', "Fn::Join requires a list argument of 2 elements"],
])("%s is refused", (text, message) => {
  expect(() => evaluate(parseYaml(text), scope)).toThrow(message);
});
