import type { World, WorldData } from "../world.ts";
import type { Json } from "./answers.ts";
import { AwsError } from "./errors.ts";
import { isJson, toJson } from "./input.ts";
import { isPassing, sourceArnOf } from "./mediaconnect/flow.ts";
import type { Site } from "./service.ts";

/**
 * GetMetricData for what MediaConnect publishes about its source (MediaConnect user guide, source health metrics).
 * There is no history here: a metric has one data point, for the period that is running now.
 */
export function getMetricData({ world }: Site, input: Json): Json {
  const queries = input.MetricDataQueries;
  if (!Array.isArray(queries) || queries.length === 0) throw invalid("MetricDataQueries");
  const range = { start: toMs(input.StartTime), end: toMs(input.EndTime) };
  if (!(range.start < range.end)) throw invalid("StartTime, which must be before EndTime");
  return {
    MetricDataResults: queries.map((query) => toResult(world, toJson(query), range)),
    Messages: [],
  };
}

const toMs = (seconds: unknown) => (typeof seconds === "number" ? seconds * 1000 : Number.NaN);

function toResult(world: World, query: Json, range: { start: number; end: number }): Json {
  const stat = query.MetricStat;
  if (typeof query.Id !== "string" || !isJson(stat) || !isJson(stat.Metric)) {
    throw invalid("MetricDataQueries: each needs Id and MetricStat here");
  }
  const metric = stat.Metric;
  const period = toMs(stat.Period);
  if (!(period > 0)) throw invalid("Period");
  const at = Math.floor(world.now() / period) * period;
  const value = at >= range.start && at <= range.end ? readMetric(world.data, metric) : null;
  return {
    Id: query.Id,
    Label: query.Label ?? metric.MetricName,
    StatusCode: "Complete",
    Timestamps: value === null ? [] : [at / 1000],
    Values: value === null ? [] : [value],
  };
}

/** Unknown metrics and sources have no data, as in CloudWatch; neither has a flow that stands still. */
function readMetric(world: Readonly<WorldData>, metric: Json): number | null {
  const ours = metric.Namespace === "AWS/MediaConnect" && isOfSource(world, metric.Dimensions);
  if (!ours || !isPassing(world)) return null;
  const { source } = world;
  if (metric.MetricName === "SourceConnected") return source.connected ? 1 : 0;
  if (!source.connected) return null;
  switch (metric.MetricName) {
    case "SourceBitRate":
      return source.bitrateBps;
    case "SourceRoundTripTime":
      return source.rttMs;
    case "SourcePacketLossPercent":
      return source.lossPercent;
    default:
      return null;
  }
}

/** Source metrics can be asked for by the source's ARN or by the flow's. */
function isOfSource({ flow }: Readonly<WorldData>, dimensions: unknown): boolean {
  const [dimension, ...more] = Array.isArray(dimensions) ? dimensions : [];
  if (!isJson(dimension) || more.length > 0) return false;
  if (flow === null) return false;
  const arn = dimension.Name === "FlowARN" ? flow.arn : sourceArnOf(flow);
  return ["FlowARN", "SourceARN"].includes(String(dimension.Name)) && dimension.Value === arn;
}

const invalid = (what: string) =>
  new AwsError("InvalidParameterValueException", 400, { message: `Invalid value for ${what}` });
