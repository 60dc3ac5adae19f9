import {
  CreateChannelCommand,
  DescribeChannelCommand,
  type UnprocessableEntityException,
  UpdateChannelClassCommand,
  UpdateChannelCommand,
  type UpdateChannelCommandInput,
} from "@aws-sdk/client-medialive";
import { expect, test, vi } from "vitest";
import { aLocalAws, refusalOf } from "../../../support/aws-harness.ts";
import {
  aChannel,
  anEmptyAws,
  aVideo,
  makeFlow,
  makeInput,
  withMember,
} from "../../../support/site-requests.ts";

const twitch = "4710003";
const setting = { Url: "rtmp://live.example.com/app", StreamName: "live_1_key" };
const withSettings = (...Settings: object[]) => [{ Id: "destination1", Settings }];

test("sets the output's address and key while the channel is idle", async () => {
  await using local = await aLocalAws();
  const { mediaLive } = local.clients;
  const Destinations = withSettings(setting);
  const { Channel } = await mediaLive.send(
    new UpdateChannelCommand({ ChannelId: twitch, Destinations }),
  );
  expect(Channel).toMatchObject({ State: "UPDATING", Destinations });
  await vi.waitFor(() => expect(local.world.data.channels[twitch]?.state).toBe("IDLE"));
  const after = await mediaLive.send(new DescribeChannelCommand({ ChannelId: twitch }));
  expect(after).toMatchObject({ State: "IDLE", Destinations, Name: "patchbay-twitch" });
  expect(JSON.stringify(local.world.data.events)).not.toContain(setting.StreamName);
});

test("keeps the output when only the name is given", async () => {
  await using local = await aLocalAws();
  const { Channel } = await local.clients.mediaLive.send(
    new UpdateChannelCommand({ ChannelId: twitch, Name: "renamed" }),
  );
  const placeholder = { StreamName: "placeholder", Url: "rtmp://placeholder.invalid/live" };
  expect(Channel).toMatchObject({
    Name: "renamed",
    Destinations: [{ Settings: [placeholder] }],
  });
});

const root = "/destinations/0";
const reference =
  "/encoderSettings/outputGroups/0/outputs/0/outputSettings/rtmpOutputSettings/destination/destinationRefId";
const wrong: [string, UpdateChannelCommandInput["Destinations"], string[]][] = [
  ["no destination", [], ["/destinations"]],
  ["two settings", withSettings(setting, setting), [`${root}/settings`]],
  ["no settings", withSettings(), [`${root}/settings`]],
  ["another id", [{ Id: "other", Settings: [setting] }], [reference]],
  ["no key", withSettings({ Url: setting.Url }), [`${root}/settings/0/streamName`]],
  ["an empty key", withSettings({ ...setting, StreamName: "" }), [`${root}/settings/0/streamName`]],
  ["http", withSettings({ ...setting, Url: "http://a/b" }), [`${root}/settings/0/url`]],
  [
    "no application, no key",
    withSettings({ Url: "rtmp://host" }),
    [`${root}/settings/0/url`, `${root}/settings/0/streamName`],
  ],
];

test.each(wrong)(
  "refuses destinations with %s, naming the element",
  async (_, Destinations, paths) => {
    await using local = await aLocalAws();
    const call = local.clients.mediaLive.send(
      new UpdateChannelCommand({ ChannelId: twitch, Destinations }),
    );
    const error: UnprocessableEntityException = await call.catch((reason) => reason);
    expect(error.name).toBe("UnprocessableEntityException");
    expect(error.$metadata.httpStatusCode).toBe(422);
    expect(error.ValidationErrors?.map((problem) => problem.ElementPath)).toEqual(paths);
    expect(local.world.data.channels[twitch]).toMatchObject({
      state: "IDLE",
      streamName: "placeholder",
    });
  },
);

test("refuses an RTMP address for the channel that writes HLS", async () => {
  await using local = await aLocalAws();
  const call = local.clients.mediaLive.send(
    new UpdateChannelCommand({ ChannelId: "4710001", Destinations: withSettings(setting) }),
  );
  expect(await refusalOf(call)).toMatchObject({ name: "UnprocessableEntityException" });
});

test("refuses members that it would have to ignore", async () => {
  await using local = await aLocalAws();
  const call = local.clients.mediaLive.send(
    new UpdateChannelCommand({ ChannelId: twitch, ChannelSecurityGroups: ["1234567"] }),
  );
  expect(await refusalOf(call)).toMatchObject({
    message: "medialive UpdateChannel with channelSecurityGroups is not part of the local AWS yet",
  });
});

test("replaces what is given, keeps the rest, and frees the input that is no longer attached", async () => {
  await using local = await anEmptyAws();
  const { mediaLive } = local.clients;
  const flowArn = await makeFlow(local);
  const [first, second] = [await makeInput(local, flowArn), await makeInput(local, flowArn)];
  const { Channel } = await mediaLive.send(new CreateChannelCommand(aChannel(first)));
  const ChannelId = Channel?.Id ?? "";
  await vi.waitFor(() => expect(local.world.data.channels[ChannelId]?.state).toBe("IDLE"));
  const { InputAttachments, EncoderSettings } = aChannel(second);
  const video = aVideo({ FramerateNumerator: 60, Level: "H264_LEVEL_4_2" });
  const change = {
    InputAttachments,
    EncoderSettings: withMember(EncoderSettings, "VideoDescriptions", [video]),
    LogLevel: "DEBUG" as const,
    Maintenance: { MaintenanceDay: "FRIDAY" as const },
  };
  const answer = await mediaLive.send(new UpdateChannelCommand({ ChannelId, ...change }));
  expect(answer.Channel).toMatchObject({
    ...change,
    ...{ Name: "site-twitch", Tags: Channel?.Tags, Destinations: aChannel(second).Destinations },
    Maintenance: { MaintenanceDay: "FRIDAY", MaintenanceStartTime: "06:00" },
  });
  const { inputs } = local.world.data;
  expect([inputs[first]?.state, inputs[second]?.state]).toEqual(["DETACHED", "ATTACHED"]);
});

test("a class that needs two flows is refused, the same class changes the destinations", async () => {
  await using local = await aLocalAws();
  const { mediaLive } = local.clients;
  const change = (ChannelClass: "SINGLE_PIPELINE" | "STANDARD", settings: object[]) =>
    mediaLive.send(
      new UpdateChannelClassCommand({
        ...{ ChannelId: twitch, ChannelClass, Destinations: withSettings(...settings) },
      }),
    );
  expect(await refusalOf(change("STANDARD", [setting, setting]))).toMatchObject({
    name: "UnprocessableEntityException",
    message: expect.stringContaining("needs two"),
  });
  const { Channel } = await change("SINGLE_PIPELINE", [setting]);
  expect(Channel).toMatchObject({ State: "UPDATING", Destinations: [{ Settings: [setting] }] });
});
