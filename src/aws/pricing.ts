import { GetProductsCommand, type PricingClient } from "@aws-sdk/client-pricing";
import * as z from "zod";
import { metered } from "../domain/cost/price-table.ts";
import type { Price } from "../domain/cost/prices.ts";
import { ask } from "./errors.ts";
import { everyPage } from "./pages.ts";
import { isoTime } from "./row-values.ts";

/** Service codes of the Price List, and the names that our table gives them. */
const services: Record<string, string> = {
  AWSElementalMediaLive: "MediaLive",
  AWSMediaConnect: "MediaConnect",
  AWSElementalMediaPackage: "MediaPackage",
  AWSDataTransfer: "Data transfer",
};

const dimensionSchema = z.object({
  unit: z.string(),
  beginRange: z.coerce.number().catch(0),
  pricePerUnit: z.object({ USD: z.coerce.number() }),
});

const termSchema = z.object({ priceDimensions: z.record(z.string(), dimensionSchema) });

/** A product of the Price List, as far as it is read (Price List API reference, GetProducts). */
const productSchema = z.object({
  product: z.object({ attributes: z.object({ usagetype: z.string() }) }),
  serviceCode: z.string(),
  publicationDate: isoTime,
  terms: z.object({ OnDemand: z.record(z.string(), termSchema) }),
});

type Product = z.infer<typeof productSchema>;

/**
 * The Price List's lines for one region, for what patchbay prices; throws what went wrong with the first service that
 * could not be read.
 */
export async function fetchPrices(client: PricingClient, region: string): Promise<Price[]> {
  const products: Product[] = [];
  for (const code of Object.keys(services))
    products.push(...(await listProducts(client, code, region)));
  const prices = products.flatMap((product) => priceFrom(product, region));
  return [...new Map(prices.map((price) => [price.id, price])).values()].toSorted((left, right) =>
    left.id < right.id ? -1 : 1,
  );
}

function listProducts(
  client: PricingClient,
  ServiceCode: string,
  region: string,
): Promise<Product[]> {
  const call = { doing: `read the prices of ${ServiceCode}`, operation: "pricing:GetProducts" };
  const Filters = [{ Type: "TERM_MATCH" as const, Field: "regionCode", Value: region }];
  return everyPage(async (NextToken) => {
    const command = new GetProductsCommand({ ServiceCode, Filters, NextToken });
    const answer = await ask(call, () => client.send(command));
    return { items: (answer.PriceList ?? []).flatMap(toProduct), next: answer.NextToken };
  });
}

/** Each product comes as JSON in a string; one without a price on demand is left out. */
function toProduct(words: unknown): Product[] {
  try {
    return [productSchema.parse(JSON.parse(String(words)))];
  } catch {
    return [];
  }
}

function priceFrom(
  { product, serviceCode, publicationDate, terms }: Product,
  region: string,
): Price[] {
  const { usagetype } = product.attributes;
  const id = idOf(usagetype);
  const dimension = firstPaid(terms.OnDemand);
  if (id === null || dimension === null) return [];
  return [
    {
      id,
      service: services[serviceCode] ?? serviceCode,
      unit: dimension.unit === "GB" ? "GB" : "hour",
      usd: dimension.pricePerUnit.USD,
      region,
      asOf: publicationDate.toISOString().slice(0, 10),
      source: "AWS Price List",
      confidence: "high",
      note: `usage type ${usagetype}`,
    },
  ];
}

/** The first step of a staircase that costs something: a free allowance is shared by the whole account. */
function firstPaid(terms: Product["terms"]["OnDemand"]) {
  const steps = Object.values(terms).flatMap(({ priceDimensions }) =>
    Object.values(priceDimensions),
  );
  const paid = steps.filter(
    ({ unit, pricePerUnit }) => /^(Hrs|Hours|GB)$/i.test(unit) && pricePerUnit.USD > 0,
  );
  return paid.toSorted((left, right) => left.beginRange - right.beginRange)[0] ?? null;
}

/** Usage types of MediaLive: EML1 is one pipeline and EML2 two; a final R, which is not matched, is a reservation. */
const encoding =
  /^EML(?<pipelines>[12])-\w+-(?:(?<input>IN)|OUT)-(?<codec>AVC|HEVC|MPEG2|AV1)-(?<resolution>SD|HD|UHD)-L(?<most>10|20|50)(?:-(?<fps>30|60|120)-S)?$/;

const others: readonly [RegExp, string][] = [
  [/IdleChannel$/, metered.idleChannel],
  [/IdlePushInput$/, metered.idleInput],
  [/RunningFlow$/, metered.flow],
  [/DataTransfer-MediaLive-Bytes$/, metered.transfer],
  [/Live-Ingest-Bytes$/, metered.ingest],
  [/DataTransfer-Out-Bytes$/, metered.egress],
];

/** The id of a usage type in our table, or null for what patchbay does not price. */
function idOf(usageType: string): string | null {
  const found = encoding.exec(usageType)?.groups;
  if (found === undefined) return others.find(([pattern]) => pattern.test(usageType))?.[1] ?? null;
  const { pipelines, input, codec = "", resolution = "", most, fps } = found;
  const kind = `${pipelines === "1" ? "single" : "standard"}.${codec}.${resolution}`.toLowerCase();
  if (input !== undefined) return `medialive.input.${kind}.max${most}`;
  return fps === undefined ? null : `medialive.output.${kind}.max${most}.fps${fps}`;
}
