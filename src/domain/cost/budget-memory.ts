import * as z from "zod";
import { memoForm } from "../memo-form.ts";

/** What has been done about a month's budget, so that it is done once. */
export type BudgetMemory = {
  version: 1;
  /** The month's last limit in dollars; null for none. */
  limitUsd: number | null;
  /** Keys of what was said. */
  told: readonly string[];
  /** Intents whose ends have been looked at since the budget is nearly spent. */
  shrunk: readonly string[];
  /** When those are stopped that a last call names, by its key, ISO 8601: the grace begins when the call is seen in Slack. */
  stopsAt: Readonly<Record<string, string>>;
  /** True once a month that is over has been looked at for the last time. */
  closed: boolean;
};

export const budgetMemory = memoForm<BudgetMemory>(
  z.object({
    version: z.literal(1),
    limitUsd: z.number().nullable(),
    told: z.array(z.string()),
    shrunk: z.array(z.string()),
    stopsAt: z.record(z.string(), z.iso.datetime()),
    closed: z.boolean(),
  }),
  { version: 1, limitUsd: null, told: [], shrunk: [], stopsAt: {}, closed: false },
);
