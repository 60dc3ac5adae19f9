import { z } from "zod";
import type { Json } from "../answers.ts";
import { isJson, pageOf } from "../input.ts";
import { validationError } from "./refusals.ts";

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** An empty list is sent as an empty text. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === "" ? [] : value), z.array(item));

const members = z.object({
  StackName: z.string().min(1).optional(),
  ChangeSetName: z.string().min(1).optional(),
  ChangeSetType: z.enum(["CREATE", "UPDATE", "IMPORT"]).default("UPDATE"),
  ClientToken: z.string().optional(),
  ClientRequestToken: z.string().optional(),
  Description: z.string().max(8192).optional(),
  TemplateBody: z.string().min(1).optional(),
  TemplateURL: z.string().optional(),
  UsePreviousTemplate: flag.default(false),
  TemplateStage: z.enum(["Original", "Processed"]).optional(),
  Parameters: list(
    z.object({
      ParameterKey: z.string(),
      ParameterValue: z.string().optional(),
      UsePreviousValue: flag.optional(),
    }),
  ).default([]),
  Capabilities: list(z.string()).default([]),
  Tags: list(z.object({ Key: z.string(), Value: z.string() })).optional(),
  OnStackFailure: z.enum(["ROLLBACK", "DO_NOTHING", "DELETE"]).optional(),
  OnFailure: z.enum(["ROLLBACK", "DO_NOTHING", "DELETE"]).optional(),
  DisableRollback: flag.default(false),
  ImportExistingResources: flag.default(false),
  EnableTerminationProtection: flag.default(false),
  RetainResources: list(z.string()).default([]),
  LogicalResourceId: z.string().optional(),
  PhysicalResourceId: z.string().optional(),
  ExportName: z.string().optional(),
  StackStatusFilter: list(z.string()).default([]),
  NextToken: z.string().optional(),
});

/** The members of a CloudFormation request that mean something here. */
export type Asked = z.infer<typeof members>;

/** What would change a deployment, and cannot be done here, is refused by name. */
const refused = [
  ...["ResourcesToImport", "StackPolicyBody", "StackPolicyURL", "RoleARN", "ResourceTypes"],
  ...["StackPolicyDuringUpdateBody", "NotificationARNs", "IncludeNestedStacks", "DeploymentMode"],
];

export function parseRequest(form: URLSearchParams): Asked {
  const tree = toTree(form);
  const strange = refused.find((name) => !["", "false", undefined].includes(asText(tree[name])));
  if (strange !== undefined) throw validationError(`${strange} is not part of the local AWS`);
  const { data, error } = members.safeParse(tree);
  if (data !== undefined) return data;
  const problems = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw validationError(`${problems.length} validation error detected: ${problems.join("; ")}`);
}

const asText = (value: unknown) => (value === undefined ? undefined : String(value));

/** `Tags.member.1.Key=a` is `{Tags: [{Key: "a"}]}` (AWS Query protocol). */
export function toTree(form: URLSearchParams): Json {
  const tree: Json = {};
  for (const [name, value] of form) place(tree, name.split("."), value);
  const lists = toLists(tree);
  return isJson(lists) ? lists : {};
}

function place(tree: Json, [name = "", ...rest]: string[], value: string) {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const inner = tree[name];
  const next = isJson(inner) ? inner : {};
  tree[name] = next;
  place(next, rest, value);
}

function toLists(value: unknown): unknown {
  if (!isJson(value)) return value;
  if (isJson(value.member)) {
    const items = Object.entries(value.member);
    return items.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, item]) => toLists(item));
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toLists(inner)]));
}

export const requireText = (name: string, value: string | undefined): string => {
  if (value !== undefined) return value;
  throw validationError(`1 validation error detected: Value at '${name}' must not be null`);
};

/** One page of `items`, 100 at most. */
export function toPage<T>(items: readonly T[], { NextToken }: Asked) {
  const asked = { size: 100, token: NextToken, most: 100, refuse: validationError };
  const { items: some, nextToken } = pageOf(items, asked);
  return { some, NextToken: nextToken };
}
