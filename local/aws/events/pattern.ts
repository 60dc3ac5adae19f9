import { isJson } from "../input.ts";

/** Whether an event is one that a pattern asks for (EventBridge user guide, event patterns). */
export function matches(pattern: unknown, event: unknown): boolean {
  if (!isJson(pattern)) return false;
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === "$or") return Array.isArray(wanted) && wanted.some((each) => matches(each, event));
    const value = isJson(event) ? event[name] : undefined;
    if (Array.isArray(wanted)) return matchesAny(wanted, value);
    // As EventBridge's open rule engine does: of a list of objects one has to match as a whole (aws/event-ruler, README).
    return [value].flat().some((each) => matches(wanted, each));
  });
}

/** A list in the event matches when one of its items does. */
const matchesAny = (wanted: readonly unknown[], value: unknown): boolean =>
  Array.isArray(value)
    ? value.some((item) => matchesAny(wanted, item))
    : wanted.some((each) => (isJson(each) ? meets(each, value) : each === value));

const meets = (rule: Record<string, unknown>, value: unknown): boolean =>
  Object.entries(rule).every(([name, argument]) => tests[name]?.(argument, value) ?? false);

const tests: Record<string, (argument: unknown, value: unknown) => boolean> = {
  prefix: (argument, value) => typeof value === "string" && value.startsWith(String(argument)),
  suffix: (argument, value) => typeof value === "string" && value.endsWith(String(argument)),
  exists: (argument, value) => (value !== undefined) === argument,
  "equals-ignore-case": (argument, value) =>
    typeof value === "string" && value.toLowerCase() === String(argument).toLowerCase(),
  wildcard: (argument, value) =>
    typeof value === "string" && fits(String(argument).split("*"), value),
  "anything-but": (argument, value) => value !== undefined && !matchesAny([argument].flat(), value),
  numeric: (argument, value) => typeof value === "number" && compares(argument, value),
};

/** `[">", 0, "<=", 5]`. */
function compares(argument: unknown, value: number): boolean {
  if (!Array.isArray(argument)) return false;
  const signs = argument.filter((_, index) => index % 2 === 0);
  return signs.every((sign, index) => {
    const bound = Number(argument[index * 2 + 1]);
    return comparisons[String(sign)]?.(value, bound) ?? false;
  });
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** The parts between the stars of a wildcard come one after the other, the first and the last at the ends. */
function fits(parts: readonly string[], text: string): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length >= at + last.length && text.endsWith(last);
}
