import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { z } from "zod";

/** The templates of infra/, in the order in which their stacks are made. */
export const templateFiles = [
  "tables.yaml",
  "srt-mediaconnect-flow.yaml",
  "multi-medialive-channels.yaml",
  "destination-channel.yaml",
] as const;
export type TemplateFile = (typeof templateFiles)[number] | "daemon-role.yaml";

export const infraFile = (name: string) => join(import.meta.dirname, "../../infra", name);

const parameter = z.strictObject({
  Type: z.enum(["String", "Number", "CommaDelimitedList"]),
  Description: z.string(),
  Default: z.union([z.string(), z.number()]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number()])).optional(),
  AllowedPattern: z.string().optional(),
  MinValue: z.number().optional(),
  MaxValue: z.number().optional(),
  ConstraintDescription: z.string().optional(),
});

const resource = z.strictObject({
  Type: z.string(),
  Condition: z.string().optional(),
  DependsOn: z.string().optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()),
});
export type Resource = z.infer<typeof resource>;

const output = z.strictObject({
  Description: z.string(),
  Value: z.unknown(),
  Condition: z.string().optional(),
  Export: z.object({ Name: z.object({ "Fn::Sub": z.string() }) }).optional(),
});

const rule = z.strictObject({
  RuleCondition: z.unknown().optional(),
  Assertions: z.array(z.strictObject({ Assert: z.unknown(), AssertDescription: z.string() })),
});

const template = z.strictObject({
  AWSTemplateFormatVersion: z.literal("2010-09-09"),
  Description: z.string(),
  Metadata: z.looseObject({
    "AWS::CloudFormation::Interface": z.object({
      ParameterGroups: z.array(
        z.object({ Label: z.object({ default: z.string() }), Parameters: z.array(z.string()) }),
      ),
    }),
  }),
  Parameters: z.record(z.string(), parameter),
  Rules: z.record(z.string(), rule).default({}),
  Mappings: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), output),
});
export type Template = z.infer<typeof template>;

/** A template with its short forms written out; throws for what CloudFormation's YAML does not have, such as a key twice. */
export function readTemplate(file: TemplateFile): Template {
  const document = parseDocument(readFileSync(infraFile(file), "utf8"));
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return template.parse(plain(document.contents));
}

/** `!Sub x` is `{"Fn::Sub": "x"}`, and `!GetAtt a.b` names resource and attribute apart. */
function plain(node: Node | null): unknown {
  if (node === null) return null;
  const value = untagged(node);
  const tag = node.tag ?? "";
  if (!tag.startsWith("!")) return value;
  if (tag === "!Ref" || tag === "!Condition") return { [tag.slice(1)]: value };
  return { [`Fn::${tag.slice(1)}`]: tag === "!GetAtt" ? apart(String(value)) : value };
}

function untagged(node: Node): unknown {
  if (isSeq<Node>(node)) return node.items.map(plain);
  if (isMap<Node, Node>(node))
    return Object.fromEntries(node.items.map(({ key, value }) => [plain(key), plain(value)]));
  if (isScalar(node)) return node.value;
  throw new Error(`CloudFormation takes no ${node.constructor.name}`);
}

const apart = (path: string) => [path.split(".")[0], path.split(".").slice(1).join(".")];

/** Every object within a value, the value itself among them. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isRecord(value)) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The resources of a type with their logical ids. */
export const resourcesOf = ({ Resources }: Template, type: string): [string, Resource][] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);
