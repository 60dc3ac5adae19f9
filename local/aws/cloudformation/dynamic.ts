import { isJson } from "../input.ts";
import type { Engine } from "./engine.ts";
import { validationError } from "./refusals.ts";
import { secretValueOf } from "./types/secret.ts";

const pattern = /\{\{resolve:([a-z-]+):([^{}]+)\}\}/g;

type Stores = Pick<Engine, "site" | "made">;

/** Puts in what `{{resolve:…}}` stands for (CloudFormation user guide, dynamic references). */
export function resolveDynamic(stores: Stores, value: unknown): unknown {
  if (typeof value === "string") {
    return value.replaceAll(pattern, (_all, service: string, rest: string) => {
      const resolve = resolvers[service];
      if (resolve === undefined) {
        throw validationError(`Dynamic reference ${service} is not supported here.`);
      }
      return resolve(stores, rest);
    });
  }
  if (Array.isArray(value)) return value.map((item) => resolveDynamic(stores, item));
  if (!isJson(value)) return value;
  const members = Object.entries(value).map(([name, inner]) => [
    name,
    resolveDynamic(stores, inner),
  ]);
  return Object.fromEntries(members);
}

/** `ssm-secure` is left out: AWS takes it for a dozen properties, none of which is part of the local AWS. */
const resolvers: Record<string, (stores: Stores, rest: string) => string> = {
  ssm: ({ site }, rest) => {
    const [name = ""] = rest.split(":");
    const found = site.parameters.get(name);
    if (found !== undefined && found.type !== "SecureString") return found.value;
    throw validationError(
      `Unable to fetch parameters [${name}] from parameter store for this account.`,
    );
  },
  secretsmanager: (stores, rest) => {
    const parts = rest.split(":");
    const length = rest.startsWith("arn:") ? 7 : 1;
    const id = parts.slice(0, length).join(":");
    const [, key = ""] = parts.slice(length);
    return secretOf(stores, id, key);
  },
};

function secretOf({ made }: Stores, id: string, key: string): string {
  const found = made
    .list("AWS::SecretsManager::Secret")
    .find(({ physicalId, attributes }) => physicalId === id || attributes.name === id);
  if (found === undefined) {
    throw validationError("Secrets Manager can't find the specified secret.");
  }
  const value = secretValueOf(found);
  if (key === "") return value;
  const member = memberOf(value, key);
  if (member !== undefined) return String(member);
  throw validationError(`Could not find a value associated with JSONKey ${key} in SecretString`);
}

function memberOf(value: string, key: string): unknown {
  try {
    const parsed: unknown = JSON.parse(value);
    return isJson(parsed) ? parsed[key] : undefined;
  } catch {
    throw validationError("Could not parse SecretString JSON");
  }
}
