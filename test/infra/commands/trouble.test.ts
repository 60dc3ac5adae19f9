import { describe, expect, it } from "vitest";
import { allow, anInfraStage, run, stacksIn } from "../../support/infra-desk.ts";

const slow = { timeout: 30_000 };

const refuseRoles = ({ aws }: Awaited<ReturnType<typeof anInfraStage>>, times: number) =>
  aws.aws.faults.add({ service: "medialive", operation: "CreateChannel", kind: "new-role", times });

describe("a role that AWS does not know everywhere yet", slow, () => {
  it("costs a new stack a second attempt, and no question", async () => {
    await using stage = await anInfraStage();
    refuseRoles(stage, 1);
    await run(stage, `deploy ${allow} --yes`);
    expect(stage.said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/First cause: \w+Channel \(channel\): .*Status Code: 403/),
        "Deploying patchbay-prod-channels once more …",
        "Removing what is left of patchbay-prod-channels …",
      ]),
    );
    expect(await stacksIn(stage)).toContain("patchbay-prod-channels CREATE_COMPLETE");
    expect(Object.keys(stage.world.data.channels)).toHaveLength(5);
  });

  it("is told as a lack of permissions when the second attempt fails too", async () => {
    await using stage = await anInfraStage();
    refuseRoles(stage, 99);
    await expect(run(stage, `deploy ${allow} --yes`)).rejects.toMatchObject({
      code: "aws-refused",
      message: expect.stringMatching(/Status Code: 403.*iam:PassRole/s),
    });
    expect(stage.world.data.channels).toEqual({});
  });
});

describe("what is to be known before saying yes", slow, () => {
  const warnings = ({ said }: { said: string[] }) => said.filter((line) => line.startsWith("!"));

  it.each([
    [
      "AllowOpenInternet=yes-i-accept-that-anyone-may-send",
      "! Anyone on the internet may send to the flow; only the passphrase keeps them out.",
    ],
    [
      "UnencryptedCidr=203.0.113.25/32",
      "! The source is not encrypted: anyone on its way can watch it.",
    ],
  ])("is what %s means, also when it was said before", async (parameter, warning) => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes --only flow --param ${parameter}`);
    expect(warnings(stage)).toEqual([warning]);
    stage.said.splice(0);
    await run(stage, "plan --only flow");
    expect(warnings(stage)).toEqual([warning]);
  });

  it("is which stack uses an export that would change", async () => {
    await using stage = await anInfraStage();
    await run(stage, `deploy ${allow} --yes`);
    const { id } = await stage.cloud.createChangeSet({
      ...{ stack: "user", kind: "create", name: "first", parameters: [], tags: {} },
      template:
        "Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: !ImportValue patchbay-prod-custom-channel-id } } }",
      importsExisting: false,
    });
    await stage.cloud.executeChangeSet(id);
    await expect.poll(() => stacksIn(stage)).toContain("user CREATE_COMPLETE");
    stage.said.splice(0);
    await run(stage, "plan --skip custom");
    expect(warnings(stage)).toEqual([
      "! The export patchbay-prod-custom-channel-id would change and is in use by user: CloudFormation refuses that.",
    ]);
  });
});

describe("what --json prints", slow, () => {
  it("is the plan with its changes, warnings and costs", async () => {
    await using stage = await anInfraStage();
    expect(await run(stage, `plan ${allow} --json`)).toMatchObject({
      stacks: [
        {
          name: "patchbay-prod-tables",
          kind: "create",
          changes: [{ action: "add", logicalId: "OpsTable", type: "AWS::DynamoDB::Table" }],
        },
        { name: "patchbay-prod-flow", kind: "create" },
        { name: "patchbay-prod-channels", kind: "create" },
      ],
      warnings: [],
      costs: { idleUsdPerDay: expect.any(Number), onAirUsdPerHour: expect.any(Number) },
    });
  });

  it("is the stacks with their outputs, as they are and as they were removed", async () => {
    await using stage = await anInfraStage();
    expect(await run(stage, "deploy --yes --json --only tables")).toEqual({
      stacks: [
        {
          name: "patchbay-prod-tables",
          status: "CREATE_COMPLETE",
          outputs: { OpsTableName: "patchbay-ops", OpsTableStreamArn: expect.any(String) },
        },
      ],
    });
    expect(await run(stage, "status --json")).toMatchObject({
      region: "us-west-2",
      stacks: [
        { name: "patchbay-prod-tables", condition: "ready", template: "same" },
        { name: "patchbay-prod-flow", condition: "absent", template: null, outputs: {} },
        { name: "patchbay-prod-channels", condition: "absent" },
      ],
      onAir: [],
      flow: null,
    });
    expect(await run(stage, "destroy --yes --json")).toEqual({
      removed: ["patchbay-prod-tables"],
    });
  });
});

it("leaves AWS at work after a Ctrl-C, and says what goes on and how to look", slow, async () => {
  await using stage = await anInfraStage();
  // Inputs that take as long as this world lasts.
  stage.world.onChange(() => {
    const done = Object.values(stage.world.data.inputs).filter(({ state }) => state === "DETACHED");
    if (done.length > 0)
      stage.world.change(() =>
        done.forEach((input) => void Object.assign(input, { state: "CREATING" })),
      );
  });
  const ended = run(stage, `deploy ${allow} --yes`).catch((error: unknown) => error);
  await expect
    .poll(() => stage.said, { timeout: 10_000 })
    .toContain("Deploying patchbay-prod-channels …");
  stage.ending.abort();
  expect(await ended).toMatchObject({
    code: "conflict",
    message: "Stopped watching; CloudFormation goes on with patchbay-prod-channels by itself.",
    hint: "npm run infra -- status shows how it ended.",
  });
  stage.said.splice(0);
  await run(stage, "status");
  expect(stage.said).toContainEqual(
    expect.stringMatching(/^patchbay-prod-channels: being changed/),
  );
  await expect(run(stage, "deploy --yes")).rejects.toThrow(
    /patchbay-prod-channels is being changed by somebody \(CREATE_IN_PROGRESS\)/,
  );
});
