import { describe, expect, it } from "vitest";
import { made, outputsFor, refusals } from "../support/template-choices.ts";
import { objectsIn, readTemplate, resourcesOf } from "../support/templates.ts";

const template = readTemplate("multi-medialive-channels.yaml");
const further = readTemplate("destination-channel.yaml");
const flow =
  "arn:aws:mediaconnect:us-west-2:123456789012:flow:1-AbCd-0123456789ab:patchbay-prod-srt-flow";
const defaults = { FlowArn: flow };
const five = ["Primary", "Youtube", "Twitch", "Linkedin", "Custom"];
const channels = resourcesOf(template, "AWS::MediaLive::Channel");
const inputs = resourcesOf(template, "AWS::MediaLive::Input");

describe("what is made", () => {
  it("is an input and a channel for each of the five, as many as the quota of a new account", () => {
    const media = made(template, defaults).filter((each) => each.startsWith("MediaLive::"));
    expect(media).toEqual(
      five.flatMap((name) => [
        `MediaLive::Input ${name}Input`,
        `MediaLive::Channel ${name}Channel`,
      ]),
    );
  });

  it("is no output on the flow, because MediaLive adds its own", () => {
    expect(made(template, defaults).filter((each) => each.includes("FlowOutput"))).toEqual([]);
  });

  it.each(five)("leaves %s out when it is not wanted, with its output", (name) => {
    const given = { ...defaults, [`Create${name}`]: "false" };
    expect(made(template, given).filter((each) => each.includes(name))).toEqual([]);
    const keys = outputsFor(template, given);
    expect(keys).not.toContain(`${name}ChannelId`);
    expect(keys.filter((key) => key.endsWith("ChannelId"))).toHaveLength(4);
  });

  it("has a packager for the primary and for nobody else", () => {
    const packagers = (given: Record<string, string>) =>
      made(template, given).filter((each) => each.startsWith("MediaPackageV2::"));
    expect(packagers(defaults)).toHaveLength(4);
    expect(packagers({ ...defaults, CreatePrimary: "false" })).toEqual([]);
  });

  it("has a standby primary when asked, on the packager's other endpoint", () => {
    const given = { ...defaults, CreateStandbyPrimary: "true" };
    expect(made(template, given)).toContain("MediaLive::Channel StandbyPrimaryChannel");
    expect(outputsFor(template, given)).toContain("StandbyPrimaryChannelId");
    const endpoints = channels.flatMap(([id, { Properties }]) =>
      objectsIn(Properties).flatMap(({ ChannelEndpointId: each }) => (each ? [[id, each]] : [])),
    );
    expect(endpoints).toEqual([
      ["PrimaryChannel", "1"],
      ["StandbyPrimaryChannel", "2"],
    ]);
    expect(refusals(template, { ...given, CreatePrimary: "false" })).toEqual([
      expect.stringContaining("CreateStandbyPrimary true needs CreatePrimary true"),
    ]);
  });

  it("is told to the bot by the names that it reads", () => {
    expect(outputsFor(template, defaults)).toEqual([
      ...five.map((name) => `${name}ChannelId`),
      "HlsPlaybackUrl",
      "EventsQueueUrl",
      "EventsQueueArn",
      "SchedulerRoleArn",
      "SchedulerGroupName",
      "SchedulerDeadLetterArn",
      "MediaLiveRoleArn",
      "SimulcastFlowArn",
    ]);
    expect(template.Outputs.HlsPlaybackUrl?.Value).toEqual({
      "Fn::Select": [0, { "Fn::GetAtt": ["PackageEndpoint", "HlsManifestUrls"] }],
    });
  });
});

describe("inputs", () => {
  it.each([...inputs, ...resourcesOf(further, "AWS::MediaLive::Input")])(
    "%s takes the flow by a role",
    (_id, { Properties }) => {
      const text = JSON.stringify(Properties);
      expect(text).toContain('"MEDIACONNECT"');
      expect(text).toMatch(/"RoleArn":\{.*(MediaLiveRole|simulcast-role-arn)/);
      expect(text).toMatch(/"MediaConnectFlows":.*"FlowArn":\{("Ref":"FlowArn"|"Fn::ImportValue")/);
    },
  );

  it("are attached to one channel each", () => {
    const attached = channels.map(([id, { Properties }]) => [
      id.replace("Channel", "Input"),
      objectsIn(Properties).flatMap(({ InputId }) => InputId ?? []),
    ]);
    const own = inputs.map(([id]) => [id, [{ Ref: id }]]);
    expect(Object.fromEntries(attached)).toEqual(Object.fromEntries(own));
  });
});

describe("events and the switch", () => {
  it("hands the bot what wakes it for something, and not the noise of metadata", () => {
    expect(template.Resources.EventsRule?.Properties).toMatchObject({
      EventPattern: {
        source: ["aws.medialive", "aws.mediaconnect"],
        "detail-type": [
          "MediaLive Channel State Change",
          "MediaLive Channel Alert",
          "MediaConnect Flow Status Change",
          "MediaConnect Source Health",
          "MediaConnect Alert",
        ],
      },
      Targets: [{ Arn: { "Fn::GetAtt": ["EventsQueue", "Arn"] } }],
    });
    expect(JSON.stringify(template.Resources.EventsQueuePolicy)).toContain(
      '"ArnEquals":{"aws:SourceArn":{"Fn::GetAtt":["EventsRule","Arn"]}}',
    );
  });

  it("keeps what a switch could not do for two weeks", () => {
    expect(template.Resources.SchedulerDeadLetters?.Properties.MessageRetentionPeriod).toBe(
      14 * 24 * 3600,
    );
  });
});
