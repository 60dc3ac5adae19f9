import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deploy, outputsOf } from "../local/aws/cloudformation/deploying.ts";
import { aLocalAws } from "../support/aws-harness.ts";
import { grantedTo, grantFor, grantsIn, tablesOf, toLine } from "../support/grants.ts";
import { aProduct } from "../support/product.ts";
import { infraFile, objectsIn, readTemplate } from "../support/templates.ts";

type Product = Awaited<ReturnType<typeof aProduct>>;

/** An evening in which patchbay does everything that it does in AWS, but for what happens once a day. */
async function anEvening({ console, world, tick }: Product): Promise<void> {
  await console.post("/world/source", { connected: true });
  await console.type("/stream start twitch for 30m");
  await console.until(async () => expect((await console.card())?.text).toContain("on air"), 30_000);
  await console.type("/stream extend twitch 30m");
  for (const words of ["cost month", "report week post", "history", "sync", "plan start all"])
    await console.type(`/stream ${words}`);
  await console.type('/stream schedule add "Evening" daily 19:30 for 2h twitch');
  await tick();
  await console.type("/stream stop all");
  await console.until(async () => expect(await console.channel("twitch")).toBe("IDLE"), 30_000);
  await console.post("/world/clock", { forwardMinutes: 15 });
  const isStill = async () => {
    expect(world.world.data.clock.jump).toBeNull();
    expect(world.world.data.flow?.status).toBe("STANDBY");
  };
  await console.until(isStill, 60_000);
}

/** Granted although the evening does not ask for it. */
const justified: Readonly<Record<string, string>> = {
  "iam:PassRole": "no request of its own: AWS asks for it with CreateSchedule and UpdateChannel",
  "kms:Decrypt": "SSM asks for it where stream keys have a KMS key of their own",
  "dynamodb:GetItem on lunora-destinations": "asked when somebody else was ahead with a write",
  "ce:GetCostAndUsage":
    "asked for days that were seen as a whole, and only where somebody wants it",
};

let used: string[];
let product: Product;
beforeAll(async () => {
  product = await aProduct();
  await anEvening(product);
  used = [...new Set(product.world.asked().map(grantFor).map(toLine))].toSorted();
}, 150_000);
afterAll(() => product[Symbol.asyncDispose]());

const template = readTemplate("daemon-role.yaml");
const granted = grantsIn(template.Resources.DaemonPolicy, tablesOf(template)).map(toLine);

describe("the daemon's rights", () => {
  it("are all that an evening needs", () => {
    expect(used).toContain("medialive:StartChannel");
    expect(used).toContain("dynamodb:UpdateItem on patchbay-ops");
    expect(used.filter((line) => !granted.includes(line))).toEqual([]);
  });

  it("are no more than that, but for a few with a reason", () => {
    const reasons = Object.keys(justified);
    const rest = granted.filter((line) => !used.includes(line));
    expect(rest.filter((line) => !reasons.includes(line))).toEqual([]);
    expect(reasons.filter((line) => !granted.includes(line))).toEqual([]);
  });
});

/** The functions are told by AWS what the daemon asks for, and have what it reads from stacks in their environment. */
const onlyDaemon = /^(sqs|cloudformation):/;

/** Granted to functions although no evening of a daemon asks for it. */
const justifiedForFunctions: Readonly<Record<string, string>> = {
  ...justified,
  "logs:CreateLogStream": "Lambda writes the function's log with it",
  "logs:PutLogEvents": "Lambda writes the function's log with it",
  "dynamodb:GetRecords": "Lambda reads the streams with it, before it calls",
  "dynamodb:GetShardIterator": "Lambda reads the streams with it, before it calls",
  "dynamodb:DescribeStream": "Lambda reads the streams with it, before it calls",
  "dynamodb:ListStreams": "Lambda reads the streams with it, before it calls",
  "sqs:SendMessage": "Lambda puts there what could not be done",
  "lambda:InvokeFunction": "slack leaves its requests to work with it: test/e2e/lambda.test.ts",
};

describe("the functions' rights", () => {
  it.each(["TickRole", "WorkRole"])("are all that an evening needs: %s", (role) => {
    const needed = used.filter((line) => !onlyDaemon.test(line));
    expect(needed.filter((line) => !grantedTo(role).includes(line))).toEqual([]);
  });

  it.each(["SlackRole", "ApiRole", "TickRole", "WorkRole"])(
    "are no more than that, but for a few with a reason: %s",
    (role) => {
      const allowed = [...used, ...Object.keys(justifiedForFunctions)];
      expect(grantedTo(role).filter((line) => !allowed.includes(line))).toEqual([]);
    },
  );
});

describe("the daemon's policy", () => {
  const statements = objectsIn(template.Resources.DaemonPolicy).filter(({ Sid }) => Sid);

  it("takes everything only where AWS knows nothing smaller", () => {
    const boundless = statements.filter(({ Resource }) => Resource === "*");
    expect(boundless.flatMap(({ Action }) => Action)).toEqual([
      "medialive:ListChannels",
      "medialive:ListAlerts",
      "cloudwatch:GetMetricData",
      "ce:GetCostAndUsage",
    ]);
  });

  it("runs only channels with the project's tag, and hands each role to one service", () => {
    const conditions = Object.fromEntries(
      statements.flatMap(({ Sid, Condition }) => (Condition ? [[Sid, Condition]] : [])),
    );
    expect(conditions).toEqual({
      RunChannels: { StringEquals: { "aws:ResourceTag/Project": { Ref: "Project" } } },
      KeepTheRoleOfChannels: {
        StringEquals: { "iam:PassedToService": "medialive.amazonaws.com" },
      },
      HandTheSwitchItsRole: {
        StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" },
      },
      DecryptStreamKeys: {
        StringEquals: {
          "kms:ViaService": { "Fn::Sub": expect.stringMatching(/^ssm\..+\.amazonaws\.com$/) },
        },
      },
    });
  });

  it.each([
    { RunsOn: "elsewhere", outputs: ["DaemonPolicyArn"] },
    { RunsOn: "ecs", outputs: ["DaemonPolicyArn", "DaemonRoleArn"] },
    { RunsOn: "ec2", outputs: ["DaemonPolicyArn", "DaemonRoleArn", "InstanceProfileName"] },
  ])("is deployed for a daemon on $RunsOn without another parameter", async (each) => {
    await using local = await aLocalAws();
    const stack = await deploy(local, {
      StackName: "patchbay-prod-daemon",
      ChangeSetType: "CREATE",
      TemplateBody: readFileSync(infraFile("daemon-role.yaml"), "utf8"),
      Parameters: { RunsOn: each.RunsOn },
    });
    expect(stack?.StackStatus).toBe("CREATE_COMPLETE");
    expect(Object.keys(outputsOf(stack)).toSorted()).toEqual(each.outputs);
  });
});
