import { type BudgetState, type Threshold, thresholds } from "../domain/cost/budget.ts";
import { periodWords } from "../domain/cost/period-words.ts";
import { spoken } from "../domain/duration.ts";
import { usdWords } from "../domain/money.ts";
import type { Policy } from "../domain/policy.ts";
import type { Role } from "../domain/role.ts";
import type { Settings } from "../domain/settings.ts";
import { type Button, code, strong, type Text, text } from "../domain/text.ts";
import { OpsError } from "../errors.ts";
import type { MonthCosts } from "../manager/month-costs.ts";
import type { Command, CommandContext } from "./command.ts";
import { parseDollars } from "./dollars.ts";
import { nearest } from "./nearest.ts";
import type { Reply } from "./reply.ts";
import { refuseSecrets } from "./words.ts";

/** What is spent of the month's budget, and what that means. */
export const budget: Command = {
  verb: "budget",
  usage: "budget [set 400 | off | hardcap on|off]",
  summary: "What is spent of the budget and what that changes; admins set it",
  example: "budget set 400",
  role: "viewer",
  roleFor: (args) => roleFor(args),
  run(args, context) {
    const [, verb = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(args) ?? [];
    if (verb === "") return show(context);
    return change(toChange(verb.toLowerCase(), rest), context);
  },
};

const verbs = ["set", "off", "hardcap"];

/** A verb that does not exist needs no role to be told so. */
const roleFor = (args: string): Role =>
  verbs.includes(args.split(" ")[0]?.toLowerCase() ?? "") ? "admin" : "viewer";

type Change = Partial<Pick<Settings, "budgetUsd" | "hardCap">>;

function toChange(verb: string, rest: string): Change {
  if (verb === "set") return { budgetUsd: parseDollars(rest) };
  if (verb === "off" && rest === "") return { budgetUsd: null };
  if (verb === "hardcap" && ["on", "off"].includes(rest.toLowerCase()))
    return { hardCap: rest.toLowerCase() === "on" };
  refuseSecrets(`${verb} ${rest}`);
  const near = verbs.includes(verb) ? null : nearest(verb, verbs);
  throw new OpsError("invalid-input", "I do not know what to do with the budget.", {
    hint:
      near === null
        ? "For example `/stream budget set 400`, `/stream budget off` or `/stream budget hardcap on`."
        : `Did you mean \`/stream budget ${near}\`?`,
  });
}

async function change(wish: Change, context: CommandContext): Promise<Reply> {
  const { before, after } = await context.settings.change(wish, context.asker);
  const shown = await show(context);
  const said: Text[] = [
    ...(wish.budgetUsd === undefined ? [] : [budgetLine(before, after)]),
    ...(wish.hardCap === undefined ? [] : [text`The hard cap is ${onOff(after.hardCap)} now.`]),
  ];
  const lines = shown.kind === "lines" ? shown.lines : [];
  return {
    kind: "lines",
    lines: [...said, ...lines],
    buttons: isSame(before, after) ? [] : [undo(before, wish)],
  };
}

const isSame = (before: Settings, after: Settings): boolean =>
  before.budgetUsd === after.budgetUsd && before.hardCap === after.hardCap;

const budgetLine = (before: Settings, after: Settings): Text =>
  before.budgetUsd === after.budgetUsd
    ? text`The budget is ${amountWords(after)} already.`
    : text`The budget is ${amountWords(after)} now; it was ${amountWords(before)}.`;

const amountWords = ({ budgetUsd }: Settings): string =>
  budgetUsd === null ? "off" : `${usdWords(budgetUsd)} a month`;

const onOff = (on: boolean): string => (on ? "on" : "off");

function undo(before: Settings, wish: Change): Button {
  if (wish.hardCap !== undefined)
    return { label: "Undo", command: `budget hardcap ${onOff(before.hardCap)}` };
  const { budgetUsd } = before;
  return { label: "Undo", command: budgetUsd === null ? "budget off" : `budget set ${budgetUsd}` };
}

/** The figures of this moment: a change must show at once. */
async function show({ costs, policy }: CommandContext): Promise<Reply> {
  const month = await costs.month(0);
  const { limitUsd } = month.budget;
  const lines = limitUsd === null ? withoutBudget(month) : withBudget(month, limitUsd, policy);
  return { kind: "lines", lines, buttons: [{ label: "See the costs", command: "cost month" }] };
}

const withoutBudget = ({ period, budget: { spentUsd, forecastUsd } }: MonthCosts): Text[] => [
  text`No budget is set. ${strong(periodWords(period))}: ${usdWords(spentUsd)} spent, forecast ${usdWords(forecastUsd)}.`,
  text`An admin sets one with ${code("/stream budget set 400")}.`,
];

function withBudget(
  { period, budget: state, settings }: MonthCosts,
  limit: number,
  policy: Policy,
) {
  const percent = (usd: number) => `${Math.floor((usd / limit) * 100)} %`;
  const { spentUsd, forecastUsd, leftUsd } = state;
  return [
    text`${strong(periodWords(period))}: ${usdWords(spentUsd)} of ${usdWords(limit)} spent (${percent(spentUsd)}), ${usdWords(leftUsd ?? 0)} left.`,
    text`Forecast for the whole month: ${usdWords(forecastUsd)} (${percent(forecastUsd)}).`,
    ...thresholds.map((each) => stepLine(each, { state, limit, policy })),
    settings.hardCap
      ? text`Hard cap on: at 100 % social destinations stop after a last call; the primary never does.`
      : text`Hard cap off: what is on stays on until its end.`,
  ];
}

type Ladder = { state: BudgetState; limit: number; policy: Policy };

function stepLine(step: Threshold, { state, limit, policy }: Ladder): Text {
  const reached = state.step !== "none" && state.step >= step;
  const coming = state.byForecast !== "none" && state.byForecast >= step;
  const now = reached ? " · reached" : coming ? " · the forecast gets there" : "";
  return [`${step} % (${usdWords((limit * step) / 100)}): ${meaning(step, policy)}${now}`];
}

function meaning(step: Threshold, { shrunkLeaseMinutes }: Policy): string {
  if (step === 50) return "everybody is told";
  if (step === 80) return "a start needs a second person";
  return step === 95
    ? `nothing is on for longer than ${spoken(shrunkLeaseMinutes * 60)} at a time`
    : "only admins start anything";
}
