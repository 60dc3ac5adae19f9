import { StartFlowCommand } from "@aws-sdk/client-mediaconnect";
import {
  CreateChannelCommand,
  DeleteChannelCommand,
  DescribeChannelCommand,
  DescribeInputCommand,
  ListChannelsCommand,
  StartChannelCommand,
} from "@aws-sdk/client-medialive";
import { expect, test, vi } from "vitest";
import { type LocalAwsHarness, refusalOf } from "../../../support/aws-harness.ts";
import {
  aChannel,
  anEmptyAws,
  makeFlow,
  makeInput,
  withMember,
} from "../../../support/site-requests.ts";

const stateOf = (local: LocalAwsHarness, id = "") => local.world.data.channels[id]?.state;

async function make(local: LocalAwsHarness, overrides: object = {}) {
  const flowArn = local.world.data.flow?.arn ?? (await makeFlow(local));
  const request = { ...aChannel(await makeInput(local, flowArn)), ...overrides };
  const { mediaLive } = local.clients;
  const { Channel, $metadata } = await mediaLive.send(new CreateChannelCommand(request));
  return { request, flowArn, channel: Channel, status: $metadata.httpStatusCode };
}

test("makes a channel, which is idle after a while and answers what it was made of", async () => {
  await using local = await anEmptyAws();
  const { request, channel, status } = await make(local);
  expect(status).toBe(201);
  expect(channel).toMatchObject({ State: "CREATING", Id: expect.stringMatching(/^\d{7}$/) });
  const ChannelId = channel?.Id;
  await vi.waitFor(() => expect(stateOf(local, ChannelId)).toBe("IDLE"));
  const { mediaLive } = local.clients;
  const told = await mediaLive.send(new DescribeChannelCommand({ ChannelId }));
  expect(told).toMatchObject({ ...request, State: "IDLE", LogLevel: "DISABLED" });
  expect(told.Maintenance?.MaintenanceDay).toBe("WEDNESDAY");
  const { Channels } = await mediaLive.send(new ListChannelsCommand({}));
  expect(Channels).toMatchObject([{ Id: ChannelId, Tags: request.Tags }]);
  expect(Channels?.[0]).not.toHaveProperty("EncoderSettings");
});

test("media, console and bill know the new channel by its destination", async () => {
  await using local = await anEmptyAws();
  const { channel } = await make(local);
  const known = { platform: "twitch", output: "rtmp", url: "rtmp://host.invalid/app" };
  expect(local.world.data.channels[channel?.Id ?? ""]).toMatchObject({
    ...known,
    streamName: "key",
  });
});

test("a channel without a Destination tag is known by its name", async () => {
  await using local = await anEmptyAws();
  const { channel } = await make(local, { Tags: {}, Name: "site-linkedin-2" });
  expect(local.world.data.channels[channel?.Id ?? ""]?.platform).toBe("linkedin");
});

test("the same request again is the same channel", async () => {
  await using local = await anEmptyAws();
  const first = await make(local, { RequestId: "once" });
  const { Channel } = await local.clients.mediaLive.send(
    new CreateChannelCommand({ ...first.request, RequestId: "once" }),
  );
  expect(Channel?.Id).toBe(first.channel?.Id);
  expect(Object.keys(local.world.data.channels)).toHaveLength(1);
});

test("a sixth channel is above the quota, until somebody raises it", async () => {
  await using local = await anEmptyAws();
  for (let made = 0; made < 5; made += 1) await make(local);
  expect(await refusalOf(make(local))).toMatchObject({
    name: "TooManyRequestsException",
    status: 429,
  });
  await fetch(`${local.url}/world/quotas`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ channels: 6 }),
  });
  expect((await make(local)).status).toBe(201);
});

test("a channel that is deleted is gone, and leaves its input free", async () => {
  await using local = await anEmptyAws();
  const { channel, request } = await make(local);
  const ChannelId = channel?.Id;
  const { mediaLive } = local.clients;
  await vi.waitFor(() => expect(stateOf(local, ChannelId)).toBe("IDLE"));
  const InputId = request.InputAttachments[0]?.InputId;
  const input = () => mediaLive.send(new DescribeInputCommand({ InputId }));
  expect(await input()).toMatchObject({ State: "ATTACHED", AttachedChannels: [ChannelId] });
  const answer = await mediaLive.send(new DeleteChannelCommand({ ChannelId }));
  expect(answer).toMatchObject({ State: "DELETING", Id: ChannelId });
  await vi.waitFor(async () =>
    expect(await input()).toMatchObject({ State: "DETACHED", AttachedChannels: [] }),
  );
  const call = mediaLive.send(new DescribeChannelCommand({ ChannelId }));
  expect(await refusalOf(call)).toMatchObject({ name: "NotFoundException", status: 404 });
  expect((await mediaLive.send(new ListChannelsCommand({}))).Channels).toEqual([]);
});

test.each(["CREATING", "STARTING", "RUNNING", "STOPPING", "UPDATING", "DELETING"] as const)(
  "a channel that is %s is not deleted",
  async (state) => {
    await using local = await anEmptyAws();
    const { channel } = await make(local);
    await vi.waitFor(() => expect(stateOf(local, channel?.Id)).toBe("IDLE"));
    local.setState(channel?.Id ?? "", state);
    const call = local.clients.mediaLive.send(new DeleteChannelCommand({ ChannelId: channel?.Id }));
    expect(await refusalOf(call)).toMatchObject({ name: "ConflictException", status: 409 });
    expect(stateOf(local, channel?.Id)).toBe(state);
  },
);

test("a new channel starts as one that was always there", async () => {
  await using local = await anEmptyAws();
  const { channel, flowArn } = await make(local);
  const ChannelId = channel?.Id;
  await vi.waitFor(() => expect(stateOf(local, ChannelId)).toBe("IDLE"));
  await local.clients.mediaConnect.send(new StartFlowCommand({ FlowArn: flowArn }));
  await local.clients.mediaLive.send(new StartChannelCommand({ ChannelId }));
  await vi.waitFor(() => expect(stateOf(local, ChannelId)).toBe("RUNNING"));
});

test("an input serves one channel only", async () => {
  await using local = await anEmptyAws();
  const { request } = await make(local);
  const again = withMember(request, "Name", "site-other");
  expect(
    await refusalOf(local.clients.mediaLive.send(new CreateChannelCommand(again))),
  ).toMatchObject({
    name: "UnprocessableEntityException",
    message: expect.stringContaining("is attached to channel"),
  });
});
