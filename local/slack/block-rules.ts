/** Says what is wrong with a value that stands at a JSON pointer, in the wording of Slack's own `response_metadata`. */
export type Rule = (value: unknown, at: string) => string[];

export type Fields = Readonly<Record<string, Rule>>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function problem(what: string, at: string): string {
  return `${what} [json-pointer:${at}]`;
}

export const anything: Rule = () => [];

export const flag: Rule = (value, at) =>
  typeof value === "boolean" ? [] : [problem("must provide a boolean", at)];

export const webAddress: Rule = (value, at) =>
  typeof value === "string" && URL.canParse(value) ? [] : [problem("must be a valid URL", at)];

export function text(max: number, min = 1): Rule {
  return (value, at) => {
    if (typeof value !== "string") return [problem("must provide a string", at)];
    if (value.length < min) return [problem(`must be more than ${min - 1} characters`, at)];
    return value.length > max ? [problem(`must be less than ${max + 1} characters`, at)] : [];
  };
}

export function number(min: number, max: number): Rule {
  return (value, at) => {
    if (typeof value !== "number") return [problem("must provide a number", at)];
    return value < min || value > max ? [problem(`must be between ${min} and ${max}`, at)] : [];
  };
}

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, at) =>
    typeof value === "string" && allowed.includes(value)
      ? []
      : [problem(`must be one of: ${allowed.join(", ")}`, at)];
}

export function list(item: Rule, min: number, max: number): Rule {
  return (value, at) => {
    if (!Array.isArray(value)) return [problem("must provide an array", at)];
    if (value.length > max) return [problem(`no more than ${max} items allowed`, at)];
    if (value.length < min) return [problem(`no fewer than ${min} items allowed`, at)];
    return value.flatMap((entry, index) => item(entry, `${at}/${index}`));
  };
}

/** An object with these fields and no others; `type` is always allowed, because `byType` has looked at it. */
export function object(required: Fields, optional: Fields = {}): Rule {
  const known: Fields = { type: anything, ...required, ...optional };
  return (value, at) => {
    if (!isRecord(value)) return [problem("must provide an object", at)];
    const missing = Object.keys(required)
      .filter((name) => value[name] === undefined)
      .map((name) => problem(`missing required field: ${name}`, at));
    const wrong = Object.entries(value).flatMap(([name, field]) => {
      const rule = Object.hasOwn(known, name) ? known[name] : undefined;
      if (rule === undefined) return [problem(`invalid additional property: ${name}`, at)];
      return field === undefined ? [] : rule(field, `${at}/${name}`);
    });
    return [...missing, ...wrong];
  };
}

/** Picks the rule by the value's `type`. */
export function byType(rules: Fields): Rule {
  return (value, at) => {
    if (!isRecord(value)) return [problem("must provide an object", at)];
    const type = value.type;
    if (type === undefined) return [problem("missing required field: type", at)];
    const rule = typeof type === "string" && Object.hasOwn(rules, type) ? rules[type] : undefined;
    return rule ? rule(value, at) : [problem(`unsupported type: ${String(type)}`, `${at}/type`)];
  };
}

/** Puts Slack's heading for a nested mistake before the mistakes themselves. */
export function nested(rule: Rule): Rule {
  return (value, at) => {
    const wrong = rule(value, at);
    return wrong.length === 0 ? [] : [problem("failed to match all allowed schemas", at), ...wrong];
  };
}

/** All rules at once. */
export function both(...rules: readonly Rule[]): Rule {
  return (value, at) => rules.flatMap((rule) => rule(value, at));
}
