import { type StartRules, startRules } from "../domain/cost/budget.ts";
import { usdWords } from "../domain/money.ts";
import type { Role } from "../domain/role.ts";
import { nextStarts } from "../domain/schedule.ts";
import type { Show } from "../domain/show.ts";
import { OpsError } from "../errors.ts";
import type { MonthCosts } from "../manager/month-costs.ts";
import type { CommandContext } from "./command.ts";
import { readable } from "./money.ts";

/** What a start must obey, and the month that says so; null when it cannot be read, so that nothing is forbidden. */
export type BudgetCheck = { rules: StartRules; month: MonthCosts | null };

export async function checkBudget({ costs, policy }: CommandContext): Promise<BudgetCheck> {
  const month = await readable(costs.month());
  return { month, rules: startRules(month?.budget.step ?? "none", policy) };
}

/** "83 % of the budget". */
export function spentWords(month: MonthCosts | null): string {
  const { spentUsd, limitUsd } = month?.budget ?? { spentUsd: 0, limitUsd: null };
  return `${Math.floor((spentUsd / (limitUsd ?? 1)) * 100)} % of the budget`;
}

/** Throws `over-budget` for a person whose starts the budget does not allow any more. */
export function refuseOverBudget({ rules, month }: BudgetCheck, role: Role): void {
  if (!rules.adminsOnly || role === "admin") return;
  const { spentUsd = 0, limitUsd } = month?.budget ?? {};
  throw new OpsError(
    "over-budget",
    `This month's budget is spent: ${usdWords(spentUsd)} of ${usdWords(limitUsd ?? 0)}. Only an admin can start now.`,
    { hint: "An admin can start it, or raise the budget: `/stream budget set 400`." },
  );
}

/**
 * Throws `over-budget` for a show that would start within this month and that only one person wants: it would start with
 * nobody's second word, which a start by hand needs. Later months have budgets of their own.
 */
export function refuseAlone(
  { rules, month }: BudgetCheck,
  show: Show,
  { role, now }: Pick<CommandContext, "role" | "now">,
): void {
  if (!rules.asksSecondPerson || month === null || role === "admin") return;
  const [first] = nextStarts(show, now, 1);
  if (first === undefined || first.startsAt >= month.period.to) return;
  const rule = rules.adminsOnly ? "only an admin starts anything" : "a start needs a second person";
  throw new OpsError("over-budget", `${spentWords(month)} is spent, so this month ${rule}.`, {
    hint: "An admin can plan it, or raise the budget: `/stream budget set 400`.",
  });
}

/** True for a start that a second person has to agree to; once only admins start, their word is enough. */
export const needsSecondPerson = ({ rules }: BudgetCheck): boolean =>
  rules.asksSecondPerson && !rules.adminsOnly;
