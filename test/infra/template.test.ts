import { describe, expect, it } from "vitest";
import { stackKinds } from "../../infra/stacks.ts";
import {
  compareTemplates,
  exportsIn,
  namesInClear,
  parseTemplate,
  readTemplate,
  seal,
} from "../../infra/template.ts";

const text = `
Parameters:
  Rate: { Type: Number, Default: 30, MinValue: 1, MaxValue: 60, Description: Frames }
  Secret: { Type: String, NoEcho: true }
Resources:
  Flow: { Type: "AWS::MediaConnect::Flow" }
Outputs:
  A: { Value: !GetAtt Flow.FlowArn, Export: { Name: !Sub "\${Project}-\${Environment}-a" } }
  B: { Value: !Sub "srt://\${Flow.SourceIp}" }
`;

describe("parseTemplate", () => {
  it("reads what a template declares, short forms of functions too", () => {
    const template = parseTemplate(text, "x.yaml");
    expect(template.parameters).toMatchObject([
      { name: "Rate", default: "30", least: 1, most: 60, isSecret: false },
      { name: "Secret", default: null, isSecret: true },
    ]);
    expect(template.resources).toEqual([{ logicalId: "Flow", type: "AWS::MediaConnect::Flow" }]);
    expect(exportsIn(template, { project: "show", environment: "prod" })).toEqual([
      { name: "show-prod-a", logicalId: "Flow" },
    ]);
  });

  it.each(Object.values(stackKinds))("reads $template", async ({ template, handedOn }) => {
    const { parameters, resources } = await readTemplate(template);
    const names = parameters.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["Project", "Environment", ...Object.keys(handedOn)]),
    );
    expect(resources.length).toBeGreaterThan(0);
  });

  it.each([
    ["no YAML", "a: [", /infra\/x.yaml is not a CloudFormation template/],
    ["no template", "a: 1", /infra\/x.yaml is not a CloudFormation template/],
    ["too long", `${text}# ${"x".repeat(51_200)}`, /longer than the 51200 bytes/],
  ])("refuses what is %s", (_what, words, message) => {
    expect(() => parseTemplate(words, "x.yaml")).toThrow(message);
  });
});

describe("compareTemplates", () => {
  it.each([
    ["same", seal(text), text],
    ["same", text, text],
    ["older", seal(`${text}# before`), text],
    ["edited", seal(text).replace("Rate", "Speed"), text],
    ["edited", `${text}# by hand`, text],
  ])("tells what is %s", (answer, deployed, file) => {
    expect(compareTemplates(deployed, file, {})).toBe(answer);
  });

  it("knows the names that a table was deployed under", () => {
    const file = `${text}\n      TableName: !Ref OpsTableName`;
    const deployed = seal(namesInClear(file, { OpsTableName: "show-ops" }));
    expect(deployed).toContain('\n      TableName: "show-ops"\n');
    expect(compareTemplates(deployed, file, { OpsTableName: "show-ops" })).toBe("same");
    expect(compareTemplates(deployed, file, { OpsTableName: "other" })).toBe("older");
  });
});
