import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import type { Envelope } from "../../../../local/aws/events/bus.ts";
import { sourceArnOf } from "../../../../local/aws/mediaconnect/flow.ts";
import type { LocalFlowStatus } from "../../../../local/world.ts";
import { aLocalAws, type LocalAwsHarness } from "../../../support/aws-harness.ts";
import { flowOf } from "../../../support/the-flow.ts";

const id = "4710002";

/** All that waits in the queue of events. */
async function received({ clients, url }: LocalAwsHarness): Promise<Envelope[]> {
  const QueueUrl = `${url}/000000000000/patchbay-events`;
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
  const { Messages = [] } = await clients.sqs.send(command);
  return Messages.map(({ Body }) => JSON.parse(Body ?? "null"));
}

const details = async (local: LocalAwsHarness) =>
  (await received(local)).map(({ detail }) => detail);

const setFlow = ({ world }: LocalAwsHarness, status: LocalFlowStatus) =>
  world.change((data) => void Object.assign(flowOf(data), { status }));

const setSource = ({ world }: LocalAwsHarness, connected: boolean) =>
  world.change(({ source }) => void Object.assign(source, { connected }));

async function plant({ url }: LocalAwsHarness, kind: string, times = 1) {
  const answer = await fetch(`${url}/world/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ service: "events", operation: "*", kind, times }),
  });
  expect(answer.status).toBe(200);
}

test("a change of a channel's state arrives as AWS's envelope", async () => {
  await using local = await aLocalAws();
  local.setState(id, "STARTING");
  const arn = local.world.data.channels[id]?.arn;
  expect(await received(local)).toEqual([
    {
      version: "0",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      "detail-type": "MediaLive Channel State Change",
      source: "aws.medialive",
      account: "000000000000",
      time: "2026-11-22T20:00:00Z",
      region: "us-west-2",
      resources: [arn],
      detail: {
        channel_arn: arn,
        state: "STARTING",
        message: "Channel is STARTING",
        pipelines_running_count: 0,
      },
    },
  ]);
});

test("an idle channel is STOPPED, and updates are not told", async () => {
  await using local = await aLocalAws();
  for (const state of ["UPDATING", "IDLE", "RUNNING", "STOPPING", "IDLE"] as const) {
    local.setState(id, state);
  }
  const told = await received(local);
  const states = told.filter((each) => each["detail-type"].endsWith("State Change"));
  expect(states.map(({ detail }) => [detail.state, detail.pipelines_running_count])).toEqual([
    ["RUNNING", 1],
    ["STOPPING", 0],
    ["STOPPED", 0],
  ]);
});

test("alerts are told by their title when they are set and cleared", async () => {
  await using local = await aLocalAws();
  setFlow(local, "ACTIVE");
  local.setState(id, "RUNNING");
  setSource(local, false);
  setSource(local, true);
  const alerts = (await received(local)).filter((each) => each["detail-type"].endsWith("Alert"));
  const alarm = { alarm_id: "5302", alert_type: "Stopped Receiving UDP Input", pipeline: "0" };
  expect(alerts.map(({ detail }) => detail)).toMatchObject([
    { ...alarm, alarm_state: "SET" },
    { ...alarm, alarm_state: "CLEARED" },
  ]);
});

test("the flow and its source are told, but not the source of a flow that stands still", async () => {
  await using local = await aLocalAws();
  setSource(local, false);
  setFlow(local, "STARTING");
  setFlow(local, "ACTIVE");
  setSource(local, true);
  const flow = flowOf(local.world.data);
  const told = await received(local);
  expect(
    told.map(({ source, resources, detail }) => ({ source, resources, detail })),
  ).toMatchObject([
    { resources: [flow.arn], detail: { previousStatus: "STANDBY", currentStatus: "STARTING" } },
    { resources: [flow.arn], detail: { previousStatus: "STARTING", currentStatus: "ACTIVE" } },
    {
      source: "aws.mediaconnect",
      resources: [flow.arn, sourceArnOf(flow)],
      detail: { unhealthy: true, current: { state: "DISCONNECTED" }, previous: { state: "IDLE" } },
    },
    { detail: { unhealthy: false, current: { state: "CONNECTED" } } },
  ]);
});

test("a channel tells when it is made and when it is deleted, a flow does not", async () => {
  await using local = await aLocalAws();
  const { [id]: channel, ...others } = local.world.data.channels;
  const show = (data: object) => local.world.change((world) => void Object.assign(world, data));
  show({ channels: others, flow: null });
  show({ channels: { ...others, [id]: { ...channel, state: "CREATING" } } });
  local.setState(id, "IDLE");
  local.setState(id, "DELETING");
  local.setState(id, "DELETED");
  const states = (await details(local)).map(({ state }) => state);
  expect(states).toEqual(["CREATED", "STOPPED", "DELETING", "DELETED"]);
});

test("events can be lost and doubled, and are remembered all the same", async () => {
  await using local = await aLocalAws();
  await plant(local, "lost");
  setFlow(local, "STARTING");
  await plant(local, "doubled");
  setFlow(local, "STOPPING");
  const told = await received(local);
  expect(told.map(({ detail }) => detail.currentStatus)).toEqual(["STOPPING", "STOPPING"]);
  expect(told[0]?.id).toBe(told[1]?.id);
  const answer = await (await fetch(`${local.url}/world/events`)).json();
  expect(answer).toMatchObject({
    events: [{ detail: { currentStatus: "STARTING" } }, { detail: { currentStatus: "STOPPING" } }],
  });
});

test("a delayed event is overtaken by the next, or comes when the faults are cleared", async () => {
  await using local = await aLocalAws();
  await plant(local, "delayed");
  setFlow(local, "STARTING");
  setFlow(local, "STOPPING");
  expect(await details(local)).toMatchObject([
    { currentStatus: "STOPPING" },
    { currentStatus: "STARTING" },
  ]);
  await plant(local, "delayed");
  setFlow(local, "STANDBY");
  expect(await details(local)).toEqual([]);
  local.aws.faults.clear();
  expect(await details(local)).toMatchObject([{ currentStatus: "STANDBY" }]);
});
