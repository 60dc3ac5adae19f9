import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { Json } from "../answers.ts";
import { isJson } from "../input.ts";

const entry = z.object({
  replacedBy: z.array(z.string()),
  sometimesReplacedBy: z.array(z.string()).default([]),
  attributes: z.array(z.string()),
  properties: z.record(z.string(), z.unknown()),
});

/** What CloudFormation knows of a resource type; the form of `properties` is told at the top of each schema file. */
export type Schema = z.infer<typeof entry>;

const files: Record<string, string> = {
  MediaLive: "medialive",
  MediaConnect: "mediaconnect",
  MediaPackageV2: "mediapackage",
  DynamoDB: "storage",
  SSM: "storage",
  SecretsManager: "storage",
  Logs: "storage",
  IAM: "access",
  Events: "messages",
  Scheduler: "messages",
  SQS: "messages",
  SNS: "messages",
  CloudWatch: "messages",
};

const read = new Map<string, Record<string, Schema>>();

/** The schema of a resource type, read when it is first asked for; undefined for an unknown one. */
export function schemaOf(type: string): Schema | undefined {
  const file = files[type.split("::")[1] ?? ""];
  if (file === undefined) return undefined;
  const schemas = read.get(file) ?? load(file);
  read.set(file, schemas);
  return schemas[type];
}

function load(file: string): Record<string, Schema> {
  const text = readFileSync(new URL(`./schemas/${file}.yaml`, import.meta.url), "utf8");
  return z.record(z.string(), entry).parse(parse(text));
}

export type Checked = { properties: Json; problems: string[] };

/** Properties with texts turned into the numbers and booleans that they stand for, and what is wrong with them. */
export function checkProperties({ properties }: Schema, given: Json): Checked {
  const problems: string[] = [];
  const checked = check(properties, given, { path: "", problems });
  return { properties: isJson(checked) ? checked : {}, problems };
}

type Place = { path: string; problems: string[] };

function check(shape: unknown, value: unknown, place: Place): unknown {
  if (typeof shape === "string") return checkScalar(shape, value, place);
  if (Array.isArray(shape)) return checkList(shape[0], value, place);
  return isJson(shape) ? checkObject(shape, value, place) : value;
}

function checkList(shape: unknown, value: unknown, place: Place): unknown {
  if (!Array.isArray(value)) return wrong(value, "list", place);
  return value.map((item, index) => check(shape, item, at(place, String(index))));
}

function checkObject(shape: Json, value: unknown, place: Place): unknown {
  if (!isJson(value)) return wrong(value, "map", place);
  const any = shape["<any>"];
  for (const name of Object.keys(shape)) {
    if (name.endsWith("*") && !(name.slice(0, -1) in value)) {
      place.problems.push(`#${place.path}: required key [${name.slice(0, -1)}] not found`);
    }
  }
  const members = Object.entries(value).map(([name, inner]) => {
    const known = shape[name] ?? shape[`${name}*`] ?? any;
    if (known === undefined) {
      const where = place.path === "" ? "" : ` in ${place.path.slice(1)}`;
      place.problems.push(`Encountered unsupported property ${name}${where}`);
    }
    return [name, check(known, inner, at(place, name))];
  });
  return Object.fromEntries(members);
}

const at = ({ path, problems }: Place, name: string): Place => ({
  path: `${path}/${name}`,
  problems,
});

function checkScalar(shape: string, value: unknown, place: Place): unknown {
  if (shape === "json") return value;
  if (typeof value === "object" || value === undefined) return wrong(value, "string", place);
  const text = String(value);
  if (shape in readers) return readers[shape]?.(text) ?? wrong(value, shape, place);
  if (shape !== "string" && !shape.split("|").includes(text)) {
    place.problems.push(`#${place.path}: ${text} is not a valid enum value`);
  }
  return text;
}

/** What a text stands for; null when it does not. */
const readers: Record<string, (text: string) => number | boolean | null> = {
  number: (text) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null),
  integer: (text) => (/^\s*-?\d+\s*$/.test(text) ? Number(text) : null),
  boolean: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : null),
};

function wrong(value: unknown, wanted: string, place: Place): unknown {
  place.problems.push(`#${place.path}: Value of property must be of type ${wanted}`);
  return value;
}
