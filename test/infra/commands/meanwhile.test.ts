import { describe, expect, it } from "vitest";
import { allow, anInfraStage, parametersIn, run, stacksIn } from "../../support/infra-desk.ts";

const slow = { timeout: 30_000 };

describe("what others do meanwhile", slow, () => {
  it("looks again before each stack, because minutes pass while a person thinks", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const [id = ""] = Object.keys(stage.world.data.channels);
    stage.answers.push(() => {
      stage.aws.setState(id, "STARTING");
      return "y";
    });
    await expect(run(stage, "deploy --param MinLatencyMs=400")).rejects.toMatchObject({
      message: expect.stringMatching(/^On air now: .* \(STARTING\)\. .* was not deployed\.$/),
    });
    expect(await parametersIn(stage, "patchbay-prod-flow")).not.toMatchObject({
      MinLatencyMs: "400",
    });
  });

  it("deploys no functions while something is on air, though the stacks stay as they are", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const [id = ""] = Object.keys(stage.world.data.channels);
    stage.aws.setState(id, "RUNNING");
    await expect(run(stage, "deploy --app --yes")).rejects.toMatchObject({
      message: expect.stringMatching(/^On air now: .* Nothing was deployed\.$/),
    });
    expect(stage.launched).toEqual([]);
  });

  it("removes nothing that somebody else has put right meanwhile", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    stage.answers.push("y");
    await expect(run(stage, "deploy --only channel-vimeo")).rejects.toThrow();
    stage.aws.aws.quotas.channels = 6;
    const vimeo = "deploy --only channel-vimeo";
    stage.answers.push(async () => {
      await run(stage, `${vimeo} --yes --channel-quota 6`);
      return "y";
    });
    await expect(run(stage, vimeo)).rejects.toMatchObject({
      message:
        "patchbay-prod-channel-vimeo has been changed meanwhile by somebody (CREATE_COMPLETE).",
    });
    expect(await stacksIn(stage)).toContain("patchbay-prod-channel-vimeo CREATE_COMPLETE");
  });
});

describe("what a deployment leaves alone", slow, () => {
  it("goes beyond the quota for a person who says yes, and for a script that says how many there may be", async () => {
    await using stage = await anInfraStage();
    await expect(run(stage, `deploy ${allow} --standby --yes`)).rejects.toMatchObject({
      message: expect.stringMatching(/6 MediaLive channels and the quota is 5/),
      hint: expect.stringMatching(/--channel-quota 6/),
    });
    expect(await stacksIn(stage)).toEqual([]);
    stage.aws.aws.quotas.channels = 6;
    await run(stage, `deploy ${allow} --standby --yes --channel-quota 6`);
    expect(Object.keys(stage.world.data.channels)).toHaveLength(6);
  });

  it("leaves another site's own table alone", async () => {
    await using stage = await anInfraStage();
    await run(stage, "deploy --only tables --yes");
    const beside = "deploy --environment test --only tables --yes";
    await expect(run(stage, beside)).rejects.toMatchObject({
      message:
        "patchbay-test-tables: the table patchbay-ops belongs to the stack patchbay-prod-tables already. Choose another name, for example --param OpsTableName=patchbay-test-ops",
    });
    await run(stage, `${beside} --param OpsTableName=patchbay-test-ops`);
    expect(await stacksIn(stage)).toHaveLength(2);
  });
});
