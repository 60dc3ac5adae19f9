import { UpdateTerminationProtectionCommand } from "@aws-sdk/client-cloudformation";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { allow, anInfraStage, change, run, stacksIn } from "../../support/infra-desk.ts";

const slow = { timeout: 30_000 };

const foreign = "Resources:\n  Topic: { Type: AWS::SNS::Topic }";

describe("destroy", slow, () => {
  it("removes in reverse order once the environment is typed, and says what stays", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    stage.answers.push("prod");
    await run(stage, "destroy");
    expect(stage.asked).toEqual(["Type prod to remove it: "]);
    expect(stage.said.filter((line) => line.startsWith("Removing"))).toEqual([
      "Removing patchbay-prod-channels …",
      "Removing patchbay-prod-flow …",
      "Removing patchbay-prod-tables …",
    ]);
    expect(stage.said).toContain(
      "What stays: the tables with all their rows, and the stream keys in SSM.",
    );
    expect(await stacksIn(stage)).toEqual([]);
    expect(stage.world.data).toMatchObject({ channels: {}, flow: null });
  });

  it("removes nothing when something else is typed, or while something is on air", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    stage.answers.push("yes");
    await expect(run(stage, "destroy")).rejects.toMatchObject({ message: "Nothing was removed." });
    const [id = ""] = Object.keys(stage.world.data.channels);
    stage.aws.setState(id, "STARTING");
    await expect(run(stage, "destroy --yes")).rejects.toMatchObject({
      message: expect.stringMatching(/^On air now: .* \(STARTING\)\. Nothing was removed\.$/),
    });
    expect(Object.keys(stage.world.data.channels)).toHaveLength(5);
  });

  it("keeps every row of the tables for the next deployment, which takes them over", async () => {
    await using stage = await anInfraStage();
    const everything = `deploy ${allow} --with-existing-tables --yes`;
    await run(stage, everything);
    const { dynamoDb } = stage.aws.clients;
    const row = { pk: { S: "site#main" }, sk: { S: "kept" } };
    await dynamoDb.send(new PutItemCommand({ TableName: "patchbay-ops", Item: row }));
    await run(stage, "destroy --yes");
    stage.said.splice(0);
    await run(stage, everything);
    expect(stage.said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^ {4}\+ OpsTable +table that is there already comes into the stack$/,
        ),
        expect.stringMatching(/SessionsTable \(table\) taken over with what is in it$/),
      ]),
    );
    const command = new GetItemCommand({ TableName: "patchbay-ops", Key: row });
    expect((await dynamoDb.send(command)).Item).toEqual(row);
    stage.said.splice(0);
    await run(stage, "deploy --yes");
    expect(stage.said).toContain("Everything is as in the templates.");
  });

  it("takes nothing from under what still uses it", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    await expect(run(stage, "destroy --only flow --yes")).rejects.toMatchObject({
      message: "patchbay-prod-flow is still used by patchbay-prod-channels. Nothing was removed.",
      hint: "Remove that first: npm run infra -- destroy --only channels",
    });
    stage.aws.aws.quotas.channels = 6;
    await run(stage, "deploy --only channel-vimeo --yes --channel-quota 6");
    await expect(run(stage, "destroy --only channels --yes")).rejects.toMatchObject({
      message: expect.stringContaining("still used by patchbay-prod-channel-vimeo"),
    });
    expect(await stacksIn(stage)).toHaveLength(4);
  });

  it("looks again before each stack, because minutes pass while a person types", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const [id = ""] = Object.keys(stage.world.data.channels);
    stage.answers.push(() => {
      stage.aws.setState(id, "STARTING");
      return "prod";
    });
    await expect(run(stage, "destroy")).rejects.toMatchObject({
      message: expect.stringMatching(/^On air now: .* patchbay-prod-channels was not removed\.$/),
    });
    expect(await stacksIn(stage)).toHaveLength(3);
  });

  it("removes nothing that is not patchbay's, and no stack that there is no template for", async () => {
    await using stage = await anInfraStage();
    await change(stage, "patchbay-prod-flow", foreign);
    await expect(run(stage, "destroy --yes")).rejects.toMatchObject({
      message: "patchbay-prod-flow is not patchbay's. Nothing was removed.",
    });
    await expect(run(stage, "destroy --only chanels --yes")).rejects.toMatchObject({
      code: "invalid-input",
      message: "There is no stack chanels.",
    });
    expect(await stacksIn(stage)).toEqual(["patchbay-prod-flow CREATE_COMPLETE"]);
  });

  it("removes nothing at all while one stack is protected, and says how that is taken back", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const protect = { StackName: "patchbay-prod-flow", EnableTerminationProtection: true };
    await stage.aws.clients.cloudFormation.send(new UpdateTerminationProtectionCommand(protect));
    await expect(run(stage, "destroy --yes")).rejects.toMatchObject({
      message: "patchbay-prod-flow is protected from deletion. Nothing was removed.",
      hint: expect.stringContaining("--stack-name patchbay-prod-flow"),
    });
    expect(await stacksIn(stage)).toHaveLength(3);
  });

  it("says of each stack what is lost with it", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const lostBy = async (words: string) => {
      stage.said.splice(0);
      await run(stage, `destroy --yes ${words}`.trim());
      return stage.said.filter((line) => line.startsWith("What is lost"));
    };
    expect(await lostBy("--only channels")).toEqual([
      "What is lost: the channels' ids and the player's address. The next deploy makes others.",
    ]);
    expect(await lostBy("--only tables")).toEqual([]);
    expect(await lostBy("")).toEqual([
      "What is lost: the flow's address and passphrase. The next deploy makes others.",
    ]);
  });

  it("says that there is nothing to remove", async () => {
    await using stage = await anInfraStage();
    await run(stage, "destroy");
    expect(stage.said).toEqual(["There is nothing to remove."]);
  });
});
