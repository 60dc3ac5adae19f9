import { isRecord, type Template } from "./templates.ts";

type Values = Readonly<Record<string, string>>;

/** Every parameter's value: what is given, else its default. */
function valuesOf({ Parameters }: Template, given: Values): Values {
  const defaults = Object.entries(Parameters).map(([name, { Default }]) => [
    name,
    `${Default ?? ""}`,
  ]);
  return { ...Object.fromEntries(defaults), ...given };
}

/** The value of a condition's or rule's expression. Throws for a function that CloudFormation does not take there. */
function evaluate(expression: unknown, template: Template, given: Values): unknown {
  if (!isRecord(expression)) return expression;
  const [[name = "", words] = []] = Object.entries(expression);
  if (name === "Ref") return valuesOf(template, given)[String(words)];
  if (name === "Condition") return evaluate(template.Conditions[String(words)], template, given);
  const values = Array.isArray(words) ? words.map((each) => evaluate(each, template, given)) : [];
  const [first, second] = values;
  if (name === "Fn::Equals") return String(first) === String(second);
  if (name === "Fn::Not") return first === false;
  if (name === "Fn::And") return values.every((value) => value === true);
  if (name === "Fn::Join") return second;
  if (name === "Fn::Contains") return Array.isArray(first) && first.includes(second);
  throw new Error(`${name} in a condition or rule`);
}

const isMet = (condition: string | undefined, template: Template, given: Values) =>
  condition === undefined || evaluate({ Condition: condition }, template, given) === true;

/** The types and logical ids that are made for these parameters. */
export const made = (template: Template, given: Values = {}): string[] =>
  Object.entries(template.Resources)
    .filter(([, { Condition }]) => isMet(Condition, template, given))
    .map(([id, { Type }]) => `${Type.replace("AWS::", "")} ${id}`);

/** The keys of the outputs that there are for these parameters. */
export const outputsFor = (template: Template, given: Values = {}): string[] =>
  Object.entries(template.Outputs)
    .filter(([, { Condition }]) => isMet(Condition, template, given))
    .map(([key]) => key);

/** Whether a condition of the template holds for these parameters. */
export const holds = (template: Template, condition: string, given: Values = {}): boolean =>
  isMet(condition, template, given);

/** Why CloudFormation refuses these parameters, before it makes anything. */
export function refusals(template: Template, given: Values): string[] {
  const wrong = Object.entries(given).flatMap(([name, value]) => problemOf(template, name, value));
  const broken = Object.values(template.Rules)
    .filter(({ RuleCondition = true }) => evaluate(RuleCondition, template, given) === true)
    .flatMap(({ Assertions }) => Assertions)
    .filter(({ Assert }) => evaluate(Assert, template, given) !== true)
    .map(({ AssertDescription }) => AssertDescription);
  return [...wrong, ...broken];
}

function problemOf({ Parameters }: Template, name: string, value: string): string[] {
  const declared = Parameters[name];
  if (declared === undefined) return [`there is no parameter ${name}`];
  const {
    AllowedPattern = "",
    AllowedValues,
    MinValue,
    MaxValue,
    ConstraintDescription,
  } = declared;
  const fits =
    new RegExp(AllowedPattern).test(value) &&
    (AllowedValues === undefined || AllowedValues.map(String).includes(value)) &&
    (MinValue === undefined || Number(value) >= MinValue) &&
    (MaxValue === undefined || Number(value) <= MaxValue);
  return fits ? [] : [`${name} ${ConstraintDescription ?? "is not an allowed value"}`];
}
