import {
  CreateFlowCommand,
  DeleteFlowCommand,
  DescribeFlowCommand,
  ListFlowsCommand,
} from "@aws-sdk/client-mediaconnect";
import { expect, test, vi } from "vitest";
import { refusalOf } from "../../../support/aws-harness.ts";
import { anEmptyAws, aSource, makeFlow } from "../../../support/site-requests.ts";
import { flowOf } from "../../../support/the-flow.ts";

const password = {
  KeyType: "srt-password" as const,
  RoleArn: "arn:aws:iam::000000000000:role/flow",
  SecretArn: "arn:aws:secretsmanager:us-west-2:000000000000:secret:srt-1",
};

test("makes a flow that stands still and answers what it was made of", async () => {
  await using local = await anEmptyAws();
  const { mediaConnect } = local.clients;
  const Source = aSource({ Decryption: password, MaxBitrate: 20_000_000, Description: "encoder" });
  const Maintenance = { MaintenanceDay: "Monday" as const, MaintenanceStartHour: "04:00" };
  const SourceMonitoringConfig = { ThumbnailState: "ENABLED" as const };
  const { Flow, $metadata } = await mediaConnect.send(
    new CreateFlowCommand({ Name: "site-flow", Source, Maintenance, SourceMonitoringConfig }),
  );
  expect($metadata.httpStatusCode).toBe(201);
  expect(Flow?.FlowArn).toMatch(
    /^arn:aws:mediaconnect:us-west-2:000000000000:flow:1-[A-Za-z0-9]{16}-[0-9a-f]{12}:site-flow$/,
  );
  const told = await mediaConnect.send(new DescribeFlowCommand({ FlowArn: Flow?.FlowArn }));
  expect(told.Flow).toEqual(Flow);
  expect(Flow).toMatchObject({
    ...{ AvailabilityZone: "us-west-2a", Maintenance, SourceMonitoringConfig, Status: "STANDBY" },
    Source: {
      ...{ Decryption: password, IngestIp: "127.0.0.1", IngestPort: 9998, Name: "primary" },
      SourceArn: expect.stringMatching(/:source:1-[A-Za-z0-9]{16}-[0-9a-f]{12}:primary$/),
      Transport: { MaxBitrate: 20_000_000, MinLatency: 200, Protocol: "srt-listener" },
      WhitelistCidr: "203.0.113.7/32",
    },
  });
  const { Flows } = await mediaConnect.send(new ListFlowsCommand({}));
  expect(Flows).toMatchObject([{ FlowArn: Flow?.FlowArn, Name: "site-flow" }]);
});

test("two sources of one protocol, where failover is on", async () => {
  await using local = await anEmptyAws();
  const { Flow } = await local.clients.mediaConnect.send(
    new CreateFlowCommand({
      Name: "site-flow",
      Sources: [aSource(), aSource({ Name: "backup", IngestPort: 9999 })],
      SourceFailoverConfig: { State: "ENABLED", FailoverMode: "FAILOVER" },
    }),
  );
  expect(Flow?.Sources?.map(({ Name }) => Name)).toEqual(["primary", "backup"]);
});

test.each([
  ["no source", { Source: undefined }, "source or sources is required"],
  ["a name with an underscore", { Name: "site_flow" }, "name must be"],
  ["another zone", { AvailabilityZone: "eu-west-1a" }, "availabilityZone is not a zone"],
  [
    "two sources and no failover",
    { Source: undefined, Sources: [aSource(), aSource({ Name: "b", IngestPort: 9999 })] },
    "must be ENABLED",
  ],
  [
    "a merge of SRT sources",
    { SourceFailoverConfig: { State: "ENABLED", FailoverMode: "MERGE" } },
    "must be FAILOVER for SRT",
  ],
  [
    "an unknown primary",
    { SourceFailoverConfig: { State: "ENABLED", SourcePriority: { PrimarySource: "x" } } },
    "names no source",
  ],
  [
    "maintenance at no full hour",
    { Maintenance: { MaintenanceDay: "Monday", MaintenanceStartHour: "4am" } },
    "maintenance/maintenanceStartHour",
  ],
  [
    "an unknown weekday",
    { Maintenance: { MaintenanceDay: "MONDAY", MaintenanceStartHour: "04:00" } },
    "maintenance/maintenanceDay",
  ],
])("refuses a flow with %s", async (_, wrong: object, problem) => {
  await using local = await anEmptyAws();
  const call = local.clients.mediaConnect.send(
    new CreateFlowCommand({ Name: "site-flow", Source: aSource(), ...wrong }),
  );
  expect(await refusalOf(call)).toEqual({
    ...{ name: "BadRequestException", status: 400 },
    message: expect.stringContaining(problem),
  });
  expect(local.world.data.flow).toBeNull();
});

test.each([
  ["no name", { Name: undefined }, "source/name is required"],
  ["no port", { IngestPort: undefined }, "ingestPort is required for srt-listener"],
  ["no allowed addresses", { WhitelistCidr: undefined }, "whitelistCidr is required"],
  ["an address without a mask", { WhitelistCidr: "203.0.113.7" }, "must be a CIDR block"],
  ["an upper-case protocol", { Protocol: "SRT_LISTENER" }, "source/protocol"],
  ["a maximum latency", { MaxLatency: 2000 }, "maxLatency does not go with srt-listener"],
  ["a stream id", { StreamId: "live" }, "streamId does not go with srt-listener"],
  ["a latency of a minute", { MinLatency: 60_000 }, "minLatency"],
  ["an algorithm", { Decryption: { ...password, Algorithm: "aes128" } }, "decryption/algorithm"],
  ["no role", { Decryption: { ...password, RoleArn: undefined } }, "decryption/roleArn"],
  ["no secret", { Decryption: { ...password, SecretArn: undefined } }, "decryption/secretArn"],
  ["a static key", { Decryption: { ...password, KeyType: "static-key" } }, "decryption/keyType"],
  [
    "FEC and a maximum latency",
    { Protocol: "rtp-fec", MaxLatency: 500, MinLatency: undefined },
    "maxLatency does not go with rtp-fec",
  ],
])("refuses a source with %s", async (_, wrong: object, problem) => {
  await using local = await anEmptyAws();
  const call = local.clients.mediaConnect.send(
    new CreateFlowCommand({ Name: "site-flow", Source: aSource(wrong) }),
  );
  expect(await refusalOf(call)).toEqual({
    ...{ name: "BadRequestException", status: 400 },
    message: expect.stringContaining(problem),
  });
});

test("a second flow is above the quota, because this machine has one SRT listener", async () => {
  await using local = await anEmptyAws();
  await makeFlow(local);
  expect(await refusalOf(makeFlow(local))).toMatchObject({
    name: "CreateFlow420Exception",
    status: 420,
  });
});

test("a flow that stands still is deleted, and another can be made", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { mediaConnect } = local.clients;
  const answer = await mediaConnect.send(new DeleteFlowCommand({ FlowArn }));
  expect(answer).toMatchObject({ FlowArn, Status: "DELETING", $metadata: { httpStatusCode: 202 } });
  await vi.waitFor(() => expect(local.world.data.flow).toBeNull());
  const call = mediaConnect.send(new DescribeFlowCommand({ FlowArn }));
  expect(await refusalOf(call)).toMatchObject({ name: "NotFoundException", status: 404 });
  expect((await mediaConnect.send(new ListFlowsCommand({}))).Flows).toEqual([]);
  expect(await makeFlow(local)).not.toBe(FlowArn);
});

test.each(["STARTING", "ACTIVE", "UPDATING", "STOPPING"] as const)(
  "a flow that is %s is not deleted",
  async (status) => {
    await using local = await anEmptyAws({ stepMs: 60_000 });
    const FlowArn = await makeFlow(local);
    local.world.change((data) => void Object.assign(flowOf(data), { status }));
    const call = local.clients.mediaConnect.send(new DeleteFlowCommand({ FlowArn }));
    expect(await refusalOf(call)).toMatchObject({ name: "BadRequestException", status: 400 });
    expect(flowOf(local.world.data).status).toBe(status);
  },
);
