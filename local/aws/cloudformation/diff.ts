import { isDeepStrictEqual } from "node:util";
import type { Json } from "../answers.ts";
import { toJson } from "../input.ts";
import { wantedOf } from "./apply.ts";
import type { Engine } from "./engine.ts";
import { inOrder, toGraph } from "./graph.ts";
import { evaluate, knownAfterApply } from "./intrinsics.ts";
import { evaluateOutputs } from "./outputs.ts";
import { referencesIn } from "./references.ts";
import { validationError } from "./refusals.ts";
import { schemaOf } from "./schema.ts";
import { type KnownResource, toScope } from "./scope.ts";
import type { Deployment, Stack, StackResource } from "./stacks.ts";
import { parseTemplate, type ResourceDeclaration, type Template } from "./template.ts";

export type Difference = {
  /** ResourceChange structures of the CloudFormation API. */
  changes: Json[];
  /** Whether a deployment would do anything at all. */
  any: boolean;
};

/** What a deployment would change in a stack; throws AWS's error where it could not even begin. */
export function toDifference(engine: Engine, stack: Stack, deployment: Deployment): Difference {
  const template = parseTemplate(deployment.template);
  const unknown = new Set<string>();
  const known = (id: string): KnownResource | undefined => {
    const { physicalId = null, attributes = {} } = stack.resources[id] ?? {};
    if (unknown.has(id)) return "unknown";
    return physicalId === null ? undefined : { physicalId, attributes };
  };
  const parameters = { ...deployment.parameters };
  const scope = toScope(engine, { stack: { ...stack, parameters }, template, known });
  const wanted = wantedOf(template, scope);
  const changes = inOrder(toGraph(template)).flatMap((id): Json[] => {
    const declaration = wanted[id];
    if (declaration === undefined) return [];
    const found = stack.resources[id];
    const old = found?.physicalId === null ? undefined : found;
    if (old === undefined) unknown.add(id);
    const properties = toJson(evaluate(declaration.Properties, scope));
    if (old === undefined) return [toNew(id, declaration, deployment.adopts[id])];
    const change = toModified({ old, declaration, properties, template });
    if (change?.Replacement === "True") unknown.add(id);
    return change === null ? [] : [change];
  });
  const removed = Object.values(stack.resources)
    .filter(({ logicalId, physicalId }) => !(logicalId in wanted) && physicalId !== null)
    .map(toRemoved);
  const all = [...changes, ...removed];
  const outputs = evaluateOutputs(template, scope);
  const tags = isDeepStrictEqual(stack.tags, deployment.tags);
  const any = all.length > 0 || !isDeepStrictEqual(stack.outputs, outputs) || !tags;
  return { changes: all, any };
}

const toNew = (
  LogicalResourceId: string,
  { Type }: ResourceDeclaration,
  PhysicalResourceId: string | undefined,
): Json => ({
  Action: PhysicalResourceId === undefined ? "Add" : "Import",
  ...{ LogicalResourceId, PhysicalResourceId, ResourceType: Type, Scope: [], Details: [] },
});

const toRemoved = (resource: StackResource): Json => ({
  Action: "Remove",
  PolicyAction: resource.deletionPolicy.startsWith("Retain") ? "Retain" : "Delete",
  ...idsOf(resource),
  ...{ Scope: [], Details: [] },
});

const idsOf = ({ logicalId, physicalId, type }: StackResource) => ({
  LogicalResourceId: logicalId,
  PhysicalResourceId: physicalId,
  ResourceType: type,
});

type Compared = {
  old: StackResource;
  declaration: ResourceDeclaration;
  properties: Json;
  template: Template;
};

function toModified({ old, declaration, properties, template }: Compared): Json | null {
  if (old.type !== declaration.Type) {
    throw validationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${old.logicalId}]`,
    );
  }
  const names = [...new Set([...Object.keys(old.properties), ...Object.keys(properties)])].filter(
    (name) => !isDeepStrictEqual(old.properties[name], properties[name]),
  );
  const details = names.map((name) => toDetail(name, { old, declaration, properties, template }));
  const policies = policiesChanged(old, declaration);
  if (details.length === 0 && policies.length === 0) return null;
  const Replacement = toReplacement(details);
  const Scope = [...new Set(details.map(({ Target }) => String(toJson(Target).Attribute)))];
  const retained = declaration.UpdateReplacePolicy.startsWith("Retain");
  const policy = { PolicyAction: retained ? "ReplaceAndRetain" : "ReplaceAndDelete" };
  return {
    ...{ Action: "Modify", ...(Replacement === "False" ? {} : policy), ...idsOf(old) },
    ...{ Replacement, Scope: [...Scope, ...policies], Details: details },
  };
}

const policiesChanged = (old: StackResource, declaration: ResourceDeclaration) => [
  ...(old.deletionPolicy === declaration.DeletionPolicy ? [] : ["DeletionPolicy"]),
  ...(old.replacePolicy === declaration.UpdateReplacePolicy ? [] : ["UpdateReplacePolicy"]),
];

/** One property that changes: whether it replaces the resource, and what made it change. */
function toDetail(name: string, { old, declaration, properties, template }: Compared): Json {
  const unknown = JSON.stringify(properties[name] ?? null).includes(knownAfterApply);
  const recreation = recreationOf(old, name, properties);
  const RequiresRecreation = unknown && recreation === "Always" ? "Conditionally" : recreation;
  const Target = {
    Attribute: name === "Tags" ? "Tags" : "Properties",
    Name: name,
    RequiresRecreation,
  };
  const [cause] = referencesIn(declaration.Properties[name]);
  const Evaluation = unknown ? "Dynamic" : "Static";
  if (cause !== undefined && cause.to in template.parameters) {
    return { Target, Evaluation, ChangeSource: "ParameterReference", CausingEntity: cause.to };
  }
  if (!unknown || cause === undefined) {
    return { Target, Evaluation, ChangeSource: "DirectModification" };
  }
  const { to, attribute } = cause;
  const entity = attribute === null ? to : `${to}.${attribute}`;
  const ChangeSource = attribute === null ? "ResourceReference" : "ResourceAttribute";
  return { Target, Evaluation, ChangeSource, CausingEntity: entity };
}

/** AWS's words: Always, Conditionally or Never. */
function recreationOf({ type, properties: before }: StackResource, name: string, properties: Json) {
  const { replacedBy = [], sometimesReplacedBy = [] } = schemaOf(type) ?? {};
  const inner = replacedBy.filter((path) => path.startsWith(`${name}.`));
  const changed = inner.some((path) => {
    const key = path.slice(name.length + 1);
    return toMember(before[name], key) !== toMember(properties[name], key);
  });
  if (replacedBy.includes(name) || changed) return "Always";
  return sometimesReplacedBy.includes(name) ? "Conditionally" : "Never";
}

const toMember = (value: unknown, key: string) =>
  typeof value === "object" && value !== null ? JSON.stringify(toJson(value)[key]) : undefined;

function toReplacement(details: readonly Json[]): "True" | "False" | "Conditional" {
  const kinds = details.map(({ Target }) => toJson(Target).RequiresRecreation);
  if (kinds.includes("Always")) return "True";
  return kinds.includes("Conditionally") ? "Conditional" : "False";
}
