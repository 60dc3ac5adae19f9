import type { Parameter } from "./cloud.ts";
import type { Declared } from "./template.ts";

/** What is known of the parameters of one stack. */
export type ParameterSources = {
  declared: readonly Declared[];
  /** Values by name, of this call and of other stacks. */
  given: Readonly<Record<string, string>>;
  /** Names of the parameters that the stack has already; empty for a new one. */
  previous: readonly string[];
};

/** Values for the parameters of one stack, or why there are none, one sentence each. */
export type Resolved = { parameters: Parameter[]; problems: string[] };

/** What is given goes first, then what the stack had before, then the template's default. */
export function resolveParameters({ declared, given, previous }: ParameterSources): Resolved {
  const parameters: Parameter[] = [];
  const problems: string[] = [];
  for (const each of declared) {
    const value = given[each.name];
    if (value !== undefined) {
      const problem = problemOf(each, value);
      if (problem === null) parameters.push({ key: each.name, value });
      else problems.push(problem);
    } else if (previous.includes(each.name)) parameters.push({ key: each.name, usePrevious: true });
    else if (each.default === null) problems.push(missing(each));
  }
  return { parameters, problems };
}

/** How each value is written on the command line, with one that is valid. */
const examples: Record<string, string> = {
  Project: "--project patchbay",
  Environment: "--environment prod",
  AllowedCidr: "--allowed-cidr 203.0.113.25/32",
};

const exampleOf = ({ name, allowedValues, default: value }: Declared): string =>
  examples[name] ?? `--param ${name}=${allowedValues[0] ?? value ?? "…"}`;

const missing = (parameter: Declared): string =>
  `${parameter.name} is missing: ${endless(parameter.description)}. For example: ${exampleOf(parameter)}`;

/** What is wrong with a value, which is not repeated when it may be secret; null when nothing is. */
function problemOf(parameter: Declared, value: string): string | null {
  if (fits(parameter, value)) return null;
  const { name, allowedValues, constraint, description, isSecret } = parameter;
  const shown = isSecret ? `${name} is not valid` : `${name} cannot be "${value}"`;
  const rule =
    allowedValues.length > 0
      ? `it is one of ${allowedValues.join(", ")}`
      : endless(constraint ?? description);
  return `${shown}: ${rule}. For example: ${exampleOf(parameter)}`;
}

function fits(parameter: Declared, value: string): boolean {
  const { allowedValues, allowedPattern, mostCharacters, least, most } = parameter;
  if (value.length > (mostCharacters ?? value.length)) return false;
  if (allowedValues.length > 0 && !allowedValues.includes(value)) return false;
  if (allowedPattern !== null && !new RegExp(`^(?:${allowedPattern})$`).test(value)) return false;
  if (least === null && most === null) return true;
  const number = Number(value);
  return number >= (least ?? number) && number <= (most ?? number);
}

/** Without its own example, because one stands behind it as it is typed. */
const endless = (sentence: string): string =>
  sentence.replace(/, for example .*$/, "").replace(/\.$/, "");
