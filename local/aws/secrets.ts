import type { Json } from "./answers.ts";
import type { MadeResource } from "./cloudformation/made.ts";
import { secretValueOf } from "./cloudformation/types/secret.ts";
import { AwsError } from "./errors.ts";
import type { Site } from "./service.ts";

/** GetSecretValue of a secret that a stack made, by its name or ARN; there is one version (Secrets Manager API reference). */
export function getSecretValue(site: Site, input: Json): Json {
  const secret = findSecret(site, input.SecretId);
  return { ...idsOf(secret), SecretString: secretValueOf(secret), ...version };
}

/** DescribeSecret: everything but the value. */
export function describeSecret(site: Site, input: Json): Json {
  const secret = findSecret(site, input.SecretId);
  const { Description, Tags } = secret.properties;
  const versions = { [version.VersionId]: version.VersionStages };
  return { ...idsOf(secret), Description, Tags, VersionIdsToStages: versions };
}

const version = {
  VersionId: "00000000-0000-4000-8000-000000000001",
  VersionStages: ["AWSCURRENT"],
};

const idsOf = ({ physicalId, attributes }: MadeResource) => ({
  ARN: physicalId,
  Name: attributes.name,
});

function findSecret({ made }: Site, id: unknown): MadeResource {
  const found = made
    .list("AWS::SecretsManager::Secret")
    .find(({ physicalId, attributes }) => physicalId === id || attributes.name === id);
  if (found !== undefined) return found;
  throw new AwsError("ResourceNotFoundException", 400, {
    message: "Secrets Manager can't find the specified secret.",
  });
}
