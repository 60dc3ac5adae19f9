import { describe, expect, it } from "vitest";
import { allow, anInfraStage, run, stacksIn } from "../../support/infra-desk.ts";

const slow = { timeout: 30_000 };

describe("plan", slow, () => {
  it("shows everything that an empty account would get, with prices, and leaves nothing", async () => {
    await using stage = await anInfraStage();
    await run(stage, `plan ${allow}`);
    expect(stage.said).toEqual(
      expect.arrayContaining([
        "patchbay-prod-tables: new",
        "patchbay-prod-flow: new",
        "patchbay-prod-channels: new, after the flow",
        expect.stringMatching(/^ {4}\+ TwitchChannel +new channel for Twitch$/),
        expect.stringMatching(/^Costs by the price list of .* an estimate:$/),
        expect.stringMatching(
          /^ {2}\$\d+\.\d\d a day while nothing is on air \(5 channels with inputs\)$/,
        ),
        "Nothing was changed. To make it so: npm run infra -- deploy, with the same options.",
      ]),
    );
    expect(await stacksIn(stage)).toEqual([]);
    expect(stage.world.data).toMatchObject({ channels: {}, flow: null });
  });

  it("warns that the quota of channels would be exceeded", async () => {
    await using stage = await anInfraStage();
    await run(stage, `plan ${allow} --standby`);
    expect(stage.said.filter((line) => line.startsWith("!"))).toEqual([
      expect.stringMatching(/has 0 MediaLive channels and would have 6; the quota is 5/),
    ]);
  });

  it.each([
    ["plan", /patchbay-prod-flow: AllowedCidr is missing: .* --allowed-cidr 203\.0\.113\.25\/32$/],
    [
      "plan --allowed-cidr 0.0.0.0/0",
      /AllowedCidr cannot be "0\.0\.0\.0\/0": must be an IPv4 range/,
    ],
    [`plan ${allow} --param Foo=1`, /^No stack takes the parameter Foo; there are OpsTableName, /],
    [
      `plan ${allow} --environment My_Env`,
      /^Environment cannot be "My_Env": .* --environment prod$/,
    ],
    [
      `plan ${allow} --only channel`,
      /^There is no stack channel; there are tables, flow, channels/,
    ],
  ])("refuses %s in one sentence, before AWS is asked to plan", async (words, message) => {
    await using stage = await anInfraStage();
    await expect(run(stage, words)).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringMatching(message),
    });
    expect(await stacksIn(stage)).toEqual([]);
  });

  it("says what has to be deployed first, and leaves nothing", async () => {
    await using stage = await anInfraStage();
    await expect(run(stage, "plan --only channel-vimeo")).rejects.toMatchObject({
      message: expect.stringMatching(/No export named patchbay-prod-simulcast-role-arn/),
      hint: expect.stringMatching(/Deploy the stack that exports it first/),
    });
    expect(await stacksIn(stage)).toEqual([]);
  });
});

describe("deploy", slow, () => {
  it("makes the three stacks in order after a yes, and tells how to start the bot", async () => {
    await using stage = await anInfraStage();
    stage.answers.push("y");
    await run(stage, `deploy ${allow}`);
    expect(stage.asked).toEqual(["Deploy this to us-west-2? [y/N] "]);
    expect(stage.said.filter((line) => line.startsWith("Deploying"))).toEqual([
      "Deploying patchbay-prod-tables …",
      "Deploying patchbay-prod-flow …",
      "Deploying patchbay-prod-channels …",
    ]);
    expect(stage.said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ +0:0\d {2}TwitchChannel \(channel\) made$/),
        "  PATCHBAY_STACKS=patchbay-prod-tables,patchbay-prod-flow,patchbay-prod-channels",
      ]),
    );
    expect(Object.keys(stage.world.data.channels)).toHaveLength(5);
    expect(stage.world.data.flow?.name).toBe("patchbay-prod-srt-flow");
  });

  it("changes nothing without a yes", async () => {
    await using stage = await anInfraStage();
    await expect(run(stage, `deploy ${allow}`)).rejects.toMatchObject({
      message: "Nothing was changed.",
    });
    expect(await stacksIn(stage)).toEqual([]);
  });

  it("remembers what was given before, and finds nothing to do", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    stage.said.splice(0);
    await run(stage, "deploy --yes");
    expect(stage.said).toContain("Everything is as in the templates.");
    expect(stage.said.filter((line) => line.startsWith("Deploying"))).toEqual([]);
  });

  it("refuses while something is on air, and while the flow that it would change is", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const [id = ""] = Object.keys(stage.world.data.channels);
    stage.aws.setState(id, "RUNNING");
    const change = "deploy --yes --param MinLatencyMs=400";
    await expect(run(stage, change)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^On air now: .* \(RUNNING\)\. Nothing was deployed\.$/),
    });
    stage.aws.setState(id, "IDLE");
    stage.world.change(({ flow }) => void Object.assign(flow ?? {}, { status: "ACTIVE" }));
    await expect(run(stage, change)).rejects.toMatchObject({
      message: "The flow is ACTIVE and would be changed. Nothing was deployed.",
    });
    stage.world.change(({ flow }) => void Object.assign(flow ?? {}, { status: "STANDBY" }));
    await run(stage, change);
    expect(await stacksIn(stage)).toEqual([
      "patchbay-prod-channels CREATE_COMPLETE",
      "patchbay-prod-flow UPDATE_COMPLETE",
      "patchbay-prod-tables CREATE_COMPLETE",
    ]);
  });

  it("tells the first cause of a failure and what is left, and then removes that", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    stage.answers.push("y");
    await expect(run(stage, "deploy --only channel-vimeo")).rejects.toMatchObject({
      code: "aws-refused",
      message: expect.stringMatching(
        /^patchbay-prod-channel-vimeo failed\.\nFirst cause: Channel \(channel\): .*limit of 5 channels.*\nThe account's quota is used up\./s,
      ),
      hint: expect.stringMatching(/^Nothing of patchbay-prod-channel-vimeo is left running/),
    });
    expect(await stacksIn(stage)).toContain("patchbay-prod-channel-vimeo ROLLBACK_COMPLETE");
    stage.aws.aws.quotas.channels = 6;
    stage.answers.push("y");
    await run(stage, "deploy --only channel-vimeo");
    expect(stage.asked.slice(1)).toEqual([
      "Remove what is left of patchbay-prod-channel-vimeo, and deploy this to us-west-2? [y/N] ",
    ]);
    expect(await stacksIn(stage)).toContain("patchbay-prod-channel-vimeo CREATE_COMPLETE");
  });

  it("goes over a template that somebody else has changed only when told to", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes --only flow`);
    const text = await stage.cloud.template("patchbay-prod-flow");
    const { id } = await stage.cloud.createChangeSet({
      stack: "patchbay-prod-flow",
      kind: "update",
      name: "by-hand",
      template: text.replaceAll("FlowRole", "OtherRole"),
      parameters: ["Project", "Environment", "AllowedCidr"].map((key) => ({
        key,
        usePrevious: true,
      })),
      tags: {},
      importsExisting: false,
    });
    await stage.cloud.executeChangeSet(id);
    await expect.poll(() => stacksIn(stage)).toEqual(["patchbay-prod-flow UPDATE_COMPLETE"]);
    await run(stage, "status");
    expect(stage.said).toContainEqual(
      expect.stringMatching(
        /^patchbay-prod-flow: in place, changed by something else than this command/,
      ),
    );
    await expect(run(stage, "deploy --yes --only flow")).rejects.toMatchObject({
      code: "conflict",
      message:
        "The template of patchbay-prod-flow was changed by something else than this command; nothing was deployed.",
      hint: expect.stringMatching(/--overwrite/),
    });
    await run(stage, "deploy --yes --only flow --overwrite");
    expect(await stage.cloud.template("patchbay-prod-flow")).toBe(text);
  });

  it("leaves a stack of the same name alone that is not patchbay's", async () => {
    await using stage = await anInfraStage();
    const { id } = await stage.cloud.createChangeSet({
      stack: "patchbay-prod-flow",
      kind: "create",
      name: "other",
      template: "Resources: { Topic: { Type: 'AWS::SNS::Topic' } }",
      parameters: [],
      tags: {},
      importsExisting: false,
    });
    await stage.cloud.executeChangeSet(id);
    await expect.poll(() => stacksIn(stage)).toEqual(["patchbay-prod-flow CREATE_COMPLETE"]);
    await expect(run(stage, `deploy ${allow} --yes`)).rejects.toMatchObject({
      message: expect.stringMatching(
        /A stack named patchbay-prod-flow exists already and is not patchbay's/,
      ),
    });
  });

  it("says whose an export is that is taken", async () => {
    await using stage = await anInfraStage();
    const { id } = await stage.cloud.createChangeSet({
      stack: "older",
      kind: "create",
      name: "older",
      template:
        "Resources: { Topic: { Type: 'AWS::SNS::Topic' } }\nOutputs: { A: { Value: !Ref Topic, Export: { Name: patchbay-prod-srt-flow-arn } } }",
      parameters: [],
      tags: {},
      importsExisting: false,
    });
    await stage.cloud.executeChangeSet(id);
    await expect.poll(() => stacksIn(stage)).toEqual(["older CREATE_COMPLETE"]);
    await expect(run(stage, `plan ${allow}`)).rejects.toMatchObject({
      message: expect.stringMatching(
        /the export patchbay-prod-srt-flow-arn belongs to the stack older already/,
      ),
    });
  });
});
