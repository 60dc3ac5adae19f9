import {
  DescribeFlowCommand,
  DescribeFlowSourceMetadataCommand,
  ListFlowsCommand,
  StartFlowCommand,
  StopFlowCommand,
} from "@aws-sdk/client-mediaconnect";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { seedWorld } from "../../../../local/aws/seed.ts";
import type { LocalFlowStatus } from "../../../../local/world.ts";
import {
  aLocalAws,
  type LocalAwsHarness,
  refusalOf,
  testNow,
} from "../../../support/aws-harness.ts";
import { flowOf } from "../../../support/the-flow.ts";

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws();
});
beforeEach(() => local.world.change((data) => void Object.assign(data, seedWorld(testNow))));
afterAll(() => local[Symbol.asyncDispose]());

const setStatus = (status: LocalFlowStatus) =>
  local.world.change((data) => void Object.assign(flowOf(data), { status }));
const connect = (connected: boolean) =>
  local.world.change(({ source }) => void Object.assign(source, { connected }));
const flow = () => ({ FlowArn: flowOf(local.world.data).arn });

const table: [LocalFlowStatus, start: string, stop: string][] = [
  ["STANDBY", "STARTING", "400"],
  ["STARTING", "400", "400"],
  ["ACTIVE", "400", "STOPPING"],
  ["UPDATING", "400", "400"],
  ["STOPPING", "400", "400"],
  ["ERROR", "400", "400"],
  ["DELETING", "400", "400"],
];
const cases = table.flatMap(([status, start, stop]) => [
  { status, action: "start", answer: start, end: "ACTIVE" },
  { status, action: "stop", answer: stop, end: "STANDBY" },
]);

test.each(cases)("a flow that is $status answers $answer to $action", async (row) => {
  setStatus(row.status);
  const { mediaConnect } = local.clients;
  const call =
    row.action === "start"
      ? mediaConnect.send(new StartFlowCommand(flow()))
      : mediaConnect.send(new StopFlowCommand(flow()));
  if (row.answer === "400") {
    expect(await refusalOf(call)).toMatchObject({ name: "BadRequestException", status: 400 });
    expect(flowOf(local.world.data).status).toBe(row.status);
    return;
  }
  const answer = await call;
  expect(answer).toMatchObject({ Status: row.answer, ...flow() });
  expect(answer.$metadata.httpStatusCode).toBe(202);
  await vi.waitFor(() => expect(flowOf(local.world.data).status).toBe(row.end));
});

test("describes the flow with its source and one managed output per channel", async () => {
  const { Flow } = await local.clients.mediaConnect.send(new DescribeFlowCommand(flow()));
  expect(Flow).toMatchObject({
    Name: "patchbay-srt-flow",
    Source: {
      IngestPort: 9998,
      SourceArn: expect.stringMatching(/:source:1-[^:]+:patchbay-srt-flow-source$/),
      Transport: { Protocol: "srt-listener" },
    },
    Status: "STANDBY",
  });
  expect(Flow?.Outputs?.map((output) => output.MediaLiveInputArn)).toHaveLength(5);
});

test("lists the flow", async () => {
  const { Flows } = await local.clients.mediaConnect.send(new ListFlowsCommand({}));
  expect(Flows).toMatchObject([{ ...flow(), SourceType: "OWNED", Status: "STANDBY" }]);
});

test("an unknown flow is not found", async () => {
  const FlowArn = "arn:aws:mediaconnect:us-west-2:000000000000:flow:1-a:b";
  const call = local.clients.mediaConnect.send(new DescribeFlowCommand({ FlowArn }));
  expect(await refusalOf(call)).toMatchObject({ name: "NotFoundException", status: 404 });
});

test.each([
  { status: "ACTIVE", connected: true, programs: 1, message: undefined },
  { status: "UPDATING", connected: true, programs: 1, message: undefined },
  { status: "ACTIVE", connected: false, programs: 0, message: "SourceNotConnected" },
  { status: "STANDBY", connected: true, programs: 0, message: "FlowNotActive" },
] as const)("shows $programs programs of a $status flow, connected $connected", async (row) => {
  setStatus(row.status);
  connect(row.connected);
  const answer = await local.clients.mediaConnect.send(
    new DescribeFlowSourceMetadataCommand(flow()),
  );
  expect(answer.TransportMediaInfo?.Programs).toHaveLength(row.programs);
  expect(answer.Messages?.[0]?.Code).toBe(row.message);
  expect(answer.Timestamp).toEqual(new Date(testNow));
});
