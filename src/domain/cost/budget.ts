import { OpsError } from "../../errors.ts";
import { sumUsd, toUsd, type Usd } from "../money.ts";

/** Per cent of a month's budget at which something changes. */
export const thresholds = [50, 80, 95, 100] as const;
export type Threshold = (typeof thresholds)[number];

/** How far a budget is used; `step` counts what is spent, `byForecast` what the month will have cost. */
export type BudgetState = {
  limitUsd: Usd | null;
  spentUsd: Usd;
  forecastUsd: Usd;
  step: Threshold | "none";
  byForecast: Threshold | "none";
  /** What is left to spend; never negative, null without a budget. */
  leftUsd: Usd | null;
};

/** What a start must obey. */
export type StartRules = {
  asksSecondPerson: boolean;
  maxLeaseMinutes: number | null;
  adminsOnly: boolean;
};

/**
 * Where a month stands on the ladder; without a budget (null) on none of its steps. Throws `invalid-input` for a budget that
 * is not more than nothing.
 */
export function budgetState(month: {
  spentUsd: number;
  forecastUsd: number;
  limitUsd: number | null;
}): BudgetState {
  const [spentUsd, forecastUsd] = [toUsd(month.spentUsd), toUsd(month.forecastUsd)];
  if (month.limitUsd === null)
    return {
      limitUsd: null,
      spentUsd,
      forecastUsd,
      step: "none",
      byForecast: "none",
      leftUsd: null,
    };
  const limitUsd = checkLimit(month.limitUsd);
  return {
    limitUsd,
    spentUsd,
    forecastUsd,
    step: stepOf(spentUsd, limitUsd),
    byForecast: stepOf(forecastUsd, limitUsd),
    leftUsd: Math.max(0, sumUsd([limitUsd, -spentUsd])),
  };
}

/** A month's budget in dollars; throws `invalid-input` for one that is no number or not more than nothing. */
function checkLimit(limitUsd: number): Usd {
  const limit = toUsd(limitUsd);
  if (Number.isFinite(limitUsd) && limit >= 0.01) return limit;
  throw new OpsError("invalid-input", "A budget is a sum of dollars a month, more than nothing.", {
    hint: "For example `budget set 400`.",
  });
}

function stepOf(usd: Usd, limit: Usd): Threshold | "none" {
  return thresholds.findLast((each) => toUsd(usd * 100) >= toUsd(limit * each)) ?? "none";
}

/** The thresholds that have been crossed, lowest first. */
export const crossed = (step: Threshold | "none"): Threshold[] =>
  step === "none" ? [] : thresholds.filter((each) => each <= step);

/** What a start must obey once so much is *spent*: a forecast only says so. */
export function startRules(
  step: Threshold | "none",
  { shrunkLeaseMinutes }: { shrunkLeaseMinutes: number },
): StartRules {
  const spent = step === "none" ? 0 : step;
  return {
    asksSecondPerson: spent >= 80,
    maxLeaseMinutes: spent >= 95 ? shrunkLeaseMinutes : null,
    adminsOnly: spent >= 100,
  };
}

/** The key under which a month's crossing is announced, once; `month` is "2026-11". */
export const announcementKey = (month: string, threshold: Threshold): string =>
  `budget_${month}_${threshold}`;
