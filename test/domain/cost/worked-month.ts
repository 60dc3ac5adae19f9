import { addHours } from "date-fns/addHours";
import { advise } from "../../../src/domain/cost/advisor.ts";
import { type Ledger, meterPeriod } from "../../../src/domain/cost/meter.ts";
import { assumedSpec, ratesOf } from "../../../src/domain/cost/rates.ts";
import type { Session } from "../../../src/domain/session.ts";
import { aRun, five, listTable, pricing } from "./support.ts";

/** The worked month of the cost guide: 730 hours, 100 of them with destinations on air. */
export const from = new Date("2026-11-01T00:00:00.000Z");
export const month = { from, to: addHours(from, 730) };
const streamed = 100;

/** The primary sends one rendition of 5 Mb/s; the others 6 Mb/s. */
export const specOf = (platform: string) => {
  const spec = assumedSpec(platform);
  const encodes = spec.encodes.map((each) => ({
    ...each,
    bitrateBps: platform === "primary" ? 5_000_000 : 6_000_000,
  }));
  return { ...spec, encodes };
};

type Shape = { platforms?: readonly string[]; flowHours?: number; idle?: boolean };

/** A ledger of the month, with all destinations always together. */
export function aMonth({ platforms = five, flowHours = streamed, idle = false }: Shape): Ledger {
  const sessions = platforms.map((platform) =>
    aRun(from, streamed * 60, { platform, spec: specOf(platform) }),
  );
  return monthOf(sessions, { platforms, flowHours, idle });
}

/** A ledger of the month with these sessions; a source arrives for the first 100 hours. */
export const monthOf = (
  sessions: readonly Session[],
  { platforms = five, flowHours = streamed, idle = false }: Shape = {},
): Ledger => ({
  sessions,
  channelCount: platforms.length,
  knownSince: idle ? from : null,
  spans: [
    { id: "flow", kind: "flow-active", from, to: addHours(from, flowHours) },
    { id: "absent", kind: "source-absent", from: addHours(from, streamed), to: month.to },
  ],
});

export const metered = (shape: Shape) =>
  meterPeriod(aMonth(shape), { ...pricing, now: month.to }, month);
const ratesFor = (platform: string) =>
  ratesOf(specOf(platform), { table: listTable, sourceBitrateBps: 8_000_000 });

export const flowUsdPerHour = listTable.usd("mediaconnect.flow.active");
export const primary = ratesFor("primary");
export const social = ratesFor("twitch");
export const everythingUsdPerHour =
  primary.totalUsdPerHour + 4 * social.totalUsdPerHour + flowUsdPerHour;

/** The figures of the plan that the project started from, as it came to them. */
export const planned = {
  fourChannels: 4 * streamed * social.outputUsdPerHour,
  flowAndEgress: 720 * flowUsdPerHour + 30,
  encoders: 5 * streamed * social.encodeUsdPerHour,
  secondVersion: 720 * flowUsdPerHour + 30 + 5 * streamed * social.outputUsdPerHour,
};

/** What $200 a month buys. */
export function inBudget() {
  const limit = 200;
  const idlePerHour = 5 * social.idleUsdPerHour;
  const two = metered({ platforms: ["primary", "twitch"] });
  const twoIdle = metered({ platforms: ["primary", "twitch"], idle: true });
  return {
    withoutIdle: limit / everythingUsdPerHour,
    withIdle: (limit - 730 * idlePerHour) / (everythingUsdPerHour - idlePerHour),
    two: two.usd,
    twoIdle: twoIdle.usd - two.usd,
  };
}

/** Five channels against one with five outputs, all on for 100 hours. */
export const advice = (shape: Shape = {}) =>
  advise(aMonth(shape), { ...pricing, now: month.to }, month);
