import {
  DescribeChannelCommand,
  type UnprocessableEntityException,
  UpdateChannelCommand,
  type UpdateChannelCommandInput,
} from "@aws-sdk/client-medialive";
import { expect, test, vi } from "vitest";
import { aLocalAws, refusalOf } from "../../../support/aws-harness.ts";

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
