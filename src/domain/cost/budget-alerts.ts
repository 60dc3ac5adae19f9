import { subMilliseconds } from "date-fns/subMilliseconds";
import { type Announcement, saying, siteMessage } from "../announcement.ts";
import { spoken } from "../duration.ts";
import { usdWords } from "../money.ts";
import type { Policy } from "../policy.ts";
import { code, type Text, text } from "../text.ts";
import { announcementKey, type BudgetState, crossed, type Threshold } from "./budget.ts";
import type { Period } from "./period.ts";
import { periodWords } from "./period-words.ts";

export type AlertFacts = {
  period: Period;
  budget: BudgetState;
  hardCap: boolean;
  /** Keys of what was said before. */
  told: readonly string[];
  policy: Pick<Policy, "shrunkLeaseMinutes" | "graceMinutes">;
  now: Date;
};

/**
 * What a month's budget has to say that was not said before: each threshold once, the lower ones of several in a word, and
 * once that the forecast is beyond the limit. They are told in this order, a moment after each other.
 */
export function budgetAlerts(facts: AlertFacts): Announcement[] {
  const { budget, period, told } = facts;
  const passed = crossed(budget.step);
  const steps = passed.map((step) => ({
    key: announcementKey(period.name, step),
    words: () => (step === passed.at(-1) ? stepLines(step, facts) : [passedWords(step, facts)]),
  }));
  const early = budget.step !== 100 && budget.byForecast === 100;
  const warning = { key: forecastKey(period), words: () => forecastLines(facts) };
  return [...steps, ...(early ? [warning] : [])]
    .filter(({ key }) => !told.includes(key))
    .map(({ key, words }, index, all) => {
      const lines = words();
      return siteMessage({
        key,
        at: subMilliseconds(facts.now, all.length - 1 - index),
        content: saying(lines, lines.length > 1 ? buttons : []),
      });
    });
}

const forecastKey = ({ name }: Period): string => `budget_${name}_forecast`;

const buttons = [
  { label: "See the costs", command: "cost month" },
  { label: "Budget", command: "budget" },
];

function passedWords(step: Threshold, { period }: AlertFacts): Text {
  return text`${step} % of the budget for ${periodWords(period)} is passed.`;
}

function stepLines(step: Threshold, facts: AlertFacts): Text[] {
  const { budget, period, now } = facts;
  const { spentUsd, forecastUsd, limitUsd } = budget;
  const ofLimit = `${usdWords(spentUsd)} of ${usdWords(limitUsd ?? 0)}`;
  const month = periodWords(period);
  if (now >= period.to)
    return [text`At its end ${month} had used ${step} % of its budget: ${ofLimit}.`];
  return [
    text`${step} % of the budget for ${month} is spent: ${ofLimit}. Forecast: ${usdWords(forecastUsd)}.`,
    [changes(step, facts)],
    whatToDo(facts),
  ];
}

function changes(step: Threshold, { hardCap, policy }: AlertFacts): string {
  if (step === 50) return "Nothing changes yet.";
  if (step === 80)
    return "From now on a start asks a second person, and only an admin plans one for this month.";
  if (step === 95)
    return `From now on a start is for ${spoken(policy.shrunkLeaseMinutes * 60)} at most, and what is on goes off within that time unless somebody extends it.`;
  const started = "From now on only an admin can start anything, and planned shows do not start.";
  return hardCap
    ? `${started} Social destinations stop after a last call and ${spoken(policy.graceMinutes * 60)}; the primary stays on.`
    : `${started} What is on stays on until its end.`;
}

const forecastLines = (facts: AlertFacts): Text[] => {
  const { spentUsd, forecastUsd, limitUsd } = facts.budget;
  const limit = usdWords(limitUsd ?? 0);
  return [
    text`${periodWords(facts.period)} will go over its budget as things are: forecast ${usdWords(forecastUsd)} of ${limit}.`,
    text`Spent so far: ${usdWords(spentUsd)}. Nothing changes yet: only what is spent counts.`,
    whatToDo(facts),
  ];
};

/** A round sum with some room. */
function whatToDo({ budget }: AlertFacts): Text {
  const least = Math.max(budget.forecastUsd, (budget.limitUsd ?? 0) * 1.25);
  const round = Math.ceil(least / 50) * 50;
  return text`What it is made of: ${code("/stream cost")}. An admin raises it with ${code(`/stream budget set ${round}`)}.`;
}
