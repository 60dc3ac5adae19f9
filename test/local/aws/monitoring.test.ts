import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sourceArnOf } from "../../../local/aws/mediaconnect/flow.ts";
import { aLocalAws, type LocalAwsHarness, refusalOf, testNow } from "../../support/aws-harness.ts";
import { flowOf } from "../../support/the-flow.ts";

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws();
});
afterAll(() => local[Symbol.asyncDispose]());

const names = [
  "SourceConnected",
  "SourceBitRate",
  "SourceRoundTripTime",
  "SourcePacketLossPercent",
  "SourceHealth",
];

async function read(dimension: { Name: string; Value: string }) {
  const { MetricDataResults } = await local.clients.monitoring.send(
    new GetMetricDataCommand({
      StartTime: new Date(testNow - 300_000),
      EndTime: new Date(testNow + 1000),
      MetricDataQueries: names.map((MetricName, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: { Namespace: "AWS/MediaConnect", MetricName, Dimensions: [dimension] },
          Period: 60,
          Stat: "Average",
        },
      })),
    }),
  );
  return Object.fromEntries(
    (MetricDataResults ?? []).map((result) => [result.Label, result.Values?.[0]]),
  );
}

const source = () => ({ Name: "SourceARN", Value: sourceArnOf(flowOf(local.world.data)) });

test("tells what is measured of a connected source, by source and by flow", async () => {
  local.world.change((data) => {
    flowOf(data).status = "ACTIVE";
    const figures = { bitrateBps: 8_000_000, rttMs: 12.5, lossPercent: 0.1 };
    Object.assign(data.source, { connected: true, ...figures });
  });
  const figures = {
    SourceConnected: 1,
    SourceBitRate: 8_000_000,
    SourceRoundTripTime: 12.5,
    SourcePacketLossPercent: 0.1,
    SourceHealth: undefined,
  };
  expect(await read(source())).toEqual(figures);
  expect(await read({ Name: "FlowARN", Value: flowOf(local.world.data).arn })).toEqual(figures);
});

test("has no data for what is not measured, and none of another source", async () => {
  local.world.change((data) => {
    flowOf(data).status = "ACTIVE";
    Object.assign(data.source, { connected: true, bitrateBps: null, rttMs: null });
  });
  expect(await read(source())).toMatchObject({
    SourceConnected: 1,
    SourceBitRate: undefined,
    SourceRoundTripTime: undefined,
  });
  expect(await read({ Name: "SourceARN", Value: "arn:other" })).toMatchObject({
    SourceConnected: undefined,
  });
});

test("a lost source is connected 0, and a flow that stands still has no data", async () => {
  local.world.change((data) => {
    flowOf(data).status = "ACTIVE";
    Object.assign(data.source, { connected: false, bitrateBps: 8_000_000 });
  });
  expect(await read(source())).toMatchObject({ SourceConnected: 0, SourceBitRate: undefined });
  local.world.change((data) => void Object.assign(flowOf(data), { status: "STANDBY" }));
  expect(await read(source())).toMatchObject({ SourceConnected: undefined });
});

test("refuses a query without metrics", async () => {
  const call = local.clients.monitoring.send(
    new GetMetricDataCommand({
      StartTime: new Date(0),
      EndTime: new Date(1000),
      MetricDataQueries: [],
    }),
  );
  expect(await refusalOf(call)).toMatchObject({ status: 400 });
});
