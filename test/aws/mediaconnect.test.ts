import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { sourceFigures } from "../../src/aws/cloudwatch.ts";
import { mediaConnectFlows } from "../../src/aws/mediaconnect.ts";
import { type AwsStage, openAwsStage } from "../support/aws-stage.ts";
import { flowOf } from "../support/the-flow.ts";

const feed = { connected: true, bitrateBps: 6_000_000, rttMs: 24, lossPercent: 0.5 };
const noFigures = { bitrateBps: null, rttMs: null, lossPercent: null };

let stage: AwsStage;
let clients: AwsClients;
beforeEach(async () => {
  stage = await openAwsStage();
  clients = createAwsClients(stage.options);
  stage.world.change((world) => {
    flowOf(world).status = "ACTIVE";
    Object.assign(world.source, feed);
  });
});
afterEach(async () => {
  clients.close();
  await stage.close();
});

const fail = (service: string, operation: string) =>
  stage.aws.faults.add({ service, operation, kind: "throttle", times: 3 });

const flows = (cacheMs?: number) =>
  mediaConnectFlows(
    clients.mediaConnect,
    sourceFigures(clients.cloudWatch, { clock: stage.clock, cacheMs }),
  );

/** What AWS answers of the source's metadata from now on. */
const answerOfSource = (answer: Readonly<Record<string, unknown>>) =>
  clients.mediaConnect.reads.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const real = await next(args);
        if (commandName !== "DescribeFlowSourceMetadataCommand") return real;
        return { ...real, output: { ...answer, $metadata: real.output.$metadata } };
      },
    { step: "initialize" },
  );

const setBitrate = (bitrateBps: number | null) =>
  stage.world.change(({ source }) => Object.assign(source, { bitrateBps }));

describe("mediaConnectFlows", () => {
  it("does not know whether a source is there when its metadata cannot be read", async () => {
    fail("mediaconnect", "DescribeFlowSourceMetadata");
    const { source } = await flows().read(flowOf(stage.world.data).arn);
    expect(source).toEqual({ ...feed, connected: null });
  });

  it.each([
    ["nothing", {}],
    ["a message alone", { Messages: [{ Code: "Busy", Message: "Try again later." }] }],
    ["no list of programs", { TransportMediaInfo: {} }],
    ["programs of another form", { TransportMediaInfo: { Programs: { count: 1 } } }],
    ["null", { TransportMediaInfo: null }],
    ["no program although a bitrate is measured", { TransportMediaInfo: { Programs: [] } }],
  ])(
    "M5 no-surprise-stop: does not know whether a source is there when AWS answers %s",
    async (_, answer) => {
      answerOfSource(answer);
      const { source } = await flows().read(flowOf(stage.world.data).arn);
      expect(source).toEqual({ ...feed, connected: null });
    },
  );

  it.each([0, null])(
    "has no source when AWS lists no program and measures %s",
    async (bitrateBps) => {
      answerOfSource({ TransportMediaInfo: { Programs: [] } });
      setBitrate(bitrateBps);
      const { source } = await flows().read(flowOf(stage.world.data).arn);
      expect(source).toEqual({ connected: false, ...noFigures });
    },
  );

  it.each([{}, { Messages: [{ Code: "NoSource", Message: "Nothing arrives." }] }])(
    "has no source when AWS lists nothing at all and measures 0: %j",
    async (answer) => {
      answerOfSource(answer);
      setBitrate(0);
      const { source } = await flows().read(flowOf(stage.world.data).arn);
      expect(source).toEqual({ connected: false, ...noFigures });
    },
  );

  it("has no figures when CloudWatch cannot be asked", async () => {
    fail("monitoring", "GetMetricData");
    const { source } = await flows().read(flowOf(stage.world.data).arn);
    expect(source).toEqual({ connected: true, ...noFigures });
  });

  it("says when the flow itself cannot be read", async () => {
    fail("mediaconnect", "DescribeFlow");
    await expect(flows().read(flowOf(stage.world.data).arn)).rejects.toMatchObject({
      code: "aws-throttled",
    });
  });

  it("sends a start once", async () => {
    stage.world.change((data) => Object.assign(flowOf(data), { status: "STANDBY" }));
    const { arn } = flowOf(stage.world.data);
    stage.aws.faults.add({
      service: "mediaconnect",
      operation: "StartFlow",
      kind: "lost-response",
      times: 1,
    });
    await expect(flows().start(arn)).rejects.toMatchObject({ code: "aws-unavailable" });
    expect(["STARTING", "ACTIVE"]).toContain(flowOf(stage.world.data).status);
  });
});

describe("sourceFigures", () => {
  it("asks again only after ten seconds, because each metric is billed", async () => {
    const kept = flows();
    const bitrate = async () => (await kept.read(flowOf(stage.world.data).arn)).source.bitrateBps;
    expect(await bitrate()).toBe(6_000_000);
    setBitrate(1_000_000);
    await stage.clock.advance(9_999);
    expect(await bitrate()).toBe(6_000_000);
    await stage.clock.advance(1);
    expect(await bitrate()).toBe(1_000_000);
  });

  it("does not ask a failing CloudWatch every time either", async () => {
    fail("monitoring", "GetMetricData");
    const kept = flows();
    const read = async () => (await kept.read(flowOf(stage.world.data).arn)).source;
    expect(await read()).toEqual({ connected: true, ...noFigures });
    expect(await read()).toEqual({ connected: true, ...noFigures });
    await stage.clock.advance(10_000);
    expect(await read()).toEqual(feed);
  });

  it("asks every time without a cache", async () => {
    const uncached = flows(0);
    const bitrate = async () =>
      (await uncached.read(flowOf(stage.world.data).arn)).source.bitrateBps;
    expect(await bitrate()).toBe(6_000_000);
    setBitrate(2_000_000);
    expect(await bitrate()).toBe(2_000_000);
  });

  it("has no figures without a source", async () => {
    const figures = sourceFigures(clients.cloudWatch, { clock: stage.clock });
    expect(await figures(null)).toEqual(noFigures);
  });
});
