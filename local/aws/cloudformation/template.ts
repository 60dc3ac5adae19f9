import { z } from "zod";
import type { Json } from "../answers.ts";
import { isJson } from "../input.ts";
import { formatError } from "./refusals.ts";
import { parseYaml } from "./yaml.ts";

const figure = z.union([z.number(), z.string()]).transform(Number);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const parameter = z.strictObject({
  Type: z.string(),
  Default: scalar.optional(),
  Description: z.string().max(4000).optional(),
  AllowedValues: z.array(scalar).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: figure.optional(),
  MaxLength: figure.optional(),
  MinValue: figure.optional(),
  MaxValue: figure.optional(),
  NoEcho: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
});

export type ParameterDeclaration = z.infer<typeof parameter>;

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const policy = z.enum(["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"]);

const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: texts.default([]),
  Condition: z.string().optional(),
  DeletionPolicy: policy.default("Delete"),
  UpdateReplacePolicy: policy.default("Delete"),
  Metadata: z.unknown().optional(),
});

export type ResourceDeclaration = z.infer<typeof resource>;

const output = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.strictObject({ Name: z.unknown() }).optional(),
});

export type OutputDeclaration = z.infer<typeof output>;

const assertion = z.strictObject({
  Assert: z.unknown(),
  AssertDescription: z.string().optional(),
});

const rule = z.strictObject({
  RuleCondition: z.unknown().optional(),
  Assertions: z.array(assertion),
});

/** A template whose sections have the right form; what they refer to is looked at by `check.ts`. */
export type Template = {
  description: string | null;
  parameters: Record<string, ParameterDeclaration>;
  mappings: Json;
  conditions: Json;
  rules: Record<string, z.infer<typeof rule>>;
  resources: Record<string, ResourceDeclaration>;
  outputs: Record<string, OutputDeclaration>;
  metadata: unknown;
};

const sections = [
  ...[
    "AWSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Parameters",
    "Mappings",
    "Conditions",
  ],
  ...["Rules", "Resources", "Outputs"],
];

const parsed = new Map<string, Template>();

/**
 * Reads a template in YAML or JSON; throws CloudFormation's ValidationError for what is not one. The last ones are
 * remembered, because every look at a stack needs its template.
 */
export function parseTemplate(body: string): Template {
  const template = parsed.get(body) ?? readTemplate(body);
  parsed.delete(body);
  parsed.set(body, template);
  const [oldest] = parsed.keys();
  if (parsed.size > 20 && oldest !== undefined) parsed.delete(oldest);
  return template;
}

function readTemplate(body: string): Template {
  // Half a megabyte only through S3, 51,200 bytes in the request (CloudFormation quotas).
  if (body === "" || Buffer.byteLength(body) > 51_200) {
    throw formatError("the template must be 1 to 51200 bytes long.");
  }
  const given = parseYaml(body);
  if (!isJson(given)) throw formatError("unsupported structure.");
  if ("Transform" in given)
    throw formatError("macros and transforms are not part of the local AWS.");
  const unknown = Object.keys(given).filter((name) => !sections.includes(name));
  if (unknown.length > 0) {
    throw formatError(`Invalid template property or properties [${unknown.join(", ")}]`);
  }
  const version = given.AWSTemplateFormatVersion ?? "2010-09-09";
  if (version !== "2010-09-09")
    throw formatError("unsupported value for AWSTemplateFormatVersion.");
  return {
    description: toDescription(given.Description),
    parameters: toEntries(given, "Parameters", parameter),
    mappings: sectionOf(given, "Mappings"),
    conditions: sectionOf(given, "Conditions"),
    rules: toEntries(given, "Rules", rule),
    resources: toResources(given),
    outputs: toEntries(given, "Outputs", output),
    metadata: given.Metadata,
  };
}

function toResources(given: Json) {
  const resources = toEntries(given, "Resources", resource);
  if (Object.keys(resources).length > 0) return resources;
  throw formatError("At least one Resources member must be defined.");
}

function toDescription(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && Buffer.byteLength(value) <= 1024) return value;
  throw formatError("Description must be a text of at most 1024 bytes.");
}

function sectionOf(given: Json, section: string): Json {
  const value = given[section] ?? {};
  if (!isJson(value)) throw formatError(`[/${section}] must be an object.`);
  return value;
}

/** Logical ids are letters and digits (CloudFormation user guide, template anatomy). */
function toEntries<T>(given: Json, section: string, schema: z.ZodType<T>): Record<string, T> {
  const entries = Object.entries(sectionOf(given, section)).map(([name, value]): [string, T] => {
    if (!/^[A-Za-z0-9]{1,255}$/.test(name)) {
      throw formatError(`${section} name ${name} is non alphanumeric.`);
    }
    const { data, error } = schema.safeParse(value);
    if (error === undefined) return [name, data];
    throw formatError(toProblem(error, [section, name]));
  });
  return Object.fromEntries(entries);
}

function toProblem({ issues }: z.ZodError, path: string[]): string {
  const [issue] = issues;
  const section = path[0] ?? "";
  if (issue?.path[0] === "Type") {
    return `[/${path.join("/")}] Every ${section} object must contain a Type member.`;
  }
  return `[/${[...path, ...(issue?.path ?? [])].join("/")}] ${issue?.message ?? "is malformed"}`;
}
