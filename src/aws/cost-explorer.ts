import { type CostExplorerClient, GetCostAndUsageCommand } from "@aws-sdk/client-cost-explorer";
import { addDays } from "date-fns/addDays";
import * as z from "zod";
import { OpsError } from "../errors.ts";
import type { Bill, BilledLine } from "../manager/ports.ts";
import { ask } from "./errors.ts";
import { everyPage } from "./pages.ts";

/** Names of the services in Cost Explorer; what else the account pays for is not read. */
const services = [
  "AWS Elemental MediaLive",
  "AWS Elemental MediaConnect",
  "AWS Elemental MediaPackage",
];

const amount = z.object({ Amount: z.coerce.number() }).transform(({ Amount }) => Amount);

const groupSchema = z
  .object({
    Keys: z.tuple([z.string(), z.string()]),
    Metrics: z.object({ UnblendedCost: amount, UsageQuantity: amount }),
  })
  .transform(({ Keys: [service, operation], Metrics }) => ({
    service,
    operation,
    usd: Metrics.UnblendedCost,
    usage: Metrics.UsageQuantity,
  }));

const resultsSchema = z.array(
  z.object({ Estimated: z.boolean().catch(true), Groups: z.array(groupSchema) }),
);

/**
 * What AWS billed for one region, by service and operation: what the account's channels there cost, without saying which.
 * Each page of an answer costs $0.01 (Cost Explorer pricing).
 */
export function costExplorerBill(client: CostExplorerClient, region: () => Promise<string>): Bill {
  const call = { doing: "read the bill", operation: "ce:GetCostAndUsage" };
  return {
    async day(date) {
      const site = await region();
      return everyPage(async (NextPageToken) => {
        const command = new GetCostAndUsageCommand({
          TimePeriod: { Start: date, End: nextDay(date) },
          Granularity: "DAILY",
          Metrics: ["UnblendedCost", "UsageQuantity"],
          GroupBy: [
            { Type: "DIMENSION", Key: "SERVICE" },
            { Type: "DIMENSION", Key: "OPERATION" },
          ],
          Filter: {
            And: [
              { Dimensions: { Key: "SERVICE", Values: services } },
              { Dimensions: { Key: "REGION", Values: [site] } },
            ],
          },
          NextPageToken,
        });
        const answer = await ask(call, () => client.send(command));
        return { items: linesFrom(answer.ResultsByTime), next: answer.NextPageToken };
      });
    },
  };
}

/** An unreadable bill is an error and not an empty one. */
function linesFrom(results: unknown): BilledLine[] {
  const read = resultsSchema.safeParse(results ?? []);
  if (!read.success) throw new OpsError("aws-unavailable", "AWS answered a bill of another shape.");
  return read.data.flatMap(({ Estimated, Groups }) =>
    Groups.map((line) => ({ ...line, estimated: Estimated })),
  );
}

/** The end of a period is not part of it. */
const nextDay = (date: string): string =>
  addDays(new Date(`${date}T00:00:00.000Z`), 1)
    .toISOString()
    .slice(0, 10);
