import { createHash } from "node:crypto";

/** A line of AWS's price list. */
export type Product = {
  sku: string;
  /** Service code of the Price List. */
  code: string;
  /** Name of the service in Cost Explorer. */
  service: string;
  family: string;
  usageType: string;
  operation: string;
  unit: "Hrs" | "GB";
  usd: number;
  description: string;
};

type Kind = Pick<Product, "code" | "service" | "family" | "operation" | "unit">;

const elemental = (name: string) => ({ service: `AWS Elemental Media${name}` });
const live = { code: "AWSElementalMediaLive", ...elemental("Live"), unit: "Hrs" } as const;
const connect = { code: "AWSMediaConnect", ...elemental("Connect") };
const egress = { code: "AWSDataTransfer", service: "AWS Data Transfer" };

const input: Kind = { ...live, family: "Encoding", operation: "CHANNEL_INPUT" };
const output: Kind = { ...live, family: "Encoding", operation: "CHANNEL_OUTPUT" };
const idleChannel: Kind = { ...live, family: "Idle Resources", operation: "INACTIVE_CHANNEL" };
const idleInput: Kind = { ...live, family: "Idle Resources", operation: "INACTIVE_INPUT" };
const flow: Kind = { ...connect, family: "Flow", operation: "RunFlow", unit: "Hrs" };
const transfer: Kind = { ...connect, family: "Data Transfer", operation: "Transfer", unit: "GB" };
const ingest: Kind = {
  ...{ code: "AWSElementalMediaPackage", ...elemental("Package") },
  ...{ family: "Live Ingest", operation: "Ingest", unit: "GB" },
};
const internet: Kind = { ...egress, family: "Data Transfer", operation: "", unit: "GB" };

/**
 * List prices in USD, taken as equal in all regions; the idle fees are an assumption. EML1 is a single pipeline, EML2
 * the standard class. The usage types of MediaLive are those of its price list; the other services' are made up in
 * their manner.
 */
const lines: [kind: Kind, usageType: string, usd: number][] = [
  [input, "EML1-*-IN-AVC-HD-L10", 0.1404],
  [input, "EML1-*-IN-AVC-HD-L20", 0.1764],
  [input, "EML1-*-IN-AVC-HD-L50", 0.2124],
  [input, "EML2-*-IN-AVC-HD-L10", 0.234],
  [input, "EML2-*-IN-AVC-HD-L20", 0.294],
  [output, "EML1-*-OUT-AVC-HD-L10-30-S", 0.4212],
  [output, "EML1-*-OUT-AVC-HD-L10-60-S", 0.5292],
  [output, "EML1-*-OUT-AVC-SD-L10-30-S", 0.2124],
  [output, "EML1-*-OUT-AVC-SD-L10-60-S", 0.2628],
  [output, "EML2-*-OUT-AVC-HD-L10-30-S", 0.702],
  [output, "EML2-*-OUT-AVC-SD-L10-30-S", 0.354],
  [idleChannel, "*-IdleChannel", 0.01],
  [idleInput, "*-IdlePushInput", 0.01],
  [flow, "*-RunningFlow", 0.16],
  [transfer, "*-DataTransfer-MediaLive-Bytes", 0.01],
  [ingest, "*-Live-Ingest-Bytes", 0.03],
  [internet, "*-DataTransfer-Out-Bytes", 0.09],
];

/** Regions with a price list here, and how their usage types begin. */
const regionPrefixes: Record<string, string> = { "us-west-2": "USW2", "us-east-1": "USE1" };

export function productsOf(region: string): Product[] {
  const prefix = regionPrefixes[region];
  if (prefix === undefined) return [];
  return lines.map(([kind, pattern, usd]) => {
    const usageType = pattern.replace("*", prefix);
    const sku = createHash("sha256").update(usageType).digest("hex").slice(0, 16).toUpperCase();
    const description = `$${usd} per ${kind.unit === "Hrs" ? "hour" : "GB"} of ${usageType}`;
    return { ...kind, sku, usageType, usd, description };
  });
}

/** Finds a product by its usage type, in which `*` stands for the region. */
export function priceFinder(region: string): (pattern: string) => Product {
  const products = new Map(productsOf(region).map((product) => [product.usageType, product]));
  return (pattern) => {
    const product = products.get(pattern.replace("*", regionPrefixes[region] ?? ""));
    if (product === undefined) throw new Error(`no price of ${pattern} in ${region}`);
    return product;
  };
}
