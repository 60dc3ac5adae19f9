import { addMinutes } from "date-fns/addMinutes";
import { differenceInMinutes } from "date-fns/differenceInMinutes";
import type { Destination } from "../domain/destination.ts";
import { spoken } from "../domain/duration.ts";
import { usdWords } from "../domain/money.ts";
import { platformOf } from "../domain/platforms/index.ts";
import { perHour } from "../domain/price-words.ts";
import { seenOf } from "../domain/seen.ts";
import { strong, type Text, text } from "../domain/text.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Request } from "../manager/request.ts";
import { type BudgetCheck, checkBudget, refuseOverBudget, spentWords } from "./budget-check.ts";
import type { Command, CommandContext } from "./command.ts";
import { hintForTime, takeEnd } from "./end-of-lease.ts";
import { flowLines } from "./flow-price.ts";
import { type Money, moneyOf, pricedStart, runUsd, totalPerHour } from "./money.ts";
import { otherEnd } from "./other-end.ts";
import { answer, changedLines, choices, isStale, statesOf, whoDid, withLines } from "./outcomes.ts";
import { pick } from "./pick.ts";
import type { Reply } from "./reply.ts";
import { agree, askSecondPerson, isAskedOf } from "./second-person.ts";

const agreed = /^approved (\S+)$/;

/** Puts destinations on air, each with an end. */
export const start: Command = {
  verb: "start",
  usage: "start <destination…|all> [for 2h | until 21:30]",
  summary: "Put destinations on air; each stops by itself at its end",
  example: "start twitch for 2h",
  role: "operator",
  foreseeable: true,
  run(args, context) {
    const [, requestId] = agreed.exec(args) ?? [];
    return requestId === undefined
      ? startNamed(args, context)
      : agree(requestId, context, (wish) => startAll(wish, context));
  },
};

async function startNamed(args: string, context: CommandContext): Promise<Reply> {
  const { words, end, until } = takeEnd(args, context.policy, context.now);
  const destinations = await context.destinations();
  const picked = pick(words, destinations, hintForTime);
  if (picked.kind === "unclear") {
    const money = await moneyOf(picked.choices, context);
    return choices(picked, (names) => `start ${names} ${end}`.trim(), money);
  }
  const meant = picked.all ? picked.destinations.filter(isStartable) : picked.destinations;
  const changed = meant.filter((each) => isStale(each, context));
  const wanted = meant.filter((each) => !changed.includes(each));
  if (wanted.length === 0)
    return changed.length > 0 ? statesOf(changed, context) : nothingToStart(destinations);
  const budget = await checkBudget(context);
  if (wanted.some(isOff)) refuseOverBudget(budget, context.role);
  if (picked.all && wanted.length > 1 && !context.confirmed)
    return askFirst(wanted, { rest: `all ${end}`.trim(), until }, context);
  const wish = { destinationIds: wanted.map(({ id }) => id), until, reason: null };
  return isAskedOf(budget, wanted.filter(isOff))
    ? askSecondPerson(wanted.filter(isOff), { until, budget }, context)
    : withLines(
        await startAll({ ...wish, by: context.asker, budget }, context),
        changedLines(changed),
      );
}

const isOff = ({ desired }: Destination): boolean => desired === "off";

const isStartable = (destination: Destination): boolean =>
  destination.enabled && isOff(destination);

type StartWish = Pick<Request, "destinationIds" | "until" | "reason" | "by"> & {
  budget: BudgetCheck;
};

async function startAll({ budget, ...wish }: StartWish, context: CommandContext): Promise<Reply> {
  const { maxLeaseMinutes } = budget.rules;
  const outcomes = await context.intents.start({ ...wish, maxLeaseMinutes });
  const money = await moneyOf(
    outcomes.map(({ destination }) => destination),
    context,
  );
  const kept: Text = wish.until === null ? [] : [" Its end stays as it was."];
  const said = { context, money, budget, kept };
  const reply = answer(outcomes, (outcome) => lineFor(outcome, said), { verb: "stop", money });
  const started = outcomes.filter(({ result }) => result === "accepted");
  const unchecked = budget.month === null && started.length > 0;
  const more = [
    ...(await flowLines(
      started.map(({ destination }) => destination),
      context,
    )),
    ...(unchecked ? [["The budget could not be checked."]] : []),
  ];
  return withLines(
    reply,
    more,
    otherEnd(outcomes, wish.until, { money, zone: context.policy.zone }),
  );
}

/** `kept` is said of one that is on already, when another end was asked for. */
type Said = { context: CommandContext; money: Money; budget: BudgetCheck; kept: Text };

function lineFor(outcome: Outcome, { context, money, budget, kept }: Said): Text {
  const { destination, result } = outcome;
  const { now } = context;
  if (result === "already") return [...alreadyOn(destination, now), ...kept];
  const { name, leaseUntil, channelState } = destination;
  const end = leaseUntil === null ? [] : text` until ${leaseUntil}`;
  const after =
    channelState === "stopping" ? text` It is still stopping and starts right after.` : [];
  return [
    ...text`Starting ${strong(name)}`,
    ...end,
    ...cappedWords(outcome, budget, context),
    ".",
    ...after,
    ...priceOf(destination, money, now),
    ...platformWarning(destination, now),
  ];
}

function cappedWords(
  { cappedBy }: Outcome,
  { rules, month }: BudgetCheck,
  { policy }: CommandContext,
): Text {
  if (cappedBy === null) return [];
  const shrunk = rules.maxLeaseMinutes ?? policy.maxLeaseMinutes;
  const byBudget = cappedBy === "this site's limit" && shrunk < policy.maxLeaseMinutes;
  return byBudget
    ? [`, the longest time while ${spentWords(month)} is spent`]
    : [`, which is ${cappedBy}`];
}

function priceOf({ id, leaseUntil }: Destination, money: Money, now: Date): Text {
  const rate = money.get(id)?.perHourUsd;
  if (rate === undefined || leaseUntil === null) return [];
  return [` ${perHour(rate)}, about ${usdWords(runUsd(rate, now, leaseUntil))}.`];
}

/** What the platform does to a stream that lasts as long as this lease. */
function platformWarning({ platform, leaseUntil }: Destination, now: Date): Text {
  const limit = platformOf(platform)?.limit;
  const minutes = leaseUntil === null ? 0 : differenceInMinutes(leaseUntil, now);
  return limit?.warnMinutes && minutes > limit.warnMinutes ? [` Mind: ${limit.note}.`] : [];
}

function alreadyOn({ name, intent, leaseUntil, phase }: Destination, now: Date): Text {
  const state = phase === "running" ? "running" : "starting";
  const who = intent === null ? [] : whoDid(intent, "started", now);
  const end = leaseUntil === null ? [] : text`, until ${leaseUntil}`;
  return [...text`${strong(name)} is already ${state}`, ...who, ...end, "."];
}

async function askFirst(
  wanted: readonly Destination[],
  { rest, until }: { rest: string; until: Date | null },
  context: CommandContext,
): Promise<Reply> {
  const { policy, now } = context;
  const money = await moneyOf(wanted, context);
  const rate = totalPerHour(wanted, money);
  const end = until ?? addMinutes(now, policy.defaultLeaseMinutes);
  const price = rate === null ? [] : [`, about ${usdWords(runUsd(rate, now, end))}`];
  const howLong = until === null ? `for ${spoken(policy.defaultLeaseMinutes * 60)}` : null;
  return {
    kind: "lines",
    lines: [
      [
        `Start ${wanted.length} destinations `,
        ...(howLong === null ? text`until ${end}` : [howLong]),
        ...price,
        "? AWS bills each by the minute.",
      ],
      [wanted.map(({ name }) => name).join(", ")],
      ...(await flowLines(wanted, context)),
    ],
    buttons: [
      {
        label: pricedStart(`Start all ${wanted.length}`, wanted, money),
        command: `start ${rest}`,
        seen: seenOf(wanted),
        style: "primary",
        asked: true,
      },
    ],
  };
}

const nothingToStart = (destinations: readonly Destination[]): Reply => ({
  kind: "lines",
  lines: [text`Nothing to start: ${whyNothing(destinations)}.`],
  buttons: [],
});

function whyNothing(destinations: readonly Destination[]): string {
  if (destinations.length === 0) return "there are no destinations yet";
  const enabled = destinations.some((each) => each.enabled);
  return enabled ? "every enabled destination is already on" : "no destination is enabled";
}
