import { type CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import * as z from "zod";
import type { SourceReading } from "../domain/source.ts";
import type { Clock } from "../manager/ports.ts";

export type Figures = Omit<SourceReading, "connected">;

/** What CloudWatch measured of a source of late; null figures when it did not, cannot be asked, or has no source. */
export type SourceFigures = (sourceArn: string | null) => Promise<Figures>;

/** MediaConnect's source metrics (MediaConnect user guide, source health metrics), by our figure. */
const metrics = {
  bitrateBps: "SourceBitRate",
  rttMs: "SourceRoundTripTime",
  lossPercent: "SourcePacketLossPercent",
} as const;

const noFigures: Figures = { bitrateBps: null, rttMs: null, lossPercent: null };
const lookBackMs = 180_000;
const periodSeconds = 60;

const resultSchema = z.object({
  Id: z.string(),
  Timestamps: z.array(z.date()).catch([]),
  Values: z.array(z.number().nonnegative()).catch([]),
});

/** GetMetricData is billed by the metric, so an answer, also a failed one, is kept for `cacheMs` (10 s by default). */
export function sourceFigures(
  client: CloudWatchClient,
  { clock, cacheMs = 10_000 }: { clock: Clock; cacheMs?: number | undefined },
): SourceFigures {
  const kept = new Map<string, { at: number; figures: Promise<Figures> }>();
  return async (sourceArn) => {
    if (sourceArn === null) return noFigures;
    const now = clock.now();
    const last = kept.get(sourceArn);
    if (last !== undefined && now.getTime() - last.at < cacheMs) return last.figures;
    const figures = measure(client, sourceArn, now).catch(() => noFigures);
    kept.set(sourceArn, { at: now.getTime(), figures });
    return figures;
  };
}

async function measure(client: CloudWatchClient, sourceArn: string, now: Date): Promise<Figures> {
  const answer = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - lookBackMs),
      EndTime: now,
      MetricDataQueries: Object.entries(metrics).map(([figure, metric]) => ({
        Id: figure,
        MetricStat: {
          Metric: {
            Namespace: "AWS/MediaConnect",
            MetricName: metric,
            Dimensions: [{ Name: "SourceARN", Value: sourceArn }],
          },
          Period: periodSeconds,
          Stat: "Average",
        },
      })),
    }),
  );
  const results = z.array(resultSchema).catch([]).parse(answer.MetricDataResults);
  const newest = (figure: keyof typeof metrics) =>
    newestValue(results.find(({ Id }) => Id === figure));
  return {
    bitrateBps: newest("bitrateBps"),
    rttMs: newest("rttMs"),
    lossPercent: newest("lossPercent"),
  };
}

/** Points come in either order, so the time decides. */
function newestValue(result: z.infer<typeof resultSchema> | undefined): number | null {
  const points = (result?.Timestamps ?? []).map((at, index) => ({
    at: at.getTime(),
    value: result?.Values[index] ?? null,
  }));
  return points.toSorted((left, right) => right.at - left.at)[0]?.value ?? null;
}
