import { describe, expect, it } from "vitest";
import {
  isRecord,
  objectsIn,
  type Resource,
  readTemplate,
  resourcesOf,
  templateFiles,
} from "../support/templates.ts";

const templates = templateFiles.map((file) => ({ file, ...readTemplate(file) }));
const resources = templates.flatMap(({ file, Resources }) =>
  Object.entries(Resources).map(([id, resource]) => ({ file, id, resource })),
);
const statementsIn = (value: unknown) =>
  objectsIn(value).filter(({ Effect }) => Effect === "Allow" || Effect === "Deny");
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Everything but a document that says who may take on a role. */
const granting = resources.flatMap(({ id, resource: { Properties } }) =>
  statementsIn({ ...Properties, AssumeRolePolicyDocument: null }).map((statement) => ({
    id,
    actions: listOf(statement.Action),
    resources: listOf(statement.Resource),
    principals: isRecord(statement.Principal)
      ? Object.values(statement.Principal).flatMap(listOf)
      : listOf(statement.Principal),
  })),
);

describe("rights", () => {
  it("are single actions, never all of a kind", () => {
    const actions = granting.flatMap((statement) => statement.actions);
    expect(actions).toContain("medialive:StopChannel");
    expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Z][A-Za-z]+$/.test(String(action)))).toEqual(
      [],
    );
  });

  it("are for named things, but for actions that take none", () => {
    const boundless = granting.filter((statement) => statement.resources.includes("*"));
    expect(
      boundless.flatMap(({ id, actions }) => actions.map((action) => `${id} ${action}`)),
    ).toEqual([
      "MediaLiveRole mediaconnect:ManagedDescribeFlow",
      "MediaLiveRole mediaconnect:ManagedAddOutput",
      "MediaLiveRole mediaconnect:ManagedRemoveOutput",
    ]);
  });

  it("are open to everybody only where viewers play", () => {
    const open = granting.filter(({ principals }) => principals.includes("*"));
    expect(open.map(({ id, actions }) => [id, actions])).toEqual([
      ["PackageEndpointPolicy", ["mediapackagev2:GetObject", "mediapackagev2:GetHeadObject"]],
    ]);
  });

  it("are taken on by one service each", () => {
    const roles = templates.flatMap((template) => resourcesOf(template, "AWS::IAM::Role"));
    const trusted = roles.map(([id, { Properties }]) => [
      id,
      statementsIn(Properties.AssumeRolePolicyDocument).map(({ Principal }) => Principal),
    ]);
    expect(Object.fromEntries(trusted)).toEqual({
      FlowRole: [{ Service: "mediaconnect.amazonaws.com" }],
      MediaLiveRole: [{ Service: "medialive.amazonaws.com" }],
      SchedulerRole: [{ Service: "scheduler.amazonaws.com" }],
    });
  });

  it("come with no managed policy, which grants more than it says", () => {
    expect(resources.filter(({ resource }) => "ManagedPolicyArns" in resource.Properties)).toEqual(
      [],
    );
  });

  it("let the switch stop channels of this project only, from its own group only", () => {
    const role = readTemplate("multi-medialive-channels.yaml").Resources.SchedulerRole;
    expect(statementsIn(role?.Properties.AssumeRolePolicyDocument)).toMatchObject([
      {
        Condition: {
          StringEquals: {
            "aws:SourceAccount": { Ref: "AWS::AccountId" },
            "aws:SourceArn": { "Fn::GetAtt": ["SchedulerGroup", "Arn"] },
          },
        },
      },
    ]);
    expect(statementsIn(role?.Properties.Policies)).toMatchObject([
      {
        Action: "medialive:StopChannel",
        Condition: { StringEquals: { "aws:ResourceTag/Project": { Ref: "Project" } } },
      },
      { Action: "sqs:SendMessage", Resource: { "Fn::GetAtt": ["SchedulerDeadLetters", "Arn"] } },
    ]);
  });
});

describe("alarms", () => {
  /** MediaConnect user guide, monitoring with CloudWatch; Amazon SQS developer guide, available metrics. */
  const metrics: Record<string, Record<string, string[]>> = {
    "AWS/MediaConnect": {
      SourceARN: ["SourceConnected", "SourceNotRecoveredPackets", "SourceDisconnections"],
    },
    "AWS/SQS": { QueueName: ["ApproximateNumberOfMessagesVisible"] },
  };
  const alarms = templates.flatMap((template) => resourcesOf(template, "AWS::CloudWatch::Alarm"));

  const isKnown = ([, { Properties }]: [string, Resource]) => {
    const [dimension] = objectsIn(Properties.Dimensions);
    const known = metrics[String(Properties.Namespace)]?.[String(dimension?.Name)];
    return known?.includes(String(Properties.MetricName)) ?? false;
  };

  it("watch metrics that exist, by the dimension that they have", () => {
    expect(alarms).toHaveLength(5);
    expect(alarms.filter((alarm) => !isKnown(alarm)).map(([id]) => id)).toEqual([]);
  });

  it.each(alarms)(
    "%s is silent while nothing runs, reaches somebody and says what to do",
    (_id, alarm) => {
      expect(alarm.Properties).toMatchObject({
        TreatMissingData: "notBreaching",
        AlarmActions: [{ Ref: expect.stringMatching(/^AlarmTopic/) }],
        AlarmDescription: expect.stringMatching(/\. |, (which|so)/),
      });
      expect(alarm.Condition).toMatch(/^Has.*Alarms?$/);
    },
  );
});

describe("keys", () => {
  it("are placeholders wherever a channel sends to an address", () => {
    const settings = resources.flatMap(({ resource }) =>
      objectsIn(resource.Properties).filter((each) => "StreamName" in each || "Url" in each),
    );
    expect(settings).toHaveLength(5);
    expect(new Set(settings.map((each) => JSON.stringify(each)))).toEqual(
      new Set(['{"Url":"rtmp://placeholder.invalid/live","StreamName":"placeholder"}']),
    );
  });

  it("are no parameter, and no secret has its value in a template", () => {
    const parameters = templates.flatMap(({ Parameters }) => Object.keys(Parameters));
    expect(parameters.filter((name) => /key|password|passphrase|token/i.test(name))).toEqual([]);
    expect(resources.filter(({ resource }) => "SecretString" in resource.Properties)).toEqual([]);
  });
});
