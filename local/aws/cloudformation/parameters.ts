import type { Parameters } from "../parameters.ts";
import { formatError, validationError } from "./refusals.ts";
import type { ParameterDeclaration, Template } from "./template.ts";

/** A parameter as a request gives it. */
export type GivenParameter = {
  ParameterKey: string;
  ParameterValue?: string | undefined;
  UsePreviousValue?: boolean | undefined;
};

const listTypes = ["CommaDelimitedList", "List<Number>", "List<String>"];
const ssmType = /^AWS::SSM::Parameter::(Name|Value<(String|List<String>|CommaDelimitedList)>)$/;

/** Types of a parameter as CloudFormation names them; those of EC2 and the like are not part of the local AWS. */
export const isParameterType = (type: string) =>
  ["String", "Number", ...listTypes].includes(type) || ssmType.test(type);

/** The value of each parameter as text: what was given, what it was before, or its default; all are checked. */
export function toParameterValues(
  { parameters }: Template,
  given: readonly GivenParameter[],
  before: Readonly<Record<string, string>>,
): Record<string, string> {
  const strange = given.filter(({ ParameterKey }) => !(ParameterKey in parameters));
  if (strange.length > 0) {
    const names = strange.map(({ ParameterKey }) => ParameterKey).join(", ");
    throw validationError(`Parameters: [${names}] do not exist in the template`);
  }
  const values = Object.entries(parameters).map(([name, declaration]) => {
    const asked = given.find(({ ParameterKey }) => ParameterKey === name);
    return [
      name,
      asked?.UsePreviousValue ? before[name] : (asked?.ParameterValue ?? declaration.Default),
    ];
  });
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0)
    throw validationError(`Parameters: [${missing.join(", ")}] must have values`);
  const all: Record<string, string> = Object.fromEntries(values);
  for (const [name, value] of Object.entries(all)) requireValid(name, value, parameters[name]);
  return all;
}

function requireValid(name: string, text: string, declaration: ParameterDeclaration | undefined) {
  if (declaration === undefined) return;
  const values = listTypes.includes(declaration.Type) ? text.split(",").map(trim) : [text];
  for (const value of values) {
    const problem = problems.map((find) => find(value, declaration)).find((each) => each !== null);
    if (problem === undefined || problem === null) continue;
    const { ConstraintDescription: words } = declaration;
    if (words === undefined) throw validationError(`Parameter '${name}' ${problem}`);
    throw validationError(`Parameter ${name} failed to satisfy constraint: ${words}`);
  }
}

type Find = (value: string, declaration: ParameterDeclaration) => string | null;

const isNumeric = ({ Type }: ParameterDeclaration) => Type.includes("Number");
const isFigure = (value: string) => value !== "" && Number.isFinite(Number(value));

const problems: readonly Find[] = [
  (value, declaration) => (isNumeric(declaration) && !isFigure(value) ? "must be a number" : null),
  (value, { AllowedValues }) =>
    AllowedValues && !AllowedValues.includes(value) ? "must be one of AllowedValues" : null,
  (value, { AllowedPattern }) =>
    AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value)
      ? `must match pattern ${AllowedPattern}`
      : null,
  (value, { MinLength = 0 }) =>
    value.length < MinLength ? `must contain at least ${MinLength} characters` : null,
  (value, { MaxLength = Number.POSITIVE_INFINITY }) =>
    value.length > MaxLength ? `must contain at most ${MaxLength} characters` : null,
  (value, { MinValue }) =>
    MinValue !== undefined && Number(value) < MinValue
      ? `must be a number not less than ${MinValue}`
      : null,
  (value, { MaxValue }) =>
    MaxValue !== undefined && Number(value) > MaxValue
      ? `must be a number not greater than ${MaxValue}`
      : null,
];

const trim = (text: string) => text.trim();

/** What `Ref` gives: lists as lists, and for SSM types what the parameter holds now. */
export function toReferable(
  { parameters }: Template,
  values: Readonly<Record<string, string>>,
  store: Pick<Parameters, "get">,
): Record<string, unknown> {
  const entries = Object.entries(values).map(([name, text]) => {
    const type = parameters[name]?.Type ?? "String";
    if (listTypes.includes(type)) return [name, text.split(",").map(trim)];
    if (!type.startsWith("AWS::SSM::Parameter::Value")) return [name, text];
    const held = store.get(text);
    if (held === undefined || held.type === "SecureString") {
      throw validationError(
        `Unable to fetch parameters [${text}] from parameter store for this account.`,
      );
    }
    return [name, /List/.test(type) ? held.value.split(",") : held.value];
  });
  return Object.fromEntries(entries);
}

/** How a parameter is shown: not at all when it is NoEcho. */
export const shown = (template: Template, name: string, value: string) =>
  String(template.parameters[name]?.NoEcho ?? false) === "true" ? "****" : value;

/** Declarations that could never work are refused before anything is given. */
export function checkParameters({ parameters }: Template) {
  for (const [name, declaration] of Object.entries(parameters)) {
    const { Type, AllowedPattern, Default } = declaration;
    if (!isParameterType(Type)) throw formatError(`Unrecognized parameter type: ${Type}`);
    if (AllowedPattern !== undefined) requirePattern(name, AllowedPattern);
    if (Default !== undefined) requireValid(name, Default, declaration);
  }
}

function requirePattern(name: string, pattern: string) {
  try {
    new RegExp(pattern);
  } catch {
    throw formatError(`Parameter ${name}: AllowedPattern is not a regular expression`);
  }
}
