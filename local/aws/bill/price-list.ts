import { z } from "zod";
import type { Json } from "../answers.ts";
import { AwsError, notPartOfLocalAws } from "../errors.ts";
import { pageOf } from "../input.ts";
import type { Site } from "../service.ts";
import { type Product, productsOf } from "./products.ts";

/** The Price List is asked in these regions only, whatever region its prices are for (Price List API endpoints). */
export const priceListRegions = ["us-east-1", "eu-central-1", "ap-south-1"];

const locations: Record<string, string> = {
  "us-east-1": "US East (N. Virginia)",
  "us-west-2": "US West (Oregon)",
};

const request = z.object({
  ServiceCode: z.string().min(1),
  Filters: z
    .array(z.object({ Type: z.string(), Field: z.string(), Value: z.string() }))
    .max(50)
    .default([]),
  FormatVersion: z.literal("aws_v1").default("aws_v1"),
  MaxResults: z.number().optional(),
  NextToken: z.string().optional(),
});

/** GetProducts: each product is JSON in a string; an unknown service is not found (Price List API reference). */
export function getProducts(_site: Site, input: Json): Json {
  const { data: asked, error } = request.safeParse(input);
  if (asked === undefined) throw invalid(z.prettifyError(error));
  const other = asked.Filters.find(({ Type }) => Type !== "TERM_MATCH");
  if (other !== undefined) throw notPartOfLocalAws("pricing", `GetProducts with ${other.Type}`);
  const products = Object.keys(locations)
    .flatMap((region) => productsOf(region).map((product) => ({ region, product })))
    .filter(({ product }) => product.code === asked.ServiceCode)
    .map(({ region, product }) => toAttributes(product, region));
  if (products.length === 0) throw unknownService(asked.ServiceCode);
  const matching = products.filter(({ product, attributes }) =>
    asked.Filters.every(({ Field, Value }) => fieldOf(product, attributes, Field) === Value),
  );
  const page = { size: asked.MaxResults, token: asked.NextToken, most: 100, refuse: invalid };
  const { items, nextToken } = pageOf(matching, page);
  return { FormatVersion: "aws_v1", NextToken: nextToken, PriceList: items.map(toPriceList) };
}

type Listed = { product: Product; attributes: Record<string, string> };

const toAttributes = (product: Product, region: string): Listed => ({
  product,
  attributes: {
    servicecode: product.code,
    servicename: product.service,
    location: locations[region] ?? region,
    locationType: "AWS Region",
    regionCode: region,
    usagetype: product.usageType,
    operation: product.operation,
  },
});

/** Filters can name an attribute, and a few fields beside them. */
function fieldOf(product: Product, attributes: Listed["attributes"], field: string) {
  const beside: Record<string, string> = {
    ServiceCode: product.code,
    productFamily: product.family,
    sku: product.sku,
  };
  return attributes[field] ?? beside[field];
}

/** When the prices were read; on-demand terms and hourly rates have the same code in every offer. */
const publicationDate = "2026-09-18T00:00:00Z";
const onDemand = "JRTCKXETXF";
const rate = "6YS6EN2CT7";

function toPriceList({ product, attributes }: Listed): string {
  const { sku, family, code, unit, usd, description } = product;
  const rateCode = `${sku}.${onDemand}.${rate}`;
  const dimension = {
    ...{ rateCode, unit, description, appliesTo: [] },
    ...{ beginRange: "0", endRange: "Inf", pricePerUnit: { USD: usd.toFixed(10) } },
  };
  const term = {
    ...{ sku, offerTermCode: onDemand, effectiveDate: publicationDate, termAttributes: {} },
    priceDimensions: { [rateCode]: dimension },
  };
  return JSON.stringify({
    product: { sku, productFamily: family, attributes },
    serviceCode: code,
    terms: { OnDemand: { [`${sku}.${onDemand}`]: term } },
    version: publicationDate.replaceAll(/\D/g, ""),
    publicationDate,
  });
}

const invalid = (message: string) => new AwsError("InvalidParameterException", 400, { message });

const unknownService = (code: string) =>
  new AwsError("NotFoundException", 400, { message: `Service ${code} is not found` });
