import {
  AddFlowSourcesCommand,
  DescribeFlowCommand,
  RemoveFlowSourceCommand,
  UpdateFlowCommand,
  UpdateFlowSourceCommand,
} from "@aws-sdk/client-mediaconnect";
import { expect, test, vi } from "vitest";
import { refusalOf } from "../../../support/aws-harness.ts";
import { anEmptyAws, aSource, makeFlow } from "../../../support/site-requests.ts";
import { flowOf } from "../../../support/the-flow.ts";

const backup = aSource({ Name: "backup", IngestPort: 9999 });
const failover = { State: "ENABLED", FailoverMode: "FAILOVER" } as const;

test("a second source needs failover first, and a third is one too many", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { mediaConnect } = local.clients;
  const add = (Sources: object[]) =>
    mediaConnect.send(new AddFlowSourcesCommand({ FlowArn, Sources }));
  expect(await refusalOf(add([backup]))).toMatchObject({
    status: 400,
    message: expect.stringContaining("must be ENABLED"),
  });
  const { $metadata } = await mediaConnect.send(
    new UpdateFlowCommand({ FlowArn, SourceFailoverConfig: failover }),
  );
  expect($metadata.httpStatusCode).toBe(202);
  const added = await add([backup]);
  expect(added).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    Sources: [{ Name: "backup", IngestPort: 9999 }],
  });
  const third = aSource({ Name: "third", IngestPort: 10_000 });
  expect(await refusalOf(add([third]))).toMatchObject({ status: 400 });
  const { Flow } = await mediaConnect.send(new DescribeFlowCommand({ FlowArn }));
  expect(Flow).toMatchObject({ SourceFailoverConfig: failover, Sources: [{}, {}] });
  expect(Flow?.Source).toEqual(Flow?.Sources?.[0]);
});

test.each([
  ["the same port", { IngestPort: 9998 }],
  ["the same name", { Name: "primary" }],
  ["another protocol", { Protocol: "rtp", MinLatency: undefined }],
])("refuses a second source with %s", async (_, wrong) => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { mediaConnect } = local.clients;
  await mediaConnect.send(new UpdateFlowCommand({ FlowArn, SourceFailoverConfig: failover }));
  const Sources = [{ ...backup, ...wrong }];
  const call = mediaConnect.send(new AddFlowSourcesCommand({ FlowArn, Sources } as never));
  expect(await refusalOf(call)).toMatchObject({ name: "BadRequestException", status: 400 });
});

test("failover stays on while there are two sources, and the last source stays", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { mediaConnect } = local.clients;
  await mediaConnect.send(new UpdateFlowCommand({ FlowArn, SourceFailoverConfig: failover }));
  const added = await mediaConnect.send(new AddFlowSourcesCommand({ FlowArn, Sources: [backup] }));
  const off = () =>
    mediaConnect.send(
      new UpdateFlowCommand({ FlowArn, SourceFailoverConfig: { State: "DISABLED" } }),
    );
  const bad = { name: "BadRequestException", status: 400 };
  expect(await refusalOf(off())).toMatchObject(bad);
  const remove = (SourceArn = "") =>
    mediaConnect.send(new RemoveFlowSourceCommand({ FlowArn, SourceArn }));
  const SourceArn = added.Sources?.[0]?.SourceArn;
  expect(await remove(SourceArn)).toMatchObject({ SourceArn, $metadata: { httpStatusCode: 202 } });
  expect(await refusalOf(remove(SourceArn))).toMatchObject({ status: 404 });
  expect((await off()).Flow?.SourceFailoverConfig?.State).toBe("DISABLED");
  const primary = flowOf(local.world.data).spec.sources[0]?.arn;
  expect(await refusalOf(remove(primary))).toMatchObject(bad);
});

test("a source is updated as a whole: what does not go together is refused", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { mediaConnect } = local.clients;
  const SourceArn = flowOf(local.world.data).spec.sources[0]?.arn ?? "";
  const update = (change: object) =>
    mediaConnect.send(new UpdateFlowSourceCommand({ FlowArn, SourceArn, ...change }));
  const answer = await update({ MinLatency: 500, WhitelistCidr: "198.51.100.0/24" });
  expect(answer).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    Source: { WhitelistCidr: "198.51.100.0/24", Transport: { MinLatency: 500 } },
  });
  expect(await refusalOf(update({ MaxLatency: 500 }))).toMatchObject({ status: 400 });
  expect(await refusalOf(update({ Protocol: "rtp" }))).toMatchObject({ status: 400 });
});

test("a flow that runs is UPDATING for a moment, and refuses changes while it is", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { mediaConnect } = local.clients;
  const setStatus = (status: "ACTIVE" | "UPDATING") =>
    local.world.change((data) => void Object.assign(flowOf(data), { status }));
  const Maintenance = { MaintenanceDay: "Sunday" as const };
  const update = () => mediaConnect.send(new UpdateFlowCommand({ FlowArn, Maintenance }));
  setStatus("ACTIVE");
  expect((await update()).Flow).toMatchObject({
    Status: "UPDATING",
    Maintenance: { ...Maintenance, MaintenanceStartHour: "06:00" },
  });
  await vi.waitFor(() => expect(flowOf(local.world.data).status).toBe("ACTIVE"));
  setStatus("UPDATING");
  expect(await refusalOf(update())).toMatchObject({ name: "BadRequestException", status: 400 });
});
