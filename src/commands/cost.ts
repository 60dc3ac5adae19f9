import { periodWords } from "../domain/cost/period-words.ts";
import { usageContent } from "../domain/cost/usage-content.ts";
import { toUsageTable } from "../domain/cost/usage-table.ts";
import { spoken } from "../domain/duration.ts";
import { usdWords } from "../domain/money.ts";
import { capitalised, strong, type Text, text } from "../domain/text.ts";
import type { Command } from "./command.ts";
import { type PeriodUsage, readUsage, takePeriod } from "./period-usage.ts";

/** What was spent, by destination and by show, and what the month will have cost. */
export const cost: Command = {
  verb: "cost",
  usage: "cost [today|week|month|2026-11]",
  summary: "What was spent and what is to come, by destination and show",
  example: "cost month",
  role: "viewer",
  async run(args, context) {
    const read = await readUsage(takePeriod(args, context), context);
    const { usage } = read;
    const reported = usageContent(usage, { month: null, knownSince: null, lateSince: null });
    return {
      kind: "lines",
      lines: costLines(read),
      table: reported.table ?? toUsageTable(usage, "destinations"),
      chart: reported.chart,
      buttons: [{ label: "Budget", command: "budget" }],
    };
  },
};

function costLines({ usage, month, trouble, knownSince }: PeriodUsage): Text[] {
  const { waste, saved, period } = usage;
  return [
    [
      ...text`${strong(capitalised(periodWords(period)))}: ${usdWords(usage.usd)} spent`,
      ...outlook(),
    ],
    ...trouble,
    ...(waste.usd > 0
      ? [text`Without a source: ${usdWords(waste.usd)} in ${spoken(waste.minutes * 60)}.`]
      : []),
    ...(saved.usd > 0
      ? [text`Saved by auto-shutdown: ${usdWords(saved.usd)}, ${spoken(saved.minutes * 60)}.`]
      : []),
    ...(knownSince === null ? [] : [text`patchbay has looked after the site since ${knownSince}.`]),
    [`Estimates by list prices of ${usage.asOf}${usage.assumed ? ", some of them assumed" : ""}.`],
  ];

  /** Only the present month has a forecast and a budget. */
  function outlook(): Text {
    if (usage.forecastUsd === null || month === null) return ["."];
    const { limitUsd } = month.budget;
    const budget = limitUsd === null ? "no budget is set" : `the budget is ${usdWords(limitUsd)}`;
    return [`, forecast ${usdWords(usage.forecastUsd)}; ${budget}.`];
  }
}
