import { metered, type PriceTable } from "../src/domain/cost/price-table.ts";
import { assumedSourceBitrateBps, assumedSpec, ratesOf } from "../src/domain/cost/rates.ts";
import { usdWords } from "../src/domain/money.ts";
import type { Change, StackResource } from "./cloud.ts";

/** What there is of what costs by the hour; `primaries` are the channels that feed the packager. */
export type Priced = { channels: number; primaries: number; flows: number; secrets: number };

type Resource = Pick<StackResource, "logicalId" | "type">;

const countOf = (resources: readonly Resource[]): Priced => {
  const of = (type: string) => resources.filter((each) => each.type === type);
  const channels = of("AWS::MediaLive::Channel");
  return {
    channels: channels.length,
    primaries: channels.filter(({ logicalId }) => logicalId.includes("Primary")).length,
    flows: of("AWS::MediaConnect::Flow").length,
    secrets: of("AWS::SecretsManager::Secret").length,
  };
};

/** What there is once the changes are made. */
export function pricedAfter(existing: readonly Resource[], changes: readonly Change[]): Priced {
  const removed = new Set(
    changes.filter(({ action }) => action === "remove").map(({ logicalId }) => logicalId),
  );
  const added = changes.filter(({ action }) => action === "add");
  return countOf([...existing.filter(({ logicalId }) => !removed.has(logicalId)), ...added]);
}

/** The sum of what several stacks have. */
export const sumPriced = (all: readonly Priced[]): Priced =>
  all.reduce(
    (sum, each) => ({
      channels: sum.channels + each.channels,
      primaries: sum.primaries + each.primaries,
      flows: sum.flows + each.flows,
      secrets: sum.secrets + each.secrets,
    }),
    { channels: 0, primaries: 0, flows: 0, secrets: 0 },
  );

/** AWS Secrets Manager, $0.40 a secret and month (aws.amazon.com/secrets-manager/pricing). */
const secretUsdPerDay = 0.4 / 30;

export type Estimate = { idleUsdPerDay: number; onAirUsdPerHour: number };

/** What that costs a day while nothing is on, and an hour with everything on, at 1080p30 and 8 Mbit/s of source. */
export function estimate(priced: Priced, table: PriceTable): Estimate {
  const ratesFor = (platform: string) =>
    ratesOf(assumedSpec(platform), { table, sourceBitrateBps: assumedSourceBitrateBps });
  const primary = ratesFor("primary");
  const other = ratesFor("custom");
  const others = priced.channels - priced.primaries;
  const flow = priced.flows * table.usd(metered.flow);
  return {
    idleUsdPerDay: priced.channels * other.idleUsdPerHour * 24 + priced.secrets * secretUsdPerDay,
    onAirUsdPerHour:
      flow + priced.primaries * primary.totalUsdPerHour + others * other.totalUsdPerHour,
  };
}

/** The two lines under a plan; empty when nothing of it costs by the hour. */
export function priceLines(priced: Priced, table: PriceTable): string[] {
  const { idleUsdPerDay, onAirUsdPerHour } = estimate(priced, table);
  if (idleUsdPerDay + onAirUsdPerHour === 0) return [];
  const words = `${priced.channels} ${priced.channels === 1 ? "channel" : "channels"} with inputs`;
  const channels = priced.channels === 0 ? "" : ` (${words})`;
  const other = table.assumedRegion ? ", partly another region's" : "";
  return [
    `Costs by the price list of ${table.asOf} for ${table.region}${other}, an estimate:`,
    `  ${usdWords(idleUsdPerDay)} a day while nothing is on air${channels}`,
    `  ${usdWords(onAirUsdPerHour)} an hour with everything on air at 1080p30`,
  ];
}
