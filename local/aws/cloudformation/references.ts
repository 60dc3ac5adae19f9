import { isJson } from "../input.ts";

/** What a template says of another part of it: `attribute` is null for a `Ref`. */
export type Reference = { to: string; attribute: string | null };

/** Names of the pseudo parameters (CloudFormation user guide). */
export const pseudoParameters: readonly string[] = [
  ...["AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region"],
  ...["AWS::StackId", "AWS::StackName", "AWS::URLSuffix"],
];

/** The one function that a value is, or null for plain data. */
export function functionOf(value: unknown): { name: string; argument: unknown } | null {
  if (!isJson(value)) return null;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return null;
  const [name, argument] = entry;
  const isFunction = name === "Ref" || name.startsWith("Fn::");
  // A policy document has members called Condition too; the function names one by a text.
  const isCondition = name === "Condition" && typeof argument === "string";
  return isFunction || isCondition ? { name, argument } : null;
}

/** Calls `visit` for every function in a value, outermost first. */
export function eachFunction(value: unknown, visit: (name: string, argument: unknown) => void) {
  const found = functionOf(value);
  if (found !== null) visit(found.name, found.argument);
  if (Array.isArray(value)) for (const item of value) eachFunction(item, visit);
  else if (isJson(value)) for (const item of Object.values(value)) eachFunction(item, visit);
}

/** Everything that a value refers to by Ref, Fn::GetAtt or Fn::Sub. */
export function referencesIn(value: unknown): Reference[] {
  const found: Reference[] = [];
  eachFunction(value, (name, argument) => {
    if (name === "Ref") found.push({ to: String(argument), attribute: null });
    if (name === "Fn::GetAtt") found.push(toAddress(argument));
    if (name === "Fn::Sub") found.push(...namesInText(argument));
  });
  return found;
}

/** Fn::GetAtt as a list, or in JSON also as one text. */
export function toAddress(argument: unknown): Reference {
  const parts = typeof argument === "string" ? argument.split(".") : [argument].flat();
  const [to, ...attribute] = parts.map((part) => (typeof part === "string" ? part : "*"));
  return { to: to ?? "", attribute: attribute.join(".") };
}

/** `${Name}`, `${Resource.Attribute}`; `${!Name}` stays as it is. */
export const placeholders = /\$\{(!?)([^{}]+)\}/g;

export const toReference = (name: string): Reference => {
  const dot = name.indexOf(".");
  if (dot < 0) return { to: name, attribute: null };
  return { to: name.slice(0, dot), attribute: name.slice(dot + 1) };
};

function namesInText(argument: unknown): Reference[] {
  const [text, own] = [argument].flat();
  const given = isJson(own) ? Object.keys(own) : [];
  return [...String(text).matchAll(placeholders)]
    .filter(([, literal]) => literal !== "!")
    .map(([, , name = ""]) => name.trim())
    .filter((name) => !given.includes(name))
    .map(toReference);
}
