import { parseArgs } from "node:util";
import { OpsError } from "../src/errors.ts";
import type { Site } from "./stacks.ts";

export const verbs = ["plan", "deploy", "status", "destroy"] as const;
export type Verb = (typeof verbs)[number];

/** What somebody typed behind `npm run infra --`. */
export type Options = {
  verb: Verb;
  site: Site;
  region: string | undefined;
  /** Values of parameters by name. */
  parameters: Readonly<Record<string, string>>;
  /** One stack alone, by what stands in its name after project and environment. */
  only: string | null;
  /** How many channels the account may have; null for what the environment or AWS's default says. */
  channelQuota: number | null;
  /** Nobody is asked. */
  yes: boolean;
  json: boolean;
  /** Also goes over what somebody has changed in a deployed template. */
  overwrite: boolean;
  /** Also deploys the functions. */
  app: boolean;
};

export const usage = `npm run infra -- <command> [options]

  plan      Shows what deploy would do and what it costs; changes nothing
  deploy    Shows the same, asks, and makes it so: tables, flow, channels
  status    The stacks, whether they are as in this folder, and what they cost
  destroy   Removes them in reverse order; tables and stream keys stay
  migrate   Fits the existing tables to patchbay; npm run infra -- migrate --help tells more

  --project patchbay         First word of every name
  --environment prod         Second word of every name
  --region us-west-2         Else AWS_REGION, or the profile's
  --allowed-cidr 203.0.113.25/32   Who may send the source; needed once, remembered after
  --skip linkedin,custom     Destinations that get no channel
  --standby                  A second channel for the primary, which waits
  --with-existing-tables     Makes the existing system's tables too, in an account that has none
  --param Key=Value          Any other parameter of a template; may be repeated
  --only flow                One stack alone: tables, flow, channels, or channel-<name> for a further one
  --channel-quota 8          How many MediaLive channels the account may have (5)
  --app                      deploy: the functions too, by the Serverless Framework
  --overwrite                deploy: goes over what somebody changed in a deployed template
  --yes                      Asks nothing
  --json                     The result as JSON on standard output; what is said goes to standard error

The AWS account is that of AWS_PROFILE, or whatever else the AWS SDK finds.`;

const shape = {
  project: { type: "string", default: "patchbay" },
  environment: { type: "string", default: "prod" },
  region: { type: "string" },
  "allowed-cidr": { type: "string" },
  skip: { type: "string", default: "" },
  standby: { type: "boolean", default: false },
  "with-existing-tables": { type: "boolean", default: false },
  param: { type: "string", multiple: true, default: [] as string[] },
  only: { type: "string" },
  "channel-quota": { type: "string" },
  app: { type: "boolean", default: false },
  overwrite: { type: "boolean", default: false },
  yes: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Reads the words of a command line. Throws `invalid-input` that says what to type instead. */
export function parseOptions(words: readonly string[]): Options {
  const { values, positionals } = readWords(words);
  const [verb, ...more] = positionals;
  if (more.length > 0) throw bad(`There is one command at a time, and then "${more.join(" ")}".`);
  return {
    verb: verbOf(verb),
    site: { project: values.project, environment: values.environment },
    region: regionOf(values.region),
    parameters: {
      ...(values["allowed-cidr"] !== undefined && { AllowedCidr: values["allowed-cidr"] }),
      ...(values.standby && { CreateStandbyPrimary: "true" }),
      ...(values["with-existing-tables"] && { CreateExistingTables: "true" }),
      ...Object.fromEntries(skipped(values.skip)),
      ...Object.fromEntries(values.param.map(toPair)),
    },
    only: values.only ?? null,
    channelQuota: quotaOf(values["channel-quota"]),
    yes: values.yes,
    json: values.json,
    overwrite: values.overwrite,
    app: values.app,
  };
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: shape });
  } catch (error) {
    if (words.some((word) => word.startsWith("--profile")))
      throw bad("The profile is an environment variable: AWS_PROFILE=<name> npm run infra -- …");
    const [sentence = ""] = error instanceof Error ? error.message.split(". ") : [];
    throw bad(`${sentence.replace(/\.$/, "")}.`);
  }
}

const bad = (message: string) =>
  new OpsError("invalid-input", message, { hint: "npm run infra -- help lists every option." });

function verbOf(word: string | undefined): Verb {
  const verb = verbs.find((each) => each === word);
  if (verb !== undefined) return verb;
  throw bad(
    word === undefined
      ? `Say what to do: ${verbs.join(", ")} or migrate.`
      : `There is no command ${word}; there are ${verbs.join(", ")} and migrate.`,
  );
}

/** Only its form: which regions there are is asked of AWS. */
function regionOf(word: string | undefined): string | undefined {
  if (word === undefined || /^[a-z]{2}(-[a-z]+)+-\d$/.test(word)) return word;
  throw bad(`"${word}" is not a region; a valid example: --region us-west-2`);
}

function quotaOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  if (/^[1-9]\d{0,3}$/.test(word)) return Number(word);
  throw bad(`"${word}" is not a number of channels; a valid example: --channel-quota 8`);
}

function toPair(word: string): [name: string, value: string] {
  const at = word.indexOf("=");
  if (at > 0) return [word.slice(0, at).trim(), word.slice(at + 1).trim()];
  throw bad(`"${word}" is not a parameter; a valid example: --param MinLatencyMs=400`);
}

const skippable = ["primary", "youtube", "twitch", "linkedin", "custom"];

function skipped(words: string): [name: string, value: string][] {
  const names = words.split(",").map((each) => each.trim().toLowerCase());
  return names.filter(Boolean).map((name) => {
    if (!skippable.includes(name))
      throw bad(`"${name}" cannot be skipped; there are ${skippable.join(", ")}.`);
    return [`Create${name.charAt(0).toUpperCase()}${name.slice(1)}`, "false"];
  });
}
