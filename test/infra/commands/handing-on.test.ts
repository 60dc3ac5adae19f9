import { describe, expect, it } from "vitest";
import { settled } from "../../local/aws/cloudformation/deploying.ts";
import {
  allow,
  anInfraStage,
  change,
  outputsIn,
  parametersIn,
  run,
} from "../../support/infra-desk.ts";

const slow = { timeout: 30_000 };

describe("what one stack hands on to another", slow, () => {
  it("hands the flow and its alarms on to the channels, so that nothing is copied by hand", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes --param AlarmEmail=video@example.com`);
    const { SrtFlowArn, AlarmTopicArn } = await outputsIn(stage, "patchbay-prod-flow");
    expect(AlarmTopicArn).toMatch(/^arn:aws:sns:/);
    expect(await parametersIn(stage, "patchbay-prod-channels")).toMatchObject({
      FlowArn: SrtFlowArn,
      AlarmTopicArn,
    });
  });

  it("hands on what a later deployment adds to the flow or takes from it, in the same deployment", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const topic = async () =>
      (await parametersIn(stage, "patchbay-prod-channels")).AlarmTopicArn ?? "";
    expect(await topic()).toBe("");
    await run(stage, "deploy --yes --param AlarmEmail=video@example.com");
    const { AlarmTopicArn } = await outputsIn(stage, "patchbay-prod-flow");
    expect(await topic()).toBe(AlarmTopicArn);
    await run(stage, "deploy --yes --param AlarmEmail=");
    expect(await topic()).toBe("");
  });

  it("says that the channels read a flow that is gone, and gives them the next one", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const flow = await stage.cloud.stack("patchbay-prod-flow");
    await stage.cloud.deleteStack("patchbay-prod-flow");
    await settled(stage.aws, flow?.id ?? "");
    const words = "patchbay-prod-channels reads a flow that is not there";
    await run(stage, "status");
    expect(stage.said.filter((line) => line.startsWith(words))).toHaveLength(1);
    stage.said.splice(0);
    await run(stage, `deploy ${allow} --yes`);
    await run(stage, "status");
    expect(stage.said.filter((line) => line.startsWith(words))).toEqual([]);
  });

  it("takes what is said on the command line before what the flow hands on", async () => {
    await using stage = await anInfraStage();
    const own = "arn:aws:sns:us-west-2:000000000000:on-call";
    const words = `--param AlarmEmail=video@example.com --param AlarmTopicArn=${own}`;
    await run(stage, `deploy ${allow} --yes ${words}`);
    expect(await parametersIn(stage, "patchbay-prod-channels")).toMatchObject({
      AlarmTopicArn: own,
    });
  });

  it("deploys a change of outputs alone, which has no change of a resource", async () => {
    await using stage = await anInfraStage();
    await run(stage, "deploy --only tables --yes");
    const stack = "patchbay-prod-tables";
    const text = await stage.cloud.template(stack);
    await change(stage, stack, text.replace("Outputs:", "Outputs:\n  Extra: { Value: more }"));
    expect(await outputsIn(stage, stack)).toMatchObject({ Extra: "more" });
    await run(stage, "deploy --only tables --yes --overwrite");
    expect(stage.said).toContain("patchbay-prod-tables: only outputs or tags change");
    expect(await outputsIn(stage, stack)).not.toHaveProperty("Extra");
  });
});
