import { GetProductsCommand, type GetProductsCommandInput } from "@aws-sdk/client-pricing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalAws, type LocalAwsHarness, refusalOf } from "../../../support/aws-harness.ts";

let local: LocalAwsHarness;
beforeAll(async () => {
  local = await aLocalAws();
});
afterAll(() => local[Symbol.asyncDispose]());

const is = (Field: string, Value: string) => ({ Type: "TERM_MATCH" as const, Field, Value });
const inOregon = is("regionCode", "us-west-2");

async function ask(overrides: Partial<GetProductsCommandInput> = {}) {
  const ServiceCode = "AWSElementalMediaLive";
  const command = new GetProductsCommand({ ServiceCode, FormatVersion: "aws_v1", ...overrides });
  const { PriceList = [], NextToken, FormatVersion } = await local.clients.pricing.send(command);
  return {
    products: PriceList.map((each: unknown) => JSON.parse(String(each))),
    NextToken,
    FormatVersion,
  };
}

test("a product is JSON in a string, with its price below its terms", async () => {
  const usagetype = "EML1-USW2-OUT-AVC-HD-L10-30-S";
  const { products, FormatVersion } = await ask({
    Filters: [inOregon, is("usagetype", usagetype)],
  });
  expect(FormatVersion).toBe("aws_v1");
  const [product] = products;
  const { sku } = product.product;
  expect(products).toMatchObject([
    {
      serviceCode: "AWSElementalMediaLive",
      product: {
        productFamily: "Encoding",
        attributes: { usagetype, operation: "CHANNEL_OUTPUT", regionCode: "us-west-2" },
      },
      publicationDate: "2026-09-18T00:00:00Z",
    },
  ]);
  const term = product.terms.OnDemand[`${sku}.JRTCKXETXF`];
  expect(term.priceDimensions[`${sku}.JRTCKXETXF.6YS6EN2CT7`]).toMatchObject({
    unit: "Hrs",
    pricePerUnit: { USD: "0.4212000000" },
    description: expect.stringContaining(usagetype),
  });
});

test("pages through all products, each once", async () => {
  const skus: string[] = [];
  let NextToken: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof ask>> = await ask({ MaxResults: 5, NextToken });
    for (const { product } of page.products) skus.push(product.sku);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(skus).toHaveLength(26);
  expect(new Set(skus).size).toBe(26);
});

test.each(["AWSMediaConnect", "AWSElementalMediaPackage", "AWSDataTransfer"])(
  "has prices of %s",
  async (ServiceCode) => {
    const { products } = await ask({ ServiceCode, Filters: [inOregon] });
    expect(products.length).toBeGreaterThan(0);
  },
);

test("MediaConnect is not found by the name that it does not have", async () => {
  const refusal = await refusalOf(ask({ ServiceCode: "AWSElementalMediaConnect" }));
  expect(refusal).toMatchObject({ name: "NotFoundException", status: 400 });
});

test("nothing matches a region without a list", async () => {
  expect(await ask({ Filters: [is("regionCode", "eu-west-1")] })).toMatchObject({ products: [] });
});

test.each([{ FormatVersion: "aws_v2" }, { NextToken: "nonsense" }, { MaxResults: 101 }])(
  "refuses %o",
  async (overrides) => {
    const refusal = await refusalOf(ask(overrides));
    expect(refusal).toMatchObject({ name: "InvalidParameterException" });
  },
);

test("other filters are refused by name", async () => {
  const refusal = await refusalOf(ask({ Filters: [{ ...inOregon, Type: "CONTAINS" }] }));
  expect(refusal?.message).toContain("GetProducts with CONTAINS is not part of the local AWS yet");
});
