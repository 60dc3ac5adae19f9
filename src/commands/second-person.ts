import { addMinutes } from "date-fns/addMinutes";
import { type Content, saying } from "../domain/announcement.ts";
import type { Actor, Destination } from "../domain/destination.ts";
import { usdWords } from "../domain/money.ts";
import { overWords } from "../domain/second-person.ts";
import { approvalBy, isExpired, openUntil, type StartRequest } from "../domain/start-request.ts";
import { strong, type Text, text } from "../domain/text.ts";
import { OpsError } from "../errors.ts";
import type { Request } from "../manager/request.ts";
import {
  type BudgetCheck,
  checkBudget,
  needsSecondPerson,
  refuseOverBudget,
  spentWords,
} from "./budget-check.ts";
import type { CommandContext } from "./command.ts";
import { moneyOf, pricedStart, runUsd, totalPerHour } from "./money.ts";
import type { Reply } from "./reply.ts";

/** True when these cannot be started by one person alone. */
export const isAskedOf = (budget: BudgetCheck, off: readonly Destination[]): boolean =>
  off.length > 0 && needsSecondPerson(budget);

type Asked = { until: Date | null; budget: BudgetCheck };

/** Starts nothing, and asks in the conversation whether a second person agrees. */
export async function askSecondPerson(
  wanted: readonly Destination[],
  { until, budget }: Asked,
  context: CommandContext,
): Promise<Reply> {
  const { asker, now, policy, requests } = context;
  const money = await moneyOf(wanted, context);
  const rate = totalPerHour(wanted, money);
  const end = until ?? addMinutes(now, policy.defaultLeaseMinutes);
  const price = rate === null ? "" : ` (about ${usdWords(runUsd(rate, now, end))})`;
  const contentFor = ({ id, by }: StartRequest): Content =>
    saying(
      [
        [
          ...text`${by.name} wants to start ${strong(namesOf(wanted))} until ${end}${price}. `,
          `${spentWords(budget.month)} is spent, so a second person has to agree.`,
        ],
      ],
      [
        {
          label: pricedStart("Start it", wanted, money),
          command: `start approved ${id}`,
          style: "primary",
          asked: true,
        },
      ],
    );
  const destinationIds = wanted.map(({ id }) => id);
  const request = await requests.ask({ by: asker, destinationIds, until }, contentFor);
  return lines([
    text`${strong(namesOf(wanted))}: not started yet. ${spentWords(budget.month)} is spent, so a second person has to agree.`,
    text`I have asked in the conversation; another operator or an admin can agree there until ${openUntil(request)}.`,
  ]);
}

type Approved = Pick<Request, "destinationIds" | "until" | "reason" | "by"> & {
  budget: BudgetCheck;
};

/** Starts what somebody else has asked for, once. */
export async function agree(
  id: string,
  context: CommandContext,
  startAll: (wish: Approved) => Promise<Reply>,
): Promise<Reply> {
  const { asker, requests, now } = context;
  const request = await requests.find(id);
  if (request === null) return lines([["That has been answered already, or is over."]]);
  const names = await namesById(request, context);
  if (isExpired(request, now)) return expire(request, names, context);
  if (request.by.id === asker.id) throw ownRequest();
  const budget = await checkBudget(context);
  refuseOverBudget(budget, context.role);
  if (!(await requests.take(request)))
    return lines([["Somebody else has answered that in this moment."]]);
  const { by, destinationIds, until } = request;
  await requests.close(id, saying([wordsFor(by, names, asker)]));
  return startAll({ by, destinationIds, until, reason: approvalBy(asker), budget });
}

const wordsFor = (by: Actor, names: string, asker: Actor): Text =>
  text`${by.name} wanted to start ${strong(names)}, and ${asker.name} agreed.`;

async function expire(
  request: StartRequest,
  names: string,
  { requests }: CommandContext,
): Promise<Reply> {
  await requests.take(request);
  await requests.close(request.id, saying([overWords(request, names)]));
  return lines([
    text`That was asked at ${request.at} and is over, nothing was started: ask for the start again, with a new end.`,
  ]);
}

const ownRequest = (): OpsError =>
  new OpsError("not-allowed", "You asked for this start yourself.", {
    hint: "Another operator or an admin has to agree; an admin can also raise the budget with `/stream budget set 400`.",
  });

const namesOf = (destinations: readonly Destination[]): string =>
  destinations.map(({ name }) => name).join(", ");

async function namesById({ destinationIds }: StartRequest, { destinations }: CommandContext) {
  return namesOf((await destinations()).filter(({ id }) => destinationIds.includes(id)));
}

const lines = (said: readonly Text[]): Reply => ({ kind: "lines", lines: said, buttons: [] });
