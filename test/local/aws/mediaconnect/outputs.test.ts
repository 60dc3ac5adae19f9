import {
  AddFlowOutputsCommand,
  DescribeFlowCommand,
  ListTagsForResourceCommand,
  type MediaConnectClient,
  RemoveFlowOutputCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFlowOutputCommand,
} from "@aws-sdk/client-mediaconnect";
import { expect, test } from "vitest";
import { refusalOf } from "../../../support/aws-harness.ts";
import { anEmptyAws, makeFlow, makeInput } from "../../../support/site-requests.ts";

const fec = (Port: number, overrides: object = {}) => ({
  ...{ Name: `fec-${Port}`, Protocol: "rtp-fec" as const, Destination: "203.0.113.9", Port },
  ...overrides,
});

const add = (client: MediaConnectClient, FlowArn: string, ...Outputs: object[]) =>
  client.send(new AddFlowOutputsCommand({ FlowArn, Outputs } as never));

test("outputs are added as a list, changed and removed one by one", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { mediaConnect } = local.clients;
  const added = await add(mediaConnect, FlowArn, fec(5000), fec(5010));
  expect(added.$metadata.httpStatusCode).toBe(201);
  expect(added.Outputs).toMatchObject([
    {
      ...{ Name: "fec-5000", Port: 5000, OutputStatus: "ENABLED" },
      OutputArn: expect.stringMatching(/:output:1-[A-Za-z0-9]{16}-[0-9a-f]{12}:fec-5000$/),
      Transport: { Protocol: "rtp-fec" },
    },
    { Name: "fec-5010" },
  ]);
  const OutputArn = added.Outputs?.[0]?.OutputArn ?? "";
  const off = { FlowArn, OutputArn, OutputStatus: "DISABLED" as const };
  const updated = await mediaConnect.send(new UpdateFlowOutputCommand(off));
  expect(updated).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    Output: { OutputStatus: "DISABLED", Port: 5000 },
  });
  const near = new UpdateFlowOutputCommand({ FlowArn, OutputArn, Port: 5008 });
  expect(await refusalOf(mediaConnect.send(near))).toMatchObject({ status: 400 });
  const remove = () => mediaConnect.send(new RemoveFlowOutputCommand({ FlowArn, OutputArn }));
  expect(await remove()).toMatchObject({ OutputArn, $metadata: { httpStatusCode: 202 } });
  expect(await refusalOf(remove())).toMatchObject({ name: "NotFoundException", status: 404 });
});

test.each([
  ["RTMP", [fec(5000, { Protocol: "rtmp" })]],
  ["a maximum latency", [fec(5000, { MaxLatency: 500 })]],
  ["no address", [fec(5000, { Destination: undefined })]],
  ["no port", [fec(5000, { Port: undefined })]],
  ["no protocol", [fec(5000, { Protocol: undefined })]],
  ["a privileged port", [fec(80)]],
  ["the next port", [fec(5000), fec(5001)]],
  ["the port of the other's second FEC stream", [fec(5000), fec(5004)]],
  ["the same name", [fec(5000), fec(5010, { Name: "fec-5000" })]],
])("refuses outputs with %s", async (_, outputs) => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const call = add(local.clients.mediaConnect, FlowArn, ...outputs);
  expect(await refusalOf(call)).toMatchObject({ name: "BadRequestException", status: 400 });
  expect(local.world.data.flow?.spec.outputs).toEqual([]);
});

test("FEC outputs five apart, and at one port of two addresses, do not meet", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { Outputs } = await add(
    local.clients.mediaConnect,
    FlowArn,
    ...[fec(5000), fec(5005), fec(5000, { Name: "elsewhere", Destination: "203.0.113.10" })],
  );
  expect(Outputs).toHaveLength(3);
});

test("a flow has 50 outputs, those that MediaLive manages among them", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  await makeInput(local, FlowArn);
  const { mediaConnect } = local.clients;
  const many = Array.from({ length: 49 }, (_each, index) => fec(5000 + 5 * index));
  await add(mediaConnect, FlowArn, ...many);
  expect(await refusalOf(add(mediaConnect, FlowArn, fec(9000)))).toMatchObject({
    name: "AddFlowOutputs420Exception",
    status: 420,
  });
  const { Flow } = await mediaConnect.send(new DescribeFlowCommand({ FlowArn }));
  expect(Flow?.Outputs).toHaveLength(50);
});

test("flow and outputs have tags of their own", async () => {
  await using local = await anEmptyAws();
  const FlowArn = await makeFlow(local);
  const { mediaConnect } = local.clients;
  const { Outputs } = await add(mediaConnect, FlowArn, fec(5000));
  for (const ResourceArn of [FlowArn, Outputs?.[0]?.OutputArn ?? ""]) {
    const tags = async () =>
      (await mediaConnect.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
    await mediaConnect.send(new TagResourceCommand({ ResourceArn, Tags: { A: "1", B: "2" } }));
    expect(await tags()).toEqual({ A: "1", B: "2" });
    await mediaConnect.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["A"] }));
    expect(await tags()).toEqual({ B: "2" });
  }
  const unknown = new ListTagsForResourceCommand({ ResourceArn: `${FlowArn}-other` });
  expect(await refusalOf(mediaConnect.send(unknown))).toMatchObject({ status: 404 });
});
