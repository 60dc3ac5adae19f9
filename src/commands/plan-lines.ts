import { max } from "date-fns/max";
import { subDays } from "date-fns/subDays";
import type { Destination } from "../domain/destination.ts";
import { spoken } from "../domain/duration.ts";
import type { Facts } from "../domain/facts.ts";
import { foresee, stepsBeside } from "../domain/foresee.ts";
import { endOf } from "../domain/lease.ts";
import { usdWords } from "../domain/money.ts";
import type { Step } from "../domain/plan.ts";
import { perHour } from "../domain/price-words.ts";
import type { Session } from "../domain/session.ts";
import { usualStartSeconds } from "../domain/start-time.ts";
import { code, strong, type Text, text } from "../domain/text.ts";
import { inOrder } from "../manager/order.ts";
import type { CommandContext } from "./command.ts";
import { hourlyIn, moneyOf, readable, runUsd, totalPerHour } from "./money.ts";

/** How far back starts are looked at, to say how long one usually takes. */
const startDays = 7;

/** What would follow: in words, and in dollars more until the ends; null for none, or for nobody knows. */
type Effect = { lines: Text[]; usd: number | null };

/** What would follow from these rows: calls to AWS, minutes and dollars. */
export async function effectOf(
  facts: Facts,
  rows: readonly Destination[],
  context: CommandContext,
): Promise<Effect> {
  const { policy, now } = context;
  const changed = (desired: Destination["desired"]) =>
    inOrder(rows).filter((row) => row.desired === desired && wasOther(row, facts));
  const steps = stepsBeside(
    foresee({ ...facts, destinations: rows }, policy, now),
    foresee(facts, policy, now),
  );
  const started = changed("on");
  const flowUsdPerHour = steps.some(({ kind }) => kind === "start-flow")
    ? await readable(context.costs.flowUsdPerHour())
    : null;
  const flow = flowUsdPerHour === null ? null : flowUntilEnd(started, flowUsdPerHour, now);
  const added = await addedUsd(facts, rows, context);
  return {
    lines: [
      callsLine(steps, rows),
      ...(await startLines(started, flow, context)),
      ...(await stopLines(changed("off"), context)),
    ],
    usd: added === null ? null : added + (flow?.usd ?? 0),
  };
}

/** What the flow adds while these are on: an hour, and until the last of them goes off. */
type FlowCost = { perHourUsd: number; usd: number };

const flowUntilEnd = (started: readonly Destination[], perHourUsd: number, now: Date): FlowCost => {
  const until = max(started.map(({ leaseUntil }) => leaseUntil ?? now));
  return { perHourUsd, usd: (perHourUsd * (until.getTime() - now.getTime())) / hourMs };
};

/** What the rows would spend more until their ends than they will as they are; null for nothing, or for nobody knows. */
async function addedUsd(
  { destinations }: Facts,
  rows: readonly Destination[],
  context: CommandContext,
): Promise<number | null> {
  const moved = rows.filter(
    (row) => !destinations.some((each) => isSameEnd(each, row)) && endIn(row) !== null,
  );
  const money = hourlyIn(await moneyOf(moved, context));
  const { now } = context;
  const added = moved.map((row) => {
    const before = destinations.find(({ id }) => id === row.id);
    const from = (before && endIn(before)) ?? null;
    const until = endIn(row) ?? now;
    const rate = money.get(row.id) ?? Number.NaN;
    return from === null
      ? runUsd(rate, now, until)
      : (rate * (until.getTime() - from.getTime())) / hourMs;
  });
  const usd = added.reduce((sum, each) => sum + each, 0);
  return usd > 0 ? usd : null;
}

const hourMs = 3_600_000;

const endIn = (row: Destination): Date | null => (row.desired === "on" ? endOf(row) : null);

const isSameEnd = (left: Destination, right: Destination): boolean =>
  left.id === right.id && endIn(left)?.getTime() === endIn(right)?.getTime();

const wasOther = ({ id, desired }: Destination, { destinations }: Facts): boolean =>
  destinations.find((each) => each.id === id)?.desired !== desired;

const calls: Record<Step["kind"], string> = {
  "start-flow": "StartFlow",
  "stop-flow": "StopFlow",
  "set-output": "UpdateChannel",
  "start-channel": "StartChannel",
  "stop-channel": "StopChannel",
  "fail-intent": "give up",
  "keep-deadlines": "CreateSchedule",
};

function callsLine(steps: readonly Step[], rows: readonly Destination[]): Text {
  if (steps.length === 0) return text`No call to AWS starts or stops anything.`;
  const words = steps.map((step) => {
    const id = "destinationId" in step ? step.destinationId : null;
    const name = rows.find((each) => each.id === id)?.name;
    return name === undefined ? calls[step.kind] : `${calls[step.kind]} ${name}`;
  });
  return [
    "Calls to AWS: ",
    ...words.flatMap((each, at) => (at === 0 ? [code(each)] : [", ", code(each)])),
  ];
}

async function startLines(
  started: readonly Destination[],
  flow: FlowCost | null,
  context: CommandContext,
) {
  if (started.length === 0) return [];
  const { costs, now } = context;
  const ledger = await readable(costs.ledger(subDays(now, startDays), now));
  const money = await moneyOf(started, context);
  const rate = totalPerHour(started, money);
  const usd = started.reduce(
    (sum, { id, leaseUntil }) =>
      sum + runUsd(money.get(id)?.perHourUsd ?? 0, now, leaseUntil ?? now),
    flow?.usd ?? 0,
  );
  const minimum = usdWords((rate ?? 0) / 6);
  return [
    ...started.map((row) => startLine(row, ledger?.sessions ?? [])),
    ...(rate === null
      ? []
      : [
          text`Together ${perHour(rate + (flow?.perHourUsd ?? 0))}${flow === null ? "" : " with the flow"}, about ${usdWords(usd)} until the end; at least about ${minimum}, because AWS bills ten minutes.`,
        ]),
  ];
}

function startLine({ id, name }: Destination, sessions: readonly Session[]): Text {
  const own = sessions.filter(({ destinationId }) => destinationId === id);
  const usual = spoken(usualStartSeconds(own));
  return text`${strong(name)} is on air about ${usual} later.`;
}

async function stopLines(stopped: readonly Destination[], context: CommandContext) {
  const rate = totalPerHour(stopped, await moneyOf(stopped, context));
  if (stopped.length === 0 || rate === null) return [];
  return [text`That ends ${perHour(rate)} of spending.`];
}
