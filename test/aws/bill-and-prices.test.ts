import { addHours } from "date-fns/addHours";
import { afterEach, describe, expect, it } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { costExplorerBill } from "../../src/aws/cost-explorer.ts";
import { fetchPrices } from "../../src/aws/pricing.ts";
import { listPrices } from "../../src/domain/cost/list-prices.ts";
import { parsePrices } from "../../src/domain/cost/prices.ts";
import { clientOptions, openAwsStage, serve } from "../support/aws-stage.ts";
import { siteNow } from "../support/builders.ts";
import { flowOf } from "../support/the-flow.ts";

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

function clientsAt(options: Parameters<typeof createAwsClients>[0]) {
  const clients = createAwsClients(options);
  opened.push(clients.close);
  return clients;
}

async function clientsBehind(answer: (body: string, type: string) => unknown) {
  const server = await serve(async (request) => {
    const type = request.headers.get("x-amz-target") ?? "";
    const body = await answer(await request.text(), type);
    return body instanceof Response ? body : Response.json(body);
  });
  opened.push(server.close);
  return clientsAt(clientOptions(server.url));
}

const inOregon = () => Promise.resolve("us-west-2");

describe("costExplorerBill", () => {
  it("reads a day of the local bill", async () => {
    const stage = await openAwsStage();
    opened.push(stage.close);
    const { costExplorer } = clientsAt(stage.options);
    const flow = flowOf(stage.world.data);
    stage.world.change(() => Object.assign(flow, { status: "ACTIVE" }));
    await stage.clock.advance(addHours(siteNow, 48).getTime() - siteNow.getTime());
    const lines = await costExplorerBill(costExplorer, inOregon).day("2026-11-23");
    expect(lines).toContainEqual({
      service: "AWS Elemental MediaConnect",
      operation: "RunFlow",
      usd: expect.any(Number),
      usage: 24,
      estimated: false,
    });
  });

  it("leaves out what another region is billed for", async () => {
    const stage = await openAwsStage();
    opened.push(stage.close);
    const { costExplorer } = clientsAt(stage.options);
    await stage.clock.advance(addHours(siteNow, 48).getTime() - siteNow.getTime());
    expect(await costExplorerBill(costExplorer, inOregon).day("2026-11-23")).not.toEqual([]);
    const inOhio = () => Promise.resolve("us-east-2");
    expect(await costExplorerBill(costExplorer, inOhio).day("2026-11-23")).toEqual([]);
  });

  it("asks once, for one day of one region by service and operation", async () => {
    const asked: unknown[] = [];
    const { costExplorer } = await clientsBehind((body) => {
      asked.push(JSON.parse(body));
      return { ResultsByTime: [] };
    });
    expect(await costExplorerBill(costExplorer, inOregon).day("2026-12-31")).toEqual([]);
    expect(asked).toMatchObject([
      { TimePeriod: { Start: "2026-12-31", End: "2027-01-01" }, Granularity: "DAILY" },
    ]);
    expect(JSON.stringify(asked)).toContain('{"Key":"REGION","Values":["us-west-2"]}');
  });

  it("does not take an odd bill for an empty one", async () => {
    const { costExplorer } = await clientsBehind(() => ({ ResultsByTime: [{ Groups: [{}] }] }));
    await expect(costExplorerBill(costExplorer, inOregon).day("2026-11-22")).rejects.toMatchObject({
      code: "aws-unavailable",
    });
  });

  it("says that there are no figures yet", async () => {
    const headers = { "x-amzn-errortype": "DataUnavailableException" };
    const { costExplorer } = await clientsBehind(() =>
      Response.json({ message: "no" }, { status: 400, headers }),
    );
    await expect(costExplorerBill(costExplorer, inOregon).day("2026-11-22")).rejects.toMatchObject({
      code: "aws-unavailable",
      message: "Could not read the bill: AWS has no figures for that time.",
    });
  });
});

describe("fetchPrices", () => {
  it("reads the region's prices in the shape of our own table", async () => {
    const stage = await openAwsStage();
    opened.push(stage.close);
    const prices = await fetchPrices(clientsAt(stage.options).pricing, "us-west-2");
    expect(parsePrices(prices)).toEqual(prices);
    const usdOf = (id: string) => listPrices.find((price) => price.id === id)?.usd;
    for (const { id, usd } of prices) expect([id, usd]).toEqual([id, usdOf(id)]);
    expect(prices.find(({ id }) => id === "medialive.output.single.avc.hd.max10.fps30")).toEqual({
      id: "medialive.output.single.avc.hd.max10.fps30",
      service: "MediaLive",
      unit: "hour",
      usd: 0.4212,
      region: "us-west-2",
      asOf: "2026-09-18",
      source: "AWS Price List",
      confidence: "high",
      note: expect.stringMatching(/^usage type EML1-\w+-OUT-AVC-HD-L10-30-S$/),
    });
    expect(prices.map(({ id }) => id)).toContain("mediaconnect.flow.active");
  });

  it("leaves out reservations, unknown usage and free allowances", async () => {
    const product = (usagetype: string, steps: [number, number][]) =>
      JSON.stringify({
        product: { attributes: { usagetype } },
        serviceCode: "AWSElementalMediaLive",
        publicationDate: "2026-11-01T00:00:00Z",
        terms: {
          OnDemand: {
            a: {
              priceDimensions: Object.fromEntries(
                steps.map(([from, usd]) => [
                  String(from),
                  { unit: "Hrs", beginRange: String(from), pricePerUnit: { USD: String(usd) } },
                ]),
              ),
            },
          },
        },
      });
    const { pricing } = await clientsBehind((body) => ({
      PriceList: body.includes("MediaLive")
        ? [
            product("EML1-USW2-IN-HEVC-UHD-L20", [
              [0, 0],
              [100, 0.7],
              [200, 0.6],
            ]),
            product("EML1-USW2-IN-AVC-HD-L10-R", [[0, 0.1]]),
            product("EML2-USW2-SOMETHING", [[0, 0.1]]),
            "{}",
            "{",
          ]
        : [],
    }));
    const prices = await fetchPrices(pricing, "us-west-2");
    expect(prices.map(({ id, usd }) => [id, usd])).toEqual([
      ["medialive.input.single.hevc.uhd.max20", 0.7],
    ]);
  });
});
