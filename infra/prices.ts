import type { ChannelSpec } from "../src/domain/channel-spec.ts";
import { metered, type PriceTable } from "../src/domain/cost/price-table.ts";
import { assumedSourceBitrateBps, assumedSpec, ratesOf } from "../src/domain/cost/rates.ts";
import { usdWords } from "../src/domain/money.ts";
import type { Change, StackResource } from "./cloud.ts";

/** What there is of what costs by the hour: what each channel encodes, and how many of the others. */
export type Priced = { channels: readonly ChannelSpec[]; flows: number; secrets: number };

type Resource = Pick<StackResource, "logicalId" | "type">;
type Specs = ReadonlyMap<string, ChannelSpec>;

const countOf = (resources: readonly Resource[], specs: Specs): Priced => {
  const of = (type: string) => resources.filter((each) => each.type === type);
  return {
    channels: of("AWS::MediaLive::Channel").map(
      ({ logicalId }) => specs.get(logicalId) ?? assumedSpec("custom"),
    ),
    flows: of("AWS::MediaConnect::Flow").length,
    secrets: of("AWS::SecretsManager::Secret").length,
  };
};

type Before = { resources: readonly Resource[]; changes: readonly Change[] };

/** What there is once the changes are made; `specs` by logical id are the settings then. */
export function pricedAfter({ resources, changes }: Before, specs: Specs): Priced {
  const removed = new Set(
    changes.filter(({ action }) => action === "remove").map(({ logicalId }) => logicalId),
  );
  const added = changes.filter(({ action }) => action === "add");
  const kept = resources.filter(({ logicalId }) => !removed.has(logicalId));
  return countOf([...kept, ...added], specs);
}

/** The sum of what several stacks have. */
export const sumPriced = (all: readonly Priced[]): Priced => ({
  channels: all.flatMap(({ channels }) => channels),
  flows: all.reduce((sum, { flows }) => sum + flows, 0),
  secrets: all.reduce((sum, { secrets }) => sum + secrets, 0),
});

/** AWS Secrets Manager, $0.40 a secret and month (aws.amazon.com/secrets-manager/pricing). */
const secretUsdPerDay = 0.4 / 30;

export type Estimate = { idleUsdPerDay: number; onAirUsdPerHour: number };

/** What that costs a day while nothing is on, and an hour with everything on, at 8 Mbit/s of source. */
export function estimate({ channels, flows, secrets }: Priced, table: PriceTable): Estimate {
  const rates = channels.map((spec) =>
    ratesOf(spec, { table, sourceBitrateBps: assumedSourceBitrateBps }),
  );
  const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
  return {
    idleUsdPerDay:
      sum(rates.map(({ idleUsdPerHour }) => idleUsdPerHour * 24)) + secrets * secretUsdPerDay,
    onAirUsdPerHour:
      flows * table.usd(metered.flow) + sum(rates.map(({ totalUsdPerHour }) => totalUsdPerHour)),
  };
}

/** The lines under a plan; empty when nothing of it costs by the hour. */
export function priceLines(priced: Priced, table: PriceTable): string[] {
  const { idleUsdPerDay, onAirUsdPerHour } = estimate(priced, table);
  if (idleUsdPerDay + onAirUsdPerHour === 0) return [];
  const count = priced.channels.length;
  const channels =
    count === 0 ? "" : ` (${count} ${count === 1 ? "channel" : "channels"} with inputs)`;
  const other = table.assumedRegion ? ", partly another region's" : "";
  return [
    `Costs by the price list of ${table.asOf} for ${table.region}${other}, an estimate:`,
    `  ${usdWords(idleUsdPerDay)} a day while nothing is on air${channels}`,
    `  ${usdWords(onAirUsdPerHour)} an hour with everything on air, for a source of ${assumedSourceBitrateBps / 1_000_000} Mbit/s`,
  ];
}
