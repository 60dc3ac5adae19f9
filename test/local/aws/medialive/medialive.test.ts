import {
  BatchStartCommand,
  BatchStopCommand,
  DescribeChannelCommand,
  DescribeScheduleCommand,
  ListAlertsCommand,
  ListChannelsCommand,
  paginateListChannels,
  StartChannelCommand,
} from "@aws-sdk/client-medialive";
import { expect, test, vi } from "vitest";
import { aLocalAws, refusalOf } from "../../../support/aws-harness.ts";
import { flowOf } from "../../../support/the-flow.ts";

test("lists every channel page by page", async () => {
  await using local = await aLocalAws();
  const sizes: number[] = [];
  const names: (string | undefined)[] = [];
  const paging = { client: local.clients.mediaLive, pageSize: 2 };
  for await (const page of paginateListChannels(paging, {})) {
    sizes.push(page.Channels?.length ?? 0);
    names.push(...(page.Channels ?? []).map((channel) => channel.Name));
  }
  expect(sizes).toEqual([2, 2, 1]);
  expect(names).toEqual([
    "patchbay-primary",
    "patchbay-youtube",
    "patchbay-twitch",
    "patchbay-linkedin",
    "patchbay-custom",
  ]);
});

test.each([
  { NextToken: "bm9uc2Vuc2U=" },
  { NextToken: Buffer.from("from 99").toString("base64") },
  { MaxResults: 0 },
])("refuses to list with %o", async (input) => {
  await using local = await aLocalAws();
  const call = local.clients.mediaLive.send(new ListChannelsCommand(input));
  expect(await refusalOf(call)).toMatchObject({ name: "BadRequestException", status: 400 });
});

test("a summary shows the stream name but neither encoder settings nor pipelines", async () => {
  await using local = await aLocalAws();
  const { Channels } = await local.clients.mediaLive.send(new ListChannelsCommand({}));
  const youtube = Channels?.find((channel) => channel.Id === "4710002");
  const settings = { StreamName: "placeholder", Url: "rtmp://placeholder.invalid/live" };
  expect(youtube).toMatchObject({
    Arn: "arn:aws:medialive:us-west-2:000000000000:channel:4710002",
    Destinations: [{ Id: "destination1", Settings: [settings] }],
    PipelinesRunningCount: 0,
    State: "IDLE",
    Tags: { Destination: "youtube" },
  });
  expect(youtube).not.toHaveProperty("EncoderSettings");
  expect(youtube).not.toHaveProperty("PipelineDetails");
});

test("describes a running channel whole", async () => {
  await using local = await aLocalAws();
  local.setState("4710001", "RUNNING");
  const command = new DescribeChannelCommand({ ChannelId: "4710001" });
  expect(await local.clients.mediaLive.send(command)).toMatchObject({
    Destinations: [{ MediaPackageSettings: [{ ChannelEndpointId: "1" }], Settings: [] }],
    EncoderSettings: { TimecodeConfig: { Source: "EMBEDDED" } },
    PipelineDetails: [{ PipelineId: "0" }],
    PipelinesRunningCount: 1,
    State: "RUNNING",
  });
});

test("a batch answers 200 with what worked and what did not", async () => {
  await using local = await aLocalAws({ stepMs: 60_000 });
  const { mediaLive } = local.clients;
  local.setState("4710003", "RUNNING");
  const ChannelIds = ["4710002", "4710003", "7"];
  const started = await mediaLive.send(new BatchStartCommand({ ChannelIds }));
  expect(started.Successful).toMatchObject([{ Id: "4710002", State: "STARTING" }]);
  expect(started.Failed).toMatchObject([
    { Id: "4710003", Code: "ConflictException" },
    { Id: "7", Code: "NotFoundException" },
  ]);
  const stopped = await mediaLive.send(new BatchStopCommand({ ChannelIds: ["4710002"] }));
  expect(stopped.Successful).toMatchObject([{ Id: "4710002", State: "STOPPING" }]);
});

test("alerts of a running channel name what is wrong now", async () => {
  await using local = await aLocalAws();
  const list = async () => {
    const answer = await local.clients.mediaLive.send(
      new ListAlertsCommand({ ChannelId: "4710002", StateFilter: "SET" }),
    );
    return answer.Alerts?.map((alert) => alert.AlertType);
  };
  expect(await list()).toEqual([]);
  local.setState("4710002", "RUNNING");
  local.world.change(({ outputs }) => {
    outputs["4710002"] = { channelId: "4710002", status: "failed", detail: "refused" };
  });
  expect(await list()).toEqual(["Stopped Receiving UDP Input", "Failed RTMP Connection"]);
});

test("a starting channel makes an active flow UPDATING for a moment", async () => {
  await using local = await aLocalAws();
  local.world.change((data) => void Object.assign(flowOf(data), { status: "ACTIVE" }));
  const seen: string[] = [];
  local.world.onChange(() => seen.push(flowOf(local.world.data).status));
  await local.clients.mediaLive.send(new StartChannelCommand({ ChannelId: "4710002" }));
  await vi.waitFor(() => expect(flowOf(local.world.data).status).toBe("ACTIVE"));
  expect(seen).toContain("UPDATING");
});

test("what is not there is refused by name", async () => {
  await using local = await aLocalAws();
  const call = local.clients.mediaLive.send(new DescribeScheduleCommand({ ChannelId: "4710002" }));
  expect(await refusalOf(call)).toEqual({
    name: "UnknownOperationException",
    message: "medialive DescribeSchedule is not part of the local AWS yet",
    status: 400,
  });
});
