import * as z from "zod";
import { OpsError } from "../../errors.ts";

/** How far a price can be trusted, best first: AWS's own list, derived from it, second hand, from memory, not known. */
const confidences = ["high", "good", "medium", "low", "unknown"] as const;
export type Confidence = (typeof confidences)[number];

const units = [
  "hour",
  "GB",
  "month",
  "request",
  "10k-requests",
  "1m-requests",
  "1k-metrics",
  "GB-second",
] as const;

const line = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(\.[a-z0-9]+)+$/, "must be words joined by dots"),
  service: z.string().min(1),
  unit: z.enum(units),
  usd: z.number().nonnegative().nullable(),
  region: z.string().regex(/^[a-z0-9-]+$/, "must be a region such as us-west-2, or global"),
  asOf: z.iso.date(),
  source: z.string().min(1),
  confidence: z.enum(confidences),
  note: z.string(),
});

/**
 * One line of a price table. `usd` is dollars a unit, and null when nobody knows; a GB is 10^9 bytes; `asOf` is the date of
 * the source ("2026-11-22"); `region` is "global" where all regions cost the same.
 */
export type Price = z.infer<typeof line>;

const example: Price = {
  id: "mediaconnect.flow.active",
  service: "MediaConnect",
  unit: "hour",
  usd: 0.16,
  region: "us-west-2",
  asOf: "2026-11-22",
  source: "AWS Price List",
  confidence: "high",
  note: "",
};

/** The worst of them; `high` for none. */
export const lowestConfidence = (found: readonly Confidence[]): Confidence =>
  confidences.findLast((each) => found.includes(each)) ?? "high";

/** The lines of a price table; throws `invalid-input` that names every bad one by index, id and field. */
export function parsePrices(value: unknown): readonly Price[] {
  const parsed = z.array(line).min(1, "must have at least one line").safeParse(value);
  const faults = parsed.success ? doubled(parsed.data) : parsed.error.issues.map(faultIn(value));
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new OpsError("invalid-input", `The price table cannot be used: ${faults.join("; ")}.`, {
    hint: `It is a JSON list of lines like ${JSON.stringify(example)}`,
  });
}

const faultIn =
  (value: unknown) =>
  ({ path, message }: { path: readonly PropertyKey[]; message: string }): string => {
    const [index, ...field] = path;
    if (typeof index !== "number") return `the table ${message}`;
    const name = field.length === 0 ? "the line" : field.join(".");
    return `line ${index} (${idOf(value, index)}): ${name}: ${message}`;
  };

function idOf(value: unknown, index: number): string {
  const named = z.array(z.unknown()).catch([]).parse(value)[index];
  return z.object({ id: z.string().max(100) }).safeParse(named).data?.id ?? "without an id";
}

function doubled(prices: readonly Price[]): string[] {
  const keys = prices.map(({ id, region }) => `${id} ${region}`);
  return prices.flatMap(({ id, region }, index) =>
    keys.indexOf(`${id} ${region}`) < index
      ? [`line ${index} (${id}): ${region} is there twice`]
      : [],
  );
}
