import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Change, Form } from "./forms.ts";

/** What the simulator is asked to do. */
export type Asked = {
  do: "seeds" | "ci" | "mutants";
  seed: number;
  seeds: number;
  /** Null where none were given. */
  days: number | null;
  years: number | null;
  seconds: number | null;
  form: Form;
  change: Change | null;
  minimise: boolean;
};

/** Words that make no sense: one line that says why. */
export class WrongWords extends Error {
  override name = "WrongWords";
}

type Words = NonNullable<ParseArgsConfig["options"]>[string] & { value?: string; help: string };

const words = {
  seed: { type: "string", value: "N", help: "the first seed to live (1)" },
  seeds: { type: "string", value: "N", help: "so many seeds from there on (1)" },
  days: { type: "string", value: "N", help: "how long each is lived (30)" },
  years: { type: "string", value: "N", help: "so many years, in lives of 73 days" },
  seconds: { type: "string", value: "N", help: "begin no life after so many seconds" },
  light: { type: "boolean", help: "fewer broadcasts, seldom a conversation: what the CI lives" },
  rough: { type: "boolean", help: "much going on, and something of every fault" },
  change: {
    type: "string",
    value: "JSON",
    help: "options other than the seed's, as a failure prints them",
  },
  ci: {
    type: "boolean",
    help: "what .ci/run lives; fails also if a situation never came about, or time ran out",
  },
  mutants: { type: "boolean", help: "the seeded bugs, and which of them are caught" },
  "no-minimise": { type: "boolean", help: "make no failing life smaller" },
  json: { type: "boolean", help: "changes nothing: one JSON line is printed in any case" },
  help: { type: "boolean", help: "this" },
} as const satisfies Record<string, Words>;

/** The options with a line each. */
export function helpLines(): string[] {
  const lines = Object.entries<Words>(words).map(
    ([name, { value, help }]) => `  ${`--${name} ${value ?? ""}`.padEnd(18)}${help}`,
  );
  return [
    "npm run sim -- [options]",
    "",
    ...lines,
    "",
    "Ends with 0 if all is well, 1 after a violation, 2 for words that make no sense.",
  ];
}

/** What the words ask for; null for a question for help. Throws `WrongWords`. */
export function readWords(args: readonly string[]): Asked | null {
  const values = parsed(args);
  if (values.help) return null;
  if (values.light && values.rough) throw new WrongWords("--light and --rough: give one of them");
  if (values.days && values.years) throw new WrongWords("--days and --years: give one of them");
  const form = values.light ? "light" : "full";
  const deed = values.ci ? "ci" : "seeds";
  return {
    do: values.mutants ? "mutants" : deed,
    seed: whole("seed", values.seed, 0) ?? 1,
    seeds: whole("seeds", values.seeds) ?? 1,
    days: whole("days", values.days),
    years: positive("years", values.years),
    seconds: positive("seconds", values.seconds),
    form: values.rough ? "rough" : form,
    change: values.change === undefined ? null : changeFrom(values.change),
    minimise: !values["no-minimise"],
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: words, allowPositionals: false }).values;
  } catch (error) {
    const [first] = String(error instanceof Error ? error.message : error).split(/\.\s/);
    throw new WrongWords(`${first}; --help lists the options`);
  }
}

function whole(name: string, word: string | undefined, least = 1): number | null {
  if (word === undefined) return null;
  const value = Number(word);
  if (/^\d{1,9}$/.test(word) && value >= least) return value;
  throw new WrongWords(
    `--${name} ${word}: a whole number from ${least} on, for example --${name} 7`,
  );
}

function positive(name: string, word: string | undefined): number | null {
  if (word === undefined) return null;
  const value = Number(word);
  if (/^\d{1,9}(\.\d+)?$/.test(word) && value > 0) return value;
  throw new WrongWords(`--${name} ${word}: a number above 0, for example --${name} 90`);
}

function changeFrom(word: string): Change {
  try {
    const change: unknown = JSON.parse(word);
    if (typeof change === "object" && change !== null && !Array.isArray(change)) return change;
  } catch {
    // Said below, as for any other value.
  }
  throw new WrongWords(`--change ${word}: an object as JSON, for example '{"faults":{"hang":0}}'`);
}
