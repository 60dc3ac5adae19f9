import { addMinutes } from "date-fns/addMinutes";
import { listPrices } from "../../../src/domain/cost/list-prices.ts";
import { createPriceTable } from "../../../src/domain/cost/price-table.ts";
import { assumedSpec } from "../../../src/domain/cost/rates.ts";
import type { Pricing } from "../../../src/domain/cost/session-meter.ts";
import type { Session } from "../../../src/domain/session.ts";
import { aSession } from "../../support/builders.ts";

/** The list as it is, without overrides. */
export const listTable = createPriceTable({
  prices: listPrices,
  region: "us-east-1",
  overrides: [],
});

/** An instant later than what the tests meter. */
export const later = new Date("2027-06-01T00:00:00.000Z");
export const pricing: Pricing = { table: listTable, now: later, sourceBitrateBps: 8_000_000 };

/** The five destinations of the worked month. */
export const five = ["primary", "youtube", "twitch", "linkedin", "custom"];

/** A session that ran for some minutes, with the configuration of the worked month. */
export const aRun = (from: Date, minutes: number, overrides: Partial<Session> = {}): Session => {
  const platform = overrides.platform ?? "twitch";
  return aSession({
    id: `session_${platform}_${from.toISOString()}`,
    platform,
    destinationId: `dest_${platform}`,
    destinationName: platform,
    channelId: platform,
    startedAt: from,
    billedFrom: from,
    endedAt: addMinutes(from, minutes),
    status: "stopped",
    spec: assumedSpec(platform),
    ...overrides,
  });
};
