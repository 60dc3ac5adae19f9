import { z } from "zod";
import type { Json } from "../answers.ts";
import { AwsError, notPartOfLocalAws } from "../errors.ts";
import type { Site } from "../service.ts";
import { type Charge, chargesOf, lagMs } from "./charges.ts";
import { type Period, periodsOf } from "./periods.ts";
import type { Product } from "./products.ts";

const dimension = z.enum(["SERVICE", "OPERATION", "USAGE_TYPE"]);
const date = z.iso.date("yyyy-mm-dd");
const wanted = z.object({
  Dimensions: z.object({
    Key: z.enum([...dimension.options, "REGION"]),
    Values: z.array(z.string()).min(1),
  }),
});

const request = z.object({
  TimePeriod: z.object({ Start: date, End: date }),
  Granularity: z.enum(["DAILY", "MONTHLY"]),
  Metrics: z.array(z.enum(["UnblendedCost", "UsageQuantity"])).min(1),
  GroupBy: z
    .array(z.object({ Type: z.literal("DIMENSION"), Key: dimension }))
    .max(2)
    .default([]),
  /** One dimension, or several of which each must fit. */
  Filter: z
    .union([
      wanted.transform((only) => [only]),
      z.object({ And: z.array(wanted).min(2) }).transform(({ And }) => And),
    ])
    .default([]),
});

type Request = z.infer<typeof request>;

/**
 * GetCostAndUsage: what really ran, at list prices times the world's own factor; it lags by 8 hours, and a period of
 * which not all is known yet is marked as estimated (Cost Explorer API reference).
 */
export function getCostAndUsage({ world, region }: Site, input: Json): Json {
  refuseGaps(input);
  const { data: asked, error } = request.safeParse(input);
  if (asked === undefined) throw invalid(z.prettifyError(error));
  const { bill } = world.data;
  const horizon = world.now() - lagMs;
  requirePeriod(asked.TimePeriod, world.now());
  if (horizon < bill.since) throw unavailable();
  const charges = chargesOf(world, region).filter(({ product }) =>
    asked.Filter.every(({ Dimensions: { Key, Values } }) =>
      Values.includes(Key === "REGION" ? region : dimensionOf(product, Key)),
    ),
  );
  const periods = periodsOf(asked.TimePeriod, asked.Granularity);
  return {
    DimensionValueAttributes: [],
    GroupDefinitions: asked.GroupBy,
    ResultsByTime: periods.map((period) => ({
      ...toResult(asked, { period, charges, factor: bill.factor }),
      Estimated: period.to > horizon,
    })),
  };
}

/** What AWS can do and this cannot is refused by name. */
function refuseGaps({ Granularity, Filter, GroupBy, Metrics }: Json) {
  const known = ["UnblendedCost", "UsageQuantity", "Dimensions", "DIMENSION"];
  const groups = (Array.isArray(GroupBy) ? GroupBy : []).map((each) => String(each?.Type));
  const metrics = Array.isArray(Metrics) ? Metrics.map(String) : [];
  const nested = z.object({ And: z.array(z.looseObject({})) }).safeParse(Filter).data?.And ?? [];
  const filters = [Filter, ...nested].flatMap((each) => Object.keys(each ?? {}));
  const asked = [...filters, ...groups, ...metrics];
  const real = ["Or", "Not", "Tags", "CostCategories", "TAG", "COST_CATEGORY"];
  const gap = asked.find(
    (each) => real.includes(each) || (/Cost$|Amount$/.test(each) && !known.includes(each)),
  );
  const what = Granularity === "HOURLY" ? "HOURLY" : gap;
  if (what !== undefined) throw notPartOfLocalAws("ce", `GetCostAndUsage with ${what}`);
}

/** Start is in the period, End is not; the future ends with the next month, the past after 14 months. */
function requirePeriod({ Start, End }: Request["TimePeriod"], now: number) {
  const today = new Date(now);
  const month = (offset: number) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + offset);
  if (Start >= End) throw invalid("Start date (and hour) should be before end date (and hour)");
  if (Date.parse(Start) > now) throw invalid("Start date should not be in the future");
  if (Date.parse(End) > month(1)) throw invalid("end date past the beginning of next month");
  if (Date.parse(Start) < month(-14)) throw invalid("You have no historical data beyond 14 months");
}

function dimensionOf(product: Product, key: z.infer<typeof dimension>): string {
  if (key === "SERVICE") return product.service;
  return key === "OPERATION" ? product.operation || "NoOperation" : product.usageType;
}

type Sum = { usd: number; quantity: number; units: Set<string> };
type Ledger = { period: Period; charges: Charge[]; factor: number };

function toResult({ GroupBy, Metrics }: Request, { period, charges, factor }: Ledger): Json {
  const sums = new Map<string, Sum>();
  for (const { product, from, to, perHour } of charges) {
    const ms = Math.min(to, period.to) - Math.max(from, period.from);
    if (ms <= 0) continue;
    const keys = JSON.stringify(GroupBy.map(({ Key }) => dimensionOf(product, Key)));
    const sum = sums.get(keys) ?? { usd: 0, quantity: 0, units: new Set() };
    const quantity = (ms / 3_600_000) * perHour;
    sum.usd += quantity * product.usd * factor;
    sum.quantity += quantity;
    sums.set(keys, { ...sum, units: sum.units.add(product.unit) });
  }
  const TimePeriod = { Start: dayOf(period.from), End: dayOf(period.to) };
  const nothing = { usd: 0, quantity: 0, units: new Set<string>() };
  if (GroupBy.length === 0) {
    return { TimePeriod, Groups: [], Total: toMetrics(sums.get("[]") ?? nothing, Metrics) };
  }
  const Groups = [...sums]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([keys, sum]) => ({ Keys: JSON.parse(keys), Metrics: toMetrics(sum, Metrics) }));
  return { TimePeriod, Groups, Total: {} };
}

/** Amounts are decimal text; a sum over several units has none. */
function toMetrics({ usd, quantity, units }: Sum, metrics: Request["Metrics"]): Json {
  const [unit = "N/A"] = units.size === 1 ? units : [];
  const all = {
    UnblendedCost: { Amount: usd.toFixed(10), Unit: "USD" },
    UsageQuantity: { Amount: quantity.toFixed(10), Unit: unit },
  };
  return Object.fromEntries(metrics.map((metric) => [metric, all[metric]]));
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

const invalid = (message: string) => new AwsError("ValidationException", 400, { message });

/** So a new account is answered until its first data is there. */
const unavailable = () =>
  new AwsError("DataUnavailableException", 400, {
    message: "Data is not available. Please try to adjust the time period.",
  });
