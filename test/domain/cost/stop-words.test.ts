import { addMinutes } from "date-fns";
import { expect, it } from "vitest";
import { assumedSpec, ratesOf } from "../../../src/domain/cost/rates.ts";
import { type StopMoney, whyWithMoney } from "../../../src/domain/cost/stop-words.ts";
import { aDestination, siteNow as now } from "../../support/builders.ts";
import { pricing } from "./support.ts";

const rates = ratesOf(assumedSpec("twitch"), pricing);
const cost = { perHourUsd: 0.85, soFarUsd: 0.88, billedAnywayMinutes: 0 };
const row = aDestination({ runningSince: addMinutes(now, -62), leaseUntil: now });
const words = (more: Partial<StopMoney> = {}, change: Partial<typeof row> = {}) =>
  whyWithMoney("its time was over", { ...row, ...change }, { cost, rates, now, ...more });

it("says what a run cost", () => {
  expect(words()).toBe("its time was over; it ran 1 h 2 min and cost $0.88");
});

it("says what of the ten minutes is billed anyway", () => {
  const young = { ...cost, soFarUsd: 0.11, billedAnywayMinutes: 6 };
  expect(words({ cost: young }, { runningSince: addMinutes(now, -4) })).toBe(
    "its time was over; it ran 4 min and cost $0.11, with the 6 min that AWS bills anyway",
  );
});

it("says what is saved against the lease's end", () => {
  expect(words({}, { leaseUntil: addMinutes(now, 90) })).toMatch(
    /^its time was over; it ran 1 h 2 min and cost \$0\.88; 1 h 30 min less saves \$\d\.\d\d$/,
  );
});

it("says nothing that nobody knows", () => {
  expect(words({ cost: undefined, rates: undefined })).toBe("its time was over");
  expect(words({}, { runningSince: null })).toBe("its time was over");
});
