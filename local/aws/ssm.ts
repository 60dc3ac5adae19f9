import { createHash } from "node:crypto";
import type { Json } from "./answers.ts";
import { AwsError } from "./errors.ts";
import type { Parameter } from "./parameters.ts";
import type { Site } from "./service.ts";

/** GetParameter: without WithDecryption a SecureString comes as ciphertext (SSM API reference). */
export function getParameter({ parameters, region }: Site, input: Json): Json {
  const parameter = parameters.get(nameOf(input));
  if (parameter === undefined) throw parameterNotFound(nameOf(input));
  const hidden = parameter.type === "SecureString" && input.WithDecryption !== true;
  return {
    Parameter: {
      ARN: `arn:aws:ssm:${region}:000000000000:parameter${parameter.name}`,
      DataType: "text",
      LastModifiedDate: parameter.modifiedAt / 1000,
      Name: parameter.name,
      Type: parameter.type,
      Value: hidden ? toCiphertext(parameter) : parameter.value,
      Version: parameter.version,
    },
  };
}

/** PutParameter: an existing one is only replaced with Overwrite; a new one needs a type (SSM API reference). */
export async function putParameter(site: Site, input: Json): Promise<Json> {
  const name = nameOf(input);
  const existing = site.parameters.get(name);
  if (existing !== undefined && input.Overwrite !== true) {
    throw new AwsError("ParameterAlreadyExists", 400, {
      message:
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    });
  }
  const type = toType(input.Type ?? existing?.type);
  const version = (existing?.version ?? 0) + 1;
  const modifiedAt = site.world.now();
  await site.parameters.put({ name, type, value: toValue(input.Value), version, modifiedAt });
  return { Tier: "Standard", Version: version };
}

export async function deleteParameter({ parameters }: Site, input: Json): Promise<Json> {
  if (!(await parameters.remove(nameOf(input)))) throw parameterNotFound(nameOf(input));
  return {};
}

function nameOf(input: Json): string {
  const name = input.Name;
  if (typeof name !== "string" || !/^\/?[\w.-]+(\/[\w.-]+)*$/.test(name)) {
    throw invalid(
      "Parameter name: can't be prefixed with or contain other than letters, digits, . - _ and /",
    );
  }
  if (name.includes("/") && !name.startsWith("/")) {
    throw invalid("Parameter name must be a fully qualified name.");
  }
  return name;
}

function toType(type: unknown): Parameter["type"] {
  if (type === "String" || type === "StringList" || type === "SecureString") return type;
  throw invalid("A parameter type is required when you create a parameter.");
}

/** The standard tier holds 4 KB (SSM quotas). */
function toValue(value: unknown): string {
  if (typeof value === "string" && value !== "" && Buffer.byteLength(value) <= 4096) return value;
  throw invalid("Parameter value must be a string of 1 to 4096 bytes.");
}

/** Stands for what KMS would give: looks like ciphertext, tells nothing of the value. */
const toCiphertext = ({ name, version }: Parameter) =>
  `AQICAH${createHash("sha512").update(`${name}:${version}`).digest("base64")}`;

const invalid = (message: string) => new AwsError("ValidationException", 400, { message });

const parameterNotFound = (name: string) =>
  new AwsError("ParameterNotFound", 400, { message: `Parameter ${name} not found.` });
