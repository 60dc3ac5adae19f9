import { isDeepStrictEqual } from "node:util";
import type { Json } from "../answers.ts";
import { isJson } from "../input.ts";
import { cidrBlocks } from "./cidr.ts";
import { functionOf, placeholders, toAddress, toReference } from "./references.ts";
import { templateError } from "./refusals.ts";

/** What the functions of a template are evaluated against. */
export type Scope = {
  /** Parameters and pseudo parameters by name. */
  values: Readonly<Json>;
  mappings: Readonly<Json>;
  conditions: Readonly<Json>;
  /** What `Ref` (attribute null) or `Fn::GetAtt` of a resource gives. */
  resource(logicalId: string, attribute: string | null): unknown;
  importValue(name: string): unknown;
};

/** Stands for AWS::NoValue until the member that holds it is left out. */
export const noValue = Symbol("AWS::NoValue");

/** What a change set shows for a value that only the deployment will tell (CloudFormation user guide). */
export const knownAfterApply = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** Evaluates every function in a value; members that are AWS::NoValue are left out. */
export function evaluate(value: unknown, scope: Scope): unknown {
  const found = functionOf(value);
  if (found !== null) return call(found.name, found.argument, scope);
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== noValue);
  }
  if (!isJson(value)) return value;
  const members = Object.entries(value)
    .map(([name, inner]): [string, unknown] => [name, evaluate(inner, scope)])
    .filter(([, inner]) => inner !== noValue);
  return Object.fromEntries(members);
}

/** Whether a condition of the template holds. */
export function holds(name: string, scope: Scope): boolean {
  if (!(name in scope.conditions)) throw templateError(`Condition ${name} is not defined`);
  return evaluate(scope.conditions[name], scope) === true;
}

type Call = (argument: unknown, scope: Scope) => unknown;

function call(name: string, argument: unknown, scope: Scope): unknown {
  const run = calls[name];
  if (run === undefined) throw templateError(`${name} is not part of the local AWS`);
  return run(argument, scope);
}

const calls: Record<string, Call> = {
  Ref: (name, scope) => refer(String(name), scope),
  Condition: (name, scope) => holds(String(name), scope),
  "Fn::GetAtt": (argument, scope) => {
    const { to, attribute } = toAddress(argument);
    return scope.resource(to, attribute ?? "");
  },
  "Fn::Sub": substitute,
  "Fn::If": (argument, scope) => {
    const [condition, yes, no] = toList("Fn::If", argument, 3);
    return evaluate(holds(String(condition), scope) ? yes : no, scope);
  },
  "Fn::Equals": (argument, scope) => {
    const [left, right] = toList("Fn::Equals", argument, 2).map((each) => evaluate(each, scope));
    return isDeepStrictEqual(toText(left), toText(right));
  },
  "Fn::And": (argument, scope) =>
    toList("Fn::And", argument).every((each) => evaluate(each, scope) === true),
  "Fn::Or": (argument, scope) =>
    toList("Fn::Or", argument).some((each) => evaluate(each, scope) === true),
  "Fn::Not": (argument, scope) => evaluate(toList("Fn::Not", argument, 1)[0], scope) !== true,
  "Fn::Join": (argument, scope) => {
    const [separator, items] = toList("Fn::Join", argument, 2);
    return toItems("Fn::Join", evaluate(items, scope)).map(String).join(String(separator));
  },
  "Fn::Split": (argument, scope) => {
    const [separator, text] = toList("Fn::Split", argument, 2);
    return String(evaluate(text, scope)).split(String(separator));
  },
  "Fn::Select": (argument, scope) => {
    const [index, items] = toList("Fn::Select", argument, 2).map((each) => evaluate(each, scope));
    if (items === knownAfterApply) return items;
    const chosen = toItems("Fn::Select", items)[Number(index)];
    if (chosen !== undefined) return chosen;
    throw templateError(`Fn::Select cannot select nonexistent value at index ${String(index)}`);
  },
  "Fn::FindInMap": findInMap,
  "Fn::ImportValue": (name, scope) => scope.importValue(String(evaluate(name, scope))),
  "Fn::Base64": (text, scope) => Buffer.from(String(evaluate(text, scope))).toString("base64"),
  "Fn::Cidr": (argument, scope) => {
    const [block, count, bits] = toList("Fn::Cidr", argument).map((each) => evaluate(each, scope));
    return cidrBlocks(String(block), Number(count), Number(bits ?? 8));
  },
  "Fn::GetAZs": (_region, scope) =>
    ["a", "b", "c", "d"].map((zone) => `${scope.values["AWS::Region"]}${zone}`),
  "Fn::Contains": (argument, scope) => {
    const [items, one] = toList("Fn::Contains", argument, 2).map((each) => evaluate(each, scope));
    return toItems("Fn::Contains", items).map(String).includes(String(one));
  },
  "Fn::EachMemberIn": (argument, scope) => {
    const [some, all] = toList("Fn::EachMemberIn", argument, 2).map((each) =>
      evaluate(each, scope),
    );
    const known = toItems("Fn::EachMemberIn", all).map(String);
    return toItems("Fn::EachMemberIn", some).every((each) => known.includes(String(each)));
  },
};

/** Whether the local CloudFormation knows a function. */
export const isFunction = (name: string) => name in calls;

function refer(name: string, scope: Scope): unknown {
  if (name === "AWS::NoValue") return noValue;
  return name in scope.values ? scope.values[name] : scope.resource(name, null);
}

function substitute(argument: unknown, scope: Scope): string {
  const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== "string") {
    throw templateError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments.",
    );
  }
  const own = evaluate(given, scope);
  return text.replaceAll(placeholders, (_all, literal: string, name: string) => {
    if (literal === "!") return `\${${name}}`;
    const { to, attribute } = toReference(name.trim());
    if (isJson(own) && name.trim() in own) return String(own[name.trim()]);
    return String(attribute === null ? refer(to, scope) : scope.resource(to, attribute));
  });
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const path = toList("Fn::FindInMap", argument, 3).map((each) => String(evaluate(each, scope)));
  const found = path.reduce<unknown>(
    (at, key) => (isJson(at) ? at[key] : undefined),
    scope.mappings,
  );
  if (found !== undefined) return found;
  throw templateError(`Unable to get mapping for ${path.join("::")}`);
}

function toList(name: string, argument: unknown, length?: number): unknown[] {
  if (Array.isArray(argument) && (length === undefined || argument.length === length)) {
    return argument;
  }
  throw templateError(`${name} requires a list argument${length ? ` of ${length} elements` : ""}`);
}

function toItems(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (value === knownAfterApply) return [value];
  throw templateError(`${name} requires a list of values`);
}

/** Parameters are texts, so `true` in a template equals "true" (CloudFormation user guide, Fn::Equals). */
const toText = (value: unknown) =>
  typeof value === "boolean" || typeof value === "number" ? String(value) : value;
