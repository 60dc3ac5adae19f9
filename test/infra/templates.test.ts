import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  infraFile,
  isRecord,
  objectsIn,
  readTemplate,
  templateFiles,
} from "../support/templates.ts";

/** What CloudFormation takes with a request (CloudFormation quotas, template body size). */
const mostBytes = 51_200;

/** Names of the existing system's stacks, which must not be made or reused (legacy contract and its templates). */
const takenExports = [
  "mediaconnect-flow-arn",
  "mediaconnect-flow-name",
  "mediaconnect-ingest-url",
  "mediaconnect-manager-arn",
  "mediaconnect-manager-name",
  "mediaconnect-alarm-topic",
  "medialive-role-arn",
  "medialive-access-role-arn",
  "medialive-channel-id",
  "medialive-channel-arn",
  "channel-id",
  "hls-url",
  "vpc-id",
  "subnet-ids",
  "sg-id",
  "input-id",
  "primary-input-id",
  "backup-input-id",
  "rtmp-endpoint",
  "rtmp-server",
  "rtmp-key",
  "primary-rtmp-endpoint",
  "backup-rtmp-endpoint",
  "destinations-table",
  "presets-table",
  "sessions-table",
  "kms-key",
  "lambda-role-arn",
  "api-url",
  "dynamic-streaming-api-url",
  "dynamic-streaming-lambda-arn",
  "dynamic-destinations-table",
  "primary-output-arn",
  "youtube-output-arn",
  "twitch-output-arn",
  "linkedin-output-arn",
  "custom-output-arn",
];

const platforms = ["primary", "youtube", "twitch", "linkedin", "custom"];

const takenNames = [
  "medialive-role",
  "medialive-access-role",
  "mediaconnect-role",
  "mediaconnect-manager-role",
  "lambda-role",
  "dynamic-streaming-lambda-role",
  "rtmp-router",
  "srt-router",
  "channel",
  ...platforms.map((platform) => `${platform}-channel`),
  ...platforms.map((platform) => `${platform}-input`),
  "srt-input",
  "rtmp-input",
  "input-primary",
  "input-backup",
  "hls",
  "multi-destination-api",
  "dynamic-streaming-api",
  "mediaconnect-manager",
  "mediaconnect-alerts",
  "mediaconnect-flow-health",
  ...platforms.map((platform) => `${platform}-channel-health`),
];

/** Properties by which a resource is called in its service. */
const nameProperties = [
  "Name",
  "RoleName",
  "QueueName",
  "TopicName",
  "AlarmName",
  "ChannelGroupName",
];

const ours = `\${Project}-\${Environment}-`;
const templates = templateFiles.map((file) => ({ file, ...readTemplate(file) }));
const exportsOf = ({ Outputs }: (typeof templates)[number]) =>
  Object.values(Outputs).flatMap(({ Export }) => (Export ? [Export.Name["Fn::Sub"]] : []));

/** What is named by Ref, GetAtt, Sub and If, without AWS's own. */
function namedIn(value: unknown): { resources: string[]; conditions: string[] } {
  const objects = objectsIn(value);
  const refs = objects.flatMap(({ Ref }) => (typeof Ref === "string" ? [Ref] : []));
  const attributes = objects.flatMap(({ "Fn::GetAtt": path }) =>
    Array.isArray(path) ? [String(path[0])] : [],
  );
  const words = objects.flatMap(({ "Fn::Sub": text }) =>
    [...String(text ?? "").matchAll(/\$\{([^}.]+)/g)].map(([, name = ""]) => name),
  );
  const ifs = objects.flatMap(({ "Fn::If": choice }) =>
    Array.isArray(choice) ? [String(choice[0])] : [],
  );
  const others = objects.flatMap(({ Condition }) =>
    typeof Condition === "string" ? [Condition] : [],
  );
  return {
    resources: [...refs, ...attributes, ...words].filter((name) => !name.startsWith("AWS::")),
    conditions: [...ifs, ...others],
  };
}

describe.each(templates)("$file", (template) => {
  const { file, Parameters, Resources, Conditions, Outputs, Rules, Mappings, Metadata } = template;

  it("can be sent with a request", () => {
    expect(statSync(infraFile(file)).size).toBeLessThan(mostBytes);
    expect(template.Description.length).toBeLessThanOrEqual(1024);
  });

  it("refers to nothing that is not there", () => {
    const named = namedIn([Resources, Conditions, Outputs, Rules]);
    const there = [...Object.keys(Parameters), ...Object.keys(Resources)];
    expect(named.resources.filter((name) => !there.includes(name))).toEqual([]);
    expect(named.conditions.filter((name) => !(name in Conditions))).toEqual([]);
  });

  it("looks up what its mappings have", () => {
    const lookups = objectsIn([Resources, Conditions]).flatMap(({ "Fn::FindInMap": path }) =>
      Array.isArray(path) ? [path] : [],
    );
    const missing = lookups.filter(([map, row, column]) => {
      const rows = Object.entries(Mappings[String(map)] ?? {});
      const meant = rows.filter(([name]) => typeof row !== "string" || row === name);
      const lacks = ([, columns]: (typeof rows)[number]) =>
        typeof column === "string" && !(column in columns);
      return meant.length === 0 || meant.some(lacks);
    });
    expect(missing).toEqual([]);
  });

  it("depends on what it has", () => {
    const needed = Object.values(Resources).flatMap(({ DependsOn }) => DependsOn ?? []);
    expect(needed.filter((id) => !(id in Resources))).toEqual([]);
  });

  it("uses every parameter and condition", () => {
    const named = namedIn([Resources, Conditions, Outputs, Rules]);
    expect(Object.keys(Parameters).filter((name) => !named.resources.includes(name))).toEqual([]);
    expect(Object.keys(Conditions).filter((name) => !named.conditions.includes(name))).toEqual([]);
  });

  it("shows its parameters in groups, each once", () => {
    const groups = Metadata["AWS::CloudFormation::Interface"].ParameterGroups;
    expect(groups.flatMap((group) => group.Parameters).toSorted()).toEqual(
      Object.keys(Parameters).toSorted(),
    );
  });

  it("says of each parameter what it is for, and of a rule what would be right", () => {
    for (const [name, each] of Object.entries(Parameters)) {
      expect(each.Description, name).toMatch(/^[a-zA-Z0-9].{10,}$/);
      const isBounded = each.AllowedPattern !== undefined || each.MinValue !== undefined;
      if (isBounded)
        expect(each.ConstraintDescription, name).toMatch(/^must be .*(, for example | in UTC)/);
    }
  });

  it("has defaults that it accepts", () => {
    for (const [name, each] of Object.entries(Parameters)) {
      if (each.Default === undefined) continue;
      if (each.AllowedPattern !== undefined)
        expect(`${each.Default}`, name).toMatch(new RegExp(each.AllowedPattern));
      if (each.AllowedValues !== undefined) expect(each.AllowedValues).toContain(each.Default);
    }
  });

  it("begins its names and exports with project and environment, and takes none that is taken", () => {
    const names = Object.values(Resources).flatMap(({ Properties }) =>
      nameProperties.flatMap((property) => Properties[property] ?? []),
    );
    const full = names.flatMap((name) => (isRecord(name) ? [String(name["Fn::Sub"])] : []));
    const all = [...full, ...exportsOf(template)];
    expect(all.filter((name) => !name.startsWith(ours))).toEqual([]);
    const taken = [...takenNames, ...takenExports].map((name) => `${ours}${name}`);
    expect(all.filter((name) => taken.includes(name))).toEqual([]);
  });

  it("names no zone, no region and no account of its own", () => {
    const text = JSON.stringify(Resources);
    expect(text).not.toMatch(/\b(us|eu|ap|sa|ca)-[a-z]+-\d/);
    expect(text).not.toMatch(/\b\d{12}\b/);
    const zones = objectsIn(Resources).flatMap(({ AvailabilityZone }) => AvailabilityZone ?? []);
    expect(zones.filter((zone) => !isRecord(zone))).toEqual([]);
  });

  it("marks what it makes with the project", () => {
    const unmarked = Object.entries(Resources).filter(
      ([, { Properties }]) => !JSON.stringify(Properties.Tags ?? "").includes('{"Ref":"Project"}'),
    );
    expect(
      unmarked.map(([, { Type }]) => Type).filter((type) => !untaggable.includes(type)),
    ).toEqual([]);
  });
});

/** Types that have no tags, or whose tags nobody reads. */
const untaggable = [
  "AWS::CloudWatch::Alarm",
  "AWS::Events::Rule",
  "AWS::MediaConnect::FlowOutput",
  "AWS::MediaConnect::FlowSource",
  "AWS::MediaPackageV2::OriginEndpointPolicy",
  "AWS::SQS::QueuePolicy",
];

it("exports no name twice", () => {
  const names = templates.flatMap(exportsOf);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toContain(`${ours}srt-flow-arn`);
});

it("imports what another template exports", () => {
  const imports = templates.flatMap(({ Resources }) =>
    objectsIn(Resources).flatMap(({ "Fn::ImportValue": name }) =>
      isRecord(name) ? [name["Fn::Sub"]] : [],
    ),
  );
  expect(imports).not.toEqual([]);
  expect(templates.flatMap(exportsOf)).toEqual(expect.arrayContaining(imports));
});
