import { toGraph } from "./graph.ts";
import { isFunction } from "./intrinsics.ts";
import { checkParameters } from "./parameters.ts";
import {
  eachFunction,
  functionOf,
  pseudoParameters,
  type Reference,
  referencesIn,
} from "./references.ts";
import { formatError, templateError } from "./refusals.ts";
import { schemaOf } from "./schema.ts";
import type { Template } from "./template.ts";
import { typeOf } from "./types/index.ts";

/** Refuses what CloudFormation finds wrong in a template before it looks at any value. */
export function checkTemplate(template: Template) {
  const { resources, outputs, conditions, rules } = template;
  checkParameters(template);
  checkTypes(template);
  for (const part of [resources, outputs, conditions, rules]) checkFunctions(part);
  checkConditions(template);
  checkDependsOn(template);
  for (const { Properties } of Object.values(resources)) {
    checkReferences(template, Properties, "Resources");
  }
  for (const { Value, Export } of Object.values(outputs)) {
    checkReferences(template, [Value, Export], "Outputs");
  }
  toGraph(template);
}

function checkTypes({ resources }: Template) {
  const unknown = Object.values(resources)
    .map(({ Type }) => Type)
    .filter((type) => typeOf(type) === undefined);
  if (unknown.length > 0) {
    throw formatError(`Unrecognized resource types: [${[...new Set(unknown)].join(", ")}]`);
  }
}

function checkFunctions(part: unknown) {
  eachFunction(part, (name) => {
    if (!isFunction(name)) throw templateError(`${name} is not a function`);
  });
}

/** Conditions are made of parameters and other conditions only, and whoever names one must find it. */
function checkConditions(template: Template) {
  const { conditions, resources, outputs } = template;
  const used = [...Object.values(resources), ...Object.values(outputs)].flatMap(
    ({ Condition }) => Condition ?? [],
  );
  eachFunction([resources, outputs, conditions], (name, argument) => {
    if (name === "Condition") used.push(String(argument));
    if (name === "Fn::If") used.push(String([argument].flat()[0]));
  });
  const unknown = [...new Set(used)].filter((name) => !(name in conditions));
  if (unknown.length > 0) {
    throw formatError(
      `Unresolved condition dependency ${unknown.join(", ")} in the Conditions block of the template`,
    );
  }
  for (const [name, value] of Object.entries(conditions)) requireBoolean(template, name, value);
}

const booleans = ["Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or", "Condition"];

function requireBoolean(template: Template, name: string, value: unknown) {
  const found = functionOf(value);
  const own = new Set(referencesIn(value).map(({ to }) => to));
  const known = (id: string) => id in template.parameters || pseudoParameters.includes(id);
  if (found === null || !booleans.includes(found.name)) {
    throw formatError(
      "Conditions can only be boolean operations on parameters and other conditions",
    );
  }
  const unknown = [...own].filter((id) => !known(id));
  if (unknown.length > 0) {
    throw formatError(
      `Unresolved dependencies [${unknown.join(", ")}]. Cannot reference resources in the Conditions block of the template`,
    );
  }
  requireEnd(template, name, [name]);
}

/** Follows a condition through the conditions that it names; one that comes back to itself has no value. */
function requireEnd(template: Template, name: string, path: readonly string[]) {
  eachFunction(template.conditions[name], (kind, argument) => {
    if (kind !== "Condition") return;
    const next = String(argument);
    if (path.includes(next))
      throw formatError(`Circular condition dependency: [${path.join(", ")}]`);
    requireEnd(template, next, [...path, next]);
  });
}

function checkDependsOn({ resources }: Template) {
  const named = Object.values(resources).flatMap(({ DependsOn }) => DependsOn);
  const unknown = named.filter((id) => !(id in resources));
  if (unknown.length > 0) throw unresolved(unknown, "Resources");
}

const unresolved = (ids: readonly string[], block: string) =>
  formatError(
    `Unresolved resource dependencies [${[...new Set(ids)].join(", ")}] in the ${block} block of the template`,
  );

function checkReferences(template: Template, value: unknown, block: "Resources" | "Outputs") {
  const { parameters, resources } = template;
  const known = (id: string) => id in parameters || pseudoParameters.includes(id);
  const references = referencesIn(value).filter(({ to }) => !known(to));
  const unknown = references.filter(({ to }) => !(to in resources));
  const attribute = unknown.find((each) => each.attribute !== null);
  if (attribute !== undefined) {
    throw templateError(`instance of Fn::GetAtt references undefined resource ${attribute.to}`);
  }
  if (unknown.length > 0)
    throw unresolved(
      unknown.map(({ to }) => to),
      block,
    );
  for (const reference of references) requireAttribute(template, reference);
}

function requireAttribute({ resources }: Template, { to, attribute }: Reference) {
  const type = resources[to]?.Type ?? "";
  if (attribute === null || schemaOf(type)?.attributes.includes(attribute)) return;
  throw templateError(`resource ${to} does not support attribute type ${attribute} in Fn::GetAtt`);
}
