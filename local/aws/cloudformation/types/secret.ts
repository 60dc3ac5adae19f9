import { randomInt } from "node:crypto";
import type { Json } from "../../answers.ts";
import { isJson } from "../../input.ts";
import { alreadyExists, arnOf, invalidRequest, nameOr, randomCapitals } from "./names.ts";
import type { Resource, ResourceType } from "./resource-type.ts";

const type = "AWS::SecretsManager::Secret";

/** A secret of the local Secrets Manager; its value is among the attributes, where GetAtt cannot ask for it. */
export const secret: ResourceType = {
  type,
  create: (context, properties) => {
    const name = nameOr(context, properties.Name, 512);
    if (context.made.list(type).some(({ attributes }) => attributes.name === name)) {
      throw alreadyExists(type, name);
    }
    const arn = arnOf(context.site, "secretsmanager", `secret:${name}-${randomCapitals(6)}`);
    return toResource(arn, { name, value: toValue(properties) });
  },
  update: (_context, standing, properties) => {
    const { SecretString, GenerateSecretString } = standing.properties;
    const same =
      JSON.stringify([SecretString, GenerateSecretString]) ===
      JSON.stringify([properties.SecretString, properties.GenerateSecretString]);
    const value = same ? secretValueOf(standing) : toValue(properties);
    return toResource(standing.physicalId, { name: String(standing.attributes.name), value });
  },
  remove: () => undefined,
};

/** The secret's text, as GetSecretValue answers it. */
export const secretValueOf = ({ attributes }: Pick<Resource, "attributes">) =>
  String(attributes.value);

const toResource = (arn: string, { name, value }: { name: string; value: string }): Resource => ({
  physicalId: arn,
  attributes: { Id: arn, name, value },
});

function toValue({ SecretString, GenerateSecretString: wish }: Json): string {
  if (SecretString !== undefined && wish !== undefined) {
    throw invalidRequest("You can specify either SecretString or GenerateSecretString, not both.");
  }
  if (SecretString !== undefined) return String(SecretString);
  if (!isJson(wish)) return "";
  const password = generate(wish);
  const { SecretStringTemplate: template, GenerateStringKey: key } = wish;
  if (template === undefined && key === undefined) return password;
  if (template === undefined || key === undefined) {
    throw invalidRequest("SecretStringTemplate and GenerateStringKey must be specified together.");
  }
  return JSON.stringify({ ...parse(String(template)), [String(key)]: password });
}

function parse(template: string): Json {
  const value: unknown = JSON.parse(template);
  if (isJson(value)) return value;
  throw invalidRequest("SecretStringTemplate is not a JSON object.");
}

const kinds: [excluded: string, characters: string][] = [
  ["ExcludeLowercase", "abcdefghijklmnopqrstuvwxyz"],
  ["ExcludeUppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
  ["ExcludeNumbers", "0123456789"],
  ["ExcludePunctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"],
];

/** 32 characters unless told, at least one of each kind that is not excluded (Secrets Manager, GetRandomPassword). */
function generate(wish: Json): string {
  const length = Number(wish.PasswordLength ?? 32);
  const excluded = String(wish.ExcludeCharacters ?? "");
  const space: [string, string][] = wish.IncludeSpace === true ? [["", " "]] : [];
  const sets = [...kinds, ...space]
    .filter(([name]) => wish[name] !== true)
    .map(([, characters]) => [...characters].filter((each) => !excluded.includes(each)))
    .filter((characters) => characters.length > 0);
  const all = sets.flat();
  if (all.length === 0 || !(length >= sets.length && length <= 4096)) {
    throw invalidRequest("Invalid PasswordLength, or no characters are left to choose from.");
  }
  const required = wish.RequireEachIncludedType === false ? [] : sets;
  const text = Array.from({ length }, (_, index) => pick(required[index] ?? all));
  return shuffled(text).join("");
}

const pick = (characters: readonly string[]) => characters[randomInt(characters.length)] ?? "";

function shuffled(items: string[]): string[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}
