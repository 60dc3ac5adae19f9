import {
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  type MetricValue,
} from "@aws-sdk/client-cost-explorer";
import { expect, test } from "vitest";
import type { LocalRun } from "../../../../local/world.ts";
import {
  aLocalAws,
  type LocalAwsHarness,
  refusalOf,
  testNow,
} from "../../../support/aws-harness.ts";

const hour = 3_600_000;
const day = 24 * hour;
const midnight = Date.UTC(2026, 10, 22);
const youtube = "4710002";

const aRun = (from: number, minutes: number, more: Partial<LocalRun> = {}): LocalRun => ({
  ...{ of: "channel", id: youtube, from, to: from + minutes * 60_000, bitrateBps: null },
  ...more,
});

/** A site that has been there since the 19th; now is the 22nd, 20:00 UTC, so that bills reach to noon. */
async function aBilledAws(...runs: LocalRun[]) {
  const local = await aLocalAws();
  local.world.change(({ bill }) => void Object.assign(bill, { since: midnight - 3 * day, runs }));
  return local;
}

const ask = ({ clients }: LocalAwsHarness, overrides: Partial<GetCostAndUsageCommandInput> = {}) =>
  clients.costExplorer.send(
    new GetCostAndUsageCommand({
      TimePeriod: { Start: "2026-11-19", End: "2026-11-23" },
      Granularity: "DAILY",
      Metrics: ["UnblendedCost", "UsageQuantity"],
      ...overrides,
    }),
  );

const amount = (metric: MetricValue | undefined) => Number(metric?.Amount);

/** Quantity and cost of each operation in one period. */
async function byOperation(local: LocalAwsHarness, TimePeriod: { Start: string; End: string }) {
  const GroupBy = [{ Type: "DIMENSION" as const, Key: "OPERATION" }];
  const { ResultsByTime } = await ask(local, { TimePeriod, Granularity: "MONTHLY", GroupBy });
  const groups = ResultsByTime?.[0]?.Groups ?? [];
  return Object.fromEntries(
    groups.map(({ Keys, Metrics }) => [
      Keys?.[0],
      [amount(Metrics?.UsageQuantity), amount(Metrics?.UnblendedCost)],
    ]),
  );
}

const theTwentieth = { Start: "2026-11-20", End: "2026-11-21" };
const onTheTwentieth = midnight - 2 * day;

test("an hour of YouTube costs its input, one encode and its egress, the rest of the site its idle fees", async () => {
  await using local = await aBilledAws(aRun(onTheTwentieth + hour, 60));
  const costs = await byOperation(local, theTwentieth);
  expect(costs.CHANNEL_INPUT).toEqual([1, 0.1404]);
  expect(costs.CHANNEL_OUTPUT).toEqual([1, 0.4212]);
  expect(costs.NoOperation?.[0]).toBeCloseTo(2.7576);
  expect(costs.INACTIVE_CHANNEL?.[0]).toBeCloseTo(5 * 24 - 1);
  expect(costs.INACTIVE_INPUT?.[1]).toBeCloseTo((5 * 24 - 1) * 0.01);
});

test("a channel costs from when it is made to when it is deleted, and what it ran stays on the bill", async () => {
  await using local = await aBilledAws(aRun(onTheTwentieth + 7 * hour, 60));
  const life = { createdAt: onTheTwentieth + 6 * hour, changedAt: onTheTwentieth + 10 * hour };
  local.world.change(({ channels }) => {
    Object.assign(channels[youtube] ?? {}, { ...life, state: "DELETED" });
  });
  const costs = await byOperation(local, theTwentieth);
  expect(costs.CHANNEL_OUTPUT?.[0]).toBeCloseTo(1);
  expect(costs.INACTIVE_CHANNEL?.[0]).toBeCloseTo(4 * 24 + 3);
});

test("a run is rounded up to the minute, above a minimum of ten", async () => {
  await using local = await aBilledAws(
    aRun(onTheTwentieth + hour, 2),
    aRun(onTheTwentieth + 2 * hour, 20.5),
  );
  const { CHANNEL_INPUT } = await byOperation(local, theTwentieth);
  expect(CHANNEL_INPUT?.[0]).toBeCloseTo((10 + 21) / 60);
});

test("the primary pays for each rung of its ladder, and for what the packager takes in", async () => {
  await using local = await aBilledAws(aRun(onTheTwentieth, 60, { id: "4710001" }));
  const costs = await byOperation(local, theTwentieth);
  expect(costs.CHANNEL_OUTPUT?.[1]).toBeCloseTo(0.4212 * 2 + 0.2124);
  expect(costs.Ingest?.[0]).toBeCloseTo(9.328 * 0.45);
});

test("the flow pays by the hour, its source by the gigabyte to every channel", async () => {
  await using local = await aBilledAws(
    aRun(onTheTwentieth, 120, { of: "flow", id: "flow" }),
    aRun(onTheTwentieth, 60, { of: "source", id: "flow", bitrateBps: 8_000_000 }),
  );
  const costs = await byOperation(local, theTwentieth);
  expect(costs.RunFlow).toEqual([2, 0.32]);
  expect(costs.Transfer?.[0]).toBeCloseTo(5 * 3.6);
});

test("days add up to the month, over midnight as well, and what is too new is estimated", async () => {
  await using local = await aBilledAws(aRun(onTheTwentieth - hour, 120), aRun(testNow - hour, 60));
  const Filter = { Dimensions: { Key: "OPERATION" as const, Values: ["CHANNEL_INPUT"] } };
  const days = (await ask(local, { Filter })).ResultsByTime ?? [];
  expect(days.map(({ Total }) => amount(Total?.UsageQuantity))).toEqual([1, 1, 0, 0]);
  expect(days.map(({ Estimated }) => Estimated)).toEqual([false, false, false, true]);
  const month = (await ask(local, { Filter, Granularity: "MONTHLY" })).ResultsByTime ?? [];
  expect(month).toMatchObject([
    {
      TimePeriod: { Start: "2026-11-19", End: "2026-11-23" },
      Total: { UsageQuantity: { Amount: "2.0000000000", Unit: "Hrs" } },
      Estimated: true,
    },
  ]);
});

test("what really runs is noted, and the bill's factor makes it differ from the list", async () => {
  await using local = await aLocalAws();
  const forward = (ms: number) =>
    local.world.change(({ clock }) => void Object.assign(clock, { offsetMs: clock.offsetMs + ms }));
  local.setState(youtube, "STARTING");
  local.setState(youtube, "RUNNING");
  forward(90 * 60_000);
  local.setState(youtube, "IDLE");
  forward(3 * day);
  const asked = { Start: "2026-11-22", End: "2026-11-24" };
  expect((await byOperation(local, asked)).CHANNEL_INPUT?.[0]).toBeCloseTo(1.5);
  local.world.change(({ bill }) => void Object.assign(bill, { factor: 1.1 }));
  expect((await byOperation(local, asked)).CHANNEL_INPUT?.[1]).toBeCloseTo(1.5 * 0.1404 * 1.1);
});

test("groups by service and usage type at once, filtered by service", async () => {
  await using local = await aBilledAws(aRun(onTheTwentieth, 60));
  const { ResultsByTime, GroupDefinitions } = await ask(local, {
    TimePeriod: theTwentieth,
    Filter: { Dimensions: { Key: "SERVICE", Values: ["AWS Elemental MediaLive"] } },
    GroupBy: [
      { Type: "DIMENSION", Key: "SERVICE" },
      { Type: "DIMENSION", Key: "USAGE_TYPE" },
    ],
  });
  expect(GroupDefinitions).toHaveLength(2);
  expect(ResultsByTime?.[0]?.Groups?.map(({ Keys }) => Keys?.[1])).toEqual([
    "EML1-USW2-IN-AVC-HD-L10",
    "EML1-USW2-OUT-AVC-HD-L10-30-S",
    "USW2-IdleChannel",
    "USW2-IdlePushInput",
  ]);
});

test("filters by all of several dimensions, of which the region is one", async () => {
  await using local = await aBilledAws(aRun(onTheTwentieth, 60));
  const billedIn = async (region: string) => {
    const { ResultsByTime } = await ask(local, {
      TimePeriod: theTwentieth,
      Filter: {
        And: [
          { Dimensions: { Key: "OPERATION", Values: ["CHANNEL_INPUT"] } },
          { Dimensions: { Key: "REGION", Values: [region] } },
        ],
      },
    });
    return amount(ResultsByTime?.[0]?.Total?.UsageQuantity);
  };
  expect(await billedIn("us-west-2")).toBe(1);
  expect(await billedIn("us-east-1")).toBe(0);
});

test.each<[string, Partial<GetCostAndUsageCommandInput>]>([
  ["before end date", { TimePeriod: { Start: "2026-11-20", End: "2026-11-20" } }],
  ["yyyy-mm-dd", { TimePeriod: { Start: "20 Nov", End: "2026-11-20" } }],
  ["future", { TimePeriod: { Start: "2026-11-23", End: "2026-11-24" } }],
  ["next month", { TimePeriod: { Start: "2026-11-01", End: "2026-12-02" } }],
  ["14 months", { TimePeriod: { Start: "2025-08-01", End: "2026-11-02" } }],
  ["Metrics", { Metrics: ["Nonsense"] }],
])("refuses what is wrong, naming %s", async (words, overrides) => {
  await using local = await aBilledAws();
  const refusal = await refusalOf(ask(local, overrides));
  expect(refusal).toMatchObject({ name: "ValidationException", status: 400 });
  expect(refusal?.message).toContain(words);
});

test.each<[string, Partial<GetCostAndUsageCommandInput>]>([
  ["HOURLY", { Granularity: "HOURLY" }],
  ["AmortizedCost", { Metrics: ["AmortizedCost"] }],
  ["TAG", { GroupBy: [{ Type: "TAG", Key: "Destination" }] }],
  ["Or", { Filter: { And: [{ Or: [] }, { Dimensions: { Key: "SERVICE", Values: ["a"] } }] } }],
  ["Not", { Filter: { Not: { Dimensions: { Key: "SERVICE", Values: ["a"] } } } }],
])("what is not here is refused by name: %s", async (what, overrides) => {
  await using local = await aBilledAws();
  const refusal = await refusalOf(ask(local, overrides));
  expect(refusal?.message).toContain(`with ${what} is not part of the local AWS yet`);
});

test("a new site has no data yet", async () => {
  await using local = await aLocalAws();
  expect(await refusalOf(ask(local))).toMatchObject({ name: "DataUnavailableException" });
});
