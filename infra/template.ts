import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { OpsError } from "../src/errors.ts";
import type { Site } from "./stacks.ts";

/** A parameter as a template declares it. */
export type Declared = {
  name: string;
  description: string;
  /** Null when a value must be given. */
  default: string | null;
  allowedValues: readonly string[];
  allowedPattern: string | null;
  mostCharacters: number | null;
  /** Of a number. */
  least: number | null;
  most: number | null;
  /** What a value has to be, in words, for one that does not fit the pattern. */
  constraint: string | null;
  isSecret: boolean;
};

export type Template = {
  /** The file's own text. */
  text: string;
  parameters: readonly Declared[];
  /** Names of exports, with `${Project}` and `${Environment}` still in them, and the resource that each is about. */
  exports: readonly { name: string; logicalId: string }[];
  resources: readonly { logicalId: string; type: string }[];
};

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const parameter = z.object({
  Description: z.string().default(""),
  Default: word.optional(),
  AllowedValues: z.array(word).default([]),
  AllowedPattern: z.string().optional(),
  MaxLength: z.number().optional(),
  MinValue: z.number().optional(),
  MaxValue: z.number().optional(),
  ConstraintDescription: z.string().optional(),
  NoEcho: word.optional(),
});

const toDeclared = ([name, each]: [string, z.infer<typeof parameter>]): Declared => ({
  name,
  description: each.Description.replace(/\s+/g, " ").trim(),
  default: each.Default ?? null,
  allowedValues: each.AllowedValues,
  allowedPattern: each.AllowedPattern ?? null,
  mostCharacters: each.MaxLength ?? null,
  least: each.MinValue ?? null,
  most: each.MaxValue ?? null,
  constraint: each.ConstraintDescription ?? null,
  isSecret: each.NoEcho === "true",
});

const schema = z.object({
  Parameters: z.record(z.string(), parameter).default({}),
  Resources: z.record(z.string(), z.object({ Type: z.string() })),
  Outputs: z
    .record(
      z.string(),
      z.object({ Value: z.unknown(), Export: z.object({ Name: word }).optional() }),
    )
    .default({}),
});

/** CloudFormation takes at most this many bytes of template with a request (CreateChangeSet, TemplateBody). */
const mostBytes = 51_200;

/** Reads the text of a template that stands beside this file. */
export const readTemplateText = (file: string): Promise<string> =>
  readFile(join(import.meta.dirname, file), "utf8").catch((error: unknown) => {
    throw new OpsError("not-found", `There is no template infra/${file}.`, { cause: error });
  });

/** Reads such a template and what it declares. */
export const readTemplate = async (file: string): Promise<Template> =>
  parseTemplate(await readTemplateText(file), file);

/** What a template declares. Throws `invalid-input` that names the file for what is not a template or is too long. */
export function parseTemplate(text: string, file: string): Template {
  if (Buffer.byteLength(seal(text)) > mostBytes)
    throw new OpsError(
      "invalid-input",
      `The template infra/${file} is longer than the ${mostBytes} bytes that CloudFormation takes.`,
    );
  const { data } = schema.safeParse(parseYaml(text));
  if (data === undefined)
    throw new OpsError("invalid-input", `infra/${file} is not a CloudFormation template.`, {
      hint: `Compare it with the one in the repository: git diff infra/${file}`,
    });
  return {
    text,
    parameters: Object.entries(data.Parameters).map(toDeclared),
    exports: Object.values(data.Outputs).flatMap(({ Value, Export }) =>
      Export === undefined ? [] : [{ name: Export.Name, logicalId: resourceIn(Value) }],
    ),
    resources: Object.entries(data.Resources).map(([logicalId, { Type }]) => ({
      logicalId,
      type: Type,
    })),
  };
}

/** The short forms of functions (`!Sub`) are tags that a YAML parser does not know: their words are kept as they are. */
function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return null;
  }
}

/** `Flow` of `!Ref Flow` and of `!GetAtt Flow.FlowArn`, whose tags are gone; empty for what is put together. */
const resourceIn = (value: unknown): string =>
  typeof value === "string" ? (/^\w+(?=\.|$)/.exec(value)?.[0] ?? "") : "";

/** A template's exports under their names in a site. */
export const exportsIn = ({ exports }: Template, { project, environment }: Site) =>
  exports.map(({ name, logicalId }) => ({
    name: name.replace(/\$\{Project\}/g, project).replace(/\$\{Environment\}/g, environment),
    logicalId,
  }));

const sealStart = "# Deployed by npm run infra, sha256 ";

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The text with a last line that tells later whether somebody else has changed it since. */
export const seal = (text: string): string =>
  `${text.trimEnd()}\n${sealStart}${hashOf(text.trimEnd())}\n`;

/**
 * The text with the names of tables as texts and no more as parameters: CloudFormation takes over a resource that is
 * there already only when its name stands in the template (user guide, import resources automatically).
 */
export const namesInClear = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/^( +TableName:) !Ref (\w+)$/gm, (line, start: string, parameter: string) => {
    const name = values[parameter];
    return name === undefined ? line : `${start} "${name}"`;
  });

/**
 * What a stack's deployed text is beside the file: the `same`, an `older` one that this command has deployed, or
 * `edited` by somebody else.
 */
export function compareTemplates(
  deployed: string,
  file: string,
  parameters: Readonly<Record<string, string>>,
): "same" | "older" | "edited" {
  const [text = "", hash] = deployed.trimEnd().split(`\n${sealStart}`);
  const known = [file, namesInClear(file, parameters)].map((each) => each.trimEnd());
  if (known.includes(text.trimEnd())) return "same";
  return hash !== undefined && hash.trim() === hashOf(text) ? "older" : "edited";
}
