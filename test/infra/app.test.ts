import { describe, expect, it } from "vitest";
import { allow, anInfraStage, type InfraStage, run } from "../support/infra-desk.ts";

const slow = { timeout: 30_000 };
const app = `deploy ${allow} --with-existing-tables --yes --app`;

/** The stage, at which it is said who may do what. */
async function aStage(): Promise<InfraStage> {
  const stage = await anInfraStage();
  stage.environment.PATCHBAY_ADMINS = "U0123ABCD";
  return stage;
}

/** Leaves a stack as the Serverless Framework does that fails: with the secret of the functions not there. */
async function withoutSecret({ cloud }: InfraStage) {
  const { id } = await cloud.createChangeSet({
    ...{ stack: "patchbay-prod-app", kind: "create", name: "first", parameters: [], tags: {} },
    template:
      'Resources: { Key: { Type: "AWS::SSM::Parameter", Properties: { Type: String, Value: "{{resolve:secretsmanager:patchbay-prod-slack:SecretString:bot_token}}" } } }',
    importsExisting: false,
  });
  await cloud.executeChangeSet(id);
  await expect
    .poll(async () => (await cloud.stack("patchbay-prod-app"))?.status)
    .toBe("ROLLBACK_COMPLETE");
}

describe("deploy --app", slow, () => {
  it("builds the functions and hands on what they need of the stacks", async () => {
    await using stage = await aStage();
    await run(stage, app);
    const stream = (await stage.cloud.stack("patchbay-prod-tables"))?.outputs
      .DestinationsTableStreamArn;
    expect(stream).toMatch(/^arn:aws:dynamodb:.*:table\/lunora-destinations\/stream\//);
    expect(stage.launched).toEqual([
      "npm run build",
      `npx --yes osls@4.3.1 deploy --stage prod --region us-west-2 --force --param project=patchbay --param destinationsStream=${stream} --param destinationsTable=lunora-destinations --param sessionsTable=lunora-streaming-sessions`,
    ]);
    expect(stage.said).toContain(
      "The functions read the secret patchbay-prod-slack of Secrets Manager, JSON with bot_token, conversation_id, signing_secret, bot_id, bot_user_id, team_id (docs/deployment.md, As functions).",
    );
  });

  it("says how an existing table gets a stream, and takes the environment's word for it", async () => {
    await using stage = await aStage();
    const words = `deploy ${allow} --yes --app`;
    stage.environment.DESTINATIONS_TABLE = "show-destinations";
    await expect(run(stage, words)).rejects.toMatchObject({
      message: expect.stringMatching(/by the stream of show-destinations, and no stack made/),
      hint: expect.stringMatching(
        /update-table --table-name show-destinations --stream-specification .*DESTINATIONS_STREAM_ARN=/s,
      ),
    });
    expect(stage.launched).toEqual([]);
    stage.environment.DESTINATIONS_STREAM_ARN = "arn:of-the-stream";
    await run(stage, words);
    expect(stage.launched[1]).toMatch(
      / --param destinationsStream=arn:of-the-stream --param destinationsTable=show-destinations$/,
    );
  });

  it.each(["PATCHBAY_OPERATORS", "PATCHBAY_ADMINS"])(
    "takes nobody's rights away: one who has some must be in the environment, as in %s",
    async (variable) => {
      await using stage = await anInfraStage();
      stage.environment.PATCHBAY_OPERATORS = "";
      await expect(run(stage, app)).rejects.toMatchObject({
        code: "not-configured",
        message: expect.stringMatching(/^PATCHBAY_OPERATORS and PATCHBAY_ADMINS are both empty/),
        hint: expect.stringMatching(/export PATCHBAY_OPERATORS=U\w+ PATCHBAY_ADMINS=U\w+/),
      });
      expect(stage.launched).toEqual([]);
      stage.environment[variable] = "U0123ABCD";
      await run(stage, app);
      expect(stage.launched).toHaveLength(2);
    },
  );

  it("names the exports that the functions need and no stack has", async () => {
    await using stage = await aStage();
    await expect(run(stage, `${app} --skip linkedin`)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^The functions need patchbay-prod-linkedin-channel-id, which no stack exports\./,
      ),
    });
    expect(stage.launched).toEqual([]);
  });

  it("deploys nothing that cannot be built", async () => {
    await using stage = await aStage();
    stage.programs.run = () => Promise.resolve(1);
    await expect(run(stage, app)).rejects.toThrow("The functions cannot be built; see above.");
    expect(stage.launched).toEqual(["npm run build"]);
  });

  it("says that the secret is what remains to be done, and starts again from nothing", async () => {
    await using stage = await aStage();
    stage.programs.run = async (program) => {
      if (program === "npx") await withoutSecret(stage);
      return program === "npx" ? 1 : 0;
    };
    await expect(run(stage, app)).rejects.toMatchObject({
      code: "not-configured",
      message:
        "The functions were not deployed; the other stacks are in place. Their secret is not there.",
      hint: expect.stringMatching(/the secret patchbay-prod-slack of Secrets Manager/),
    });
    stage.programs.run = () => Promise.resolve(0);
    await run(stage, "deploy --yes --app");
    expect(await stage.cloud.stack("patchbay-prod-app")).toBeNull();
  });

  it("tells why the framework failed as far as CloudFormation knows", async () => {
    await using stage = await aStage();
    stage.programs.run = (program) => Promise.resolve(program === "npx" ? 1 : 0);
    await expect(run(stage, app)).rejects.toThrow(
      "The functions were not deployed; the other stacks are in place. See above.",
    );
  });
});
