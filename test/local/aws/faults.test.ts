import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeFlowCommand } from "@aws-sdk/client-mediaconnect";
import { ListChannelsCommand, StartChannelCommand } from "@aws-sdk/client-medialive";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { expect, test, vi } from "vitest";
import { aLocalAws, type LocalAwsHarness, refusalOf } from "../../support/aws-harness.ts";
import { flowOf } from "../../support/the-flow.ts";

const id = "4710002";
const start = ({ clients }: LocalAwsHarness) =>
  clients.mediaLive.send(new StartChannelCommand({ ChannelId: id }));
const stateOf = ({ world }: LocalAwsHarness) => world.data.channels[id]?.state;

async function waitingFor(local: LocalAwsHarness, fault: object) {
  const answer = await fetch(`${local.url}/world/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ service: "medialive", operation: "StartChannel", ...fault }),
  });
  return answer.json();
}

test.each([
  { kind: "throttle", name: "TooManyRequestsException", status: 429 },
  { kind: "server-error", name: "InternalServerErrorException", status: 500 },
])("$kind refuses as often as it was told, then no more", async ({ kind, name, status }) => {
  await using local = await aLocalAws({ stepMs: 60_000 });
  expect(await waitingFor(local, { kind, times: 2 })).toEqual({ ok: true });
  expect(await refusalOf(start(local))).toMatchObject({ name, status });
  expect(await refusalOf(start(local))).toMatchObject({ name, status });
  expect(stateOf(local)).toBe("IDLE");
  expect(await start(local)).toMatchObject({ State: "STARTING" });
});

test("a reset cuts the connection before anything happens", async () => {
  await using local = await aLocalAws({ stepMs: 60_000 });
  await waitingFor(local, { kind: "reset" });
  expect((await refusalOf(start(local)))?.status).toBeUndefined();
  expect(stateOf(local)).toBe("IDLE");
});

test("a lost response happens all the same, so the client's own retry meets a conflict", async () => {
  await using local = await aLocalAws({ stepMs: 60_000, attempts: 3 });
  await waitingFor(local, { kind: "lost-response" });
  expect(await refusalOf(start(local))).toMatchObject({ name: "ConflictException" });
  expect(stateOf(local)).toBe("STARTING");
});

test("a hang never answers and does nothing", async () => {
  await using local = await aLocalAws({ stepMs: 60_000 });
  await waitingFor(local, { kind: "hang" });
  const call = local.clients.mediaLive.send(new StartChannelCommand({ ChannelId: id }), {
    abortSignal: AbortSignal.timeout(100),
  });
  expect((await refusalOf(call))?.name).toBe("AbortError");
  expect(stateOf(local)).toBe("IDLE");
});

test("each service throttles in its own words", async () => {
  await using local = await aLocalAws();
  const { mediaConnect, cloudFormation, dynamoDb, ssm } = local.clients;
  for (const service of ["mediaconnect", "cloudformation", "dynamodb", "ssm"]) {
    await waitingFor(local, { service, operation: "*", kind: "throttle" });
  }
  const calls = [
    mediaConnect.send(new DescribeFlowCommand({ FlowArn: flowOf(local.world.data).arn })),
    cloudFormation.send(new DescribeStacksCommand({})),
    dynamoDb.send(new ListTablesCommand({})),
    ssm.send(new GetParameterCommand({ Name: "/a" })),
  ];
  const refusals = await Promise.all(calls.map(refusalOf));
  expect(refusals.map((refusal) => [refusal?.name, refusal?.status])).toEqual([
    ["TooManyRequestsException", 429],
    ["Throttling", 400],
    ["ThrottlingException", 400],
    ["ThrottlingException", 400],
  ]);
});

test("faults are listed and cleared, and only meet their operation", async () => {
  await using local = await aLocalAws({ stepMs: 60_000 });
  await waitingFor(local, { kind: "throttle", times: 5 });
  expect(await local.clients.mediaLive.send(new ListChannelsCommand({}))).toBeDefined();
  const faults = await (await fetch(`${local.url}/world/faults`)).json();
  expect(faults).toMatchObject({ faults: [{ operation: "StartChannel", times: 5 }] });
  await fetch(`${local.url}/world/faults`, { method: "DELETE" });
  expect(await start(local)).toMatchObject({ State: "STARTING" });
});

test.each([
  { service: "s3", kind: "throttle" },
  { operation: "DescribeThumbnails", kind: "throttle" },
  { kind: "unheard-of" },
  { kind: "throttle", times: 0 },
  { kind: "lost" },
  { service: "events", operation: "MediaLive Channel Alert", kind: "throttle" },
  { service: "events", operation: "MediaLive Nothing", kind: "lost" },
  { operation: "StopChannel", kind: "falls-back" },
  { operation: "*", kind: "stuck" },
])("refuses the fault %o", async (fault) => {
  await using local = await aLocalAws();
  expect(await waitingFor(local, fault)).toMatchObject({ ok: false, error: expect.any(String) });
});

test("a start that falls back was accepted, and ends idle", async () => {
  await using local = await aLocalAws();
  expect(await waitingFor(local, { kind: "falls-back" })).toEqual({ ok: true });
  expect(await start(local)).toMatchObject({ State: "STARTING" });
  await vi.waitFor(() => expect(stateOf(local)).toBe("IDLE"));
});

test("one stuck channel stays where it is until the faults are cleared", async () => {
  await using local = await aLocalAws();
  await waitingFor(local, { kind: "stuck" });
  await start(local);
  await local.clients.mediaLive.send(new StartChannelCommand({ ChannelId: "4710003" }));
  await vi.waitFor(() => expect(local.world.data.channels["4710003"]?.state).toBe("RUNNING"));
  expect(stateOf(local)).toBe("STARTING");
  await fetch(`${local.url}/world/faults`, { method: "DELETE" });
  await vi.waitFor(() => expect(stateOf(local)).toBe("RUNNING"));
});
