import { expect, test } from "vitest";
import { parseBody } from "../../../local/aws/input.ts";
import { aLocalAws, type LocalAwsHarness } from "../../support/aws-harness.ts";
import { deploy } from "./cloudformation/deploying.ts";

/** Asks as any client does; there is no SDK client for it among the dependencies. */
async function ask({ url }: LocalAwsHarness, operation: string, input: Record<string, string>) {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=local/20261122/us-west-2/secretsmanager/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
      "x-amz-target": `secretsmanager.${operation}`,
    },
    body: JSON.stringify(input),
  });
  return { status: answer.status, body: parseBody(await answer.text()) };
}

const TemplateBody = `Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: login
      GenerateSecretString: { SecretStringTemplate: '{"user":"me"}', GenerateStringKey: password, PasswordLength: 20, ExcludeCharacters: "'\\"" }
Outputs: { Arn: { Value: !Ref Secret } }`;

test("a secret that a stack made is read by its name and by its ARN", async () => {
  await using local = await aLocalAws({ existingTables: false });
  const stack = await deploy(local, { StackName: "s", ChangeSetType: "CREATE", TemplateBody });
  const byName = await ask(local, "GetSecretValue", { SecretId: "login" });
  expect(byName.body).toMatchObject({ Name: "login", VersionStages: ["AWSCURRENT"] });
  expect(JSON.parse(String(byName.body.SecretString))).toEqual({
    ...{ user: "me", password: expect.stringMatching(/^.{20}$/) },
  });
  const SecretId = stack?.Outputs?.[0]?.OutputValue ?? "";
  expect((await ask(local, "GetSecretValue", { SecretId })).body).toEqual(byName.body);
  const described = await ask(local, "DescribeSecret", { SecretId });
  expect(described.body).toMatchObject({ ARN: SecretId, Name: "login" });
  expect(described.body).not.toHaveProperty("SecretString");
});

test("an unknown secret is not found", async () => {
  await using local = await aLocalAws({ existingTables: false });
  expect(await ask(local, "GetSecretValue", { SecretId: "nothing" })).toMatchObject({
    ...{ status: 400, body: { __type: "ResourceNotFoundException" } },
  });
});
