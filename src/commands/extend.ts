import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { startOfMinute } from "date-fns/startOfMinute";
import type { Deed } from "../domain/deed.ts";
import type { Destination } from "../domain/destination.ts";
import { spoken } from "../domain/duration.ts";
import { isHeld } from "../domain/lease.ts";
import { usdWords } from "../domain/money.ts";
import { untilWords } from "../domain/offers.ts";
import { forMinutes, priced } from "../domain/price-words.ts";
import { seenOf } from "../domain/seen.ts";
import { type Button, strong, type Text, text } from "../domain/text.ts";
import type { Outcome } from "../manager/intents.ts";
import { checkBudget } from "./budget-check.ts";
import type { Command } from "./command.ts";
import { type Money, moneyOf, totalPerHour } from "./money.ts";
import { requestFor, takeMove } from "./move-of-end.ts";
import { changedLines, linesFor } from "./outcomes.ts";
import { isReply, pickRunning } from "./pick-running.ts";
import { extendStray, strayIn } from "./strays.ts";

/** What only an Undo says before its end: it may be an earlier one, though that is a button's. */
const undoWord = / back(?= until )/;

/** Moves the end of what is on, later or earlier. */
export const extend: Command = {
  verb: "extend",
  usage: "extend <destination…|all|channel 1009> 30m | until 22:00",
  summary: "Move the end of what is on, and say what the time costs",
  example: "extend all 30m",
  role: "operator",
  foreseeable: true,
  async run(args, context) {
    const back = context.seen !== null && undoWord.test(args);
    const typed = back ? args.replace(undoWord, "") : args;
    const move = takeMove(typed, "extend", context);
    const { words, minutes, until, end } = move;
    const stray = strayIn(words, await context.destinations());
    if (stray !== null) return extendStray(stray, { minutes, until }, context);
    const picked = await pickRunning(words, context, (names) => `extend ${names} ${end}`);
    if (isReply(picked)) return picked;
    const { rows, changed } = picked;
    const { rules } = await checkBudget(context);
    const outcomes = await context.intents.extend({
      ...requestFor(rows, move, context),
      maxLeaseMinutes: rules.maxLeaseMinutes,
      back,
    });
    const money = await moneyOf(rows, context);
    return {
      kind: "lines",
      lines: [
        ...linesFor(outcomes, (outcome) => lineFor(outcome, money, context.now)),
        ...changedLines(changed),
      ],
      buttons: undoButtons(outcomes, money),
    };
  },
};

function lineFor({ destination, result, cappedBy }: Outcome, money: Money, now: Date): Text {
  const { name, leaseUntil } = destination;
  if (leaseUntil === null) return text`${strong(name)} has no end.`;
  if (result === "already") return text`${strong(name)} ends at ${leaseUntil} already.`;
  const before = lastMove(destination)?.before ?? null;
  const capped = cappedBy === null ? [] : [` No longer: that is ${cappedBy}.`];
  return [
    ...text`${strong(name)} goes off at ${leaseUntil}`,
    ...(before === null ? [] : text` instead of ${before}`),
    ...differenceWords(destination, before, money),
    ".",
    ...capped,
    ...heldWords(destination, now),
  ];
}

/** ": 30 min more, about $0.43", between the times as they are shown. */
function differenceWords({ id, leaseUntil }: Destination, before: Date | null, money: Money): Text {
  if (before === null || leaseUntil === null) return [];
  const minutes = differenceInMinutes(startOfMinute(leaseUntil), startOfMinute(before));
  const usd = (money.get(id)?.perHourUsd ?? Number.NaN) * (Math.abs(minutes) / 60);
  const price = Number.isNaN(usd) ? "" : `, about ${usdWords(usd)}`;
  return [`: ${spoken(Math.abs(minutes) * 60)} ${minutes < 0 ? "less" : "more"}${price}`];
}

const heldWords = (destination: Destination, now: Date): Text => {
  const { holdUntil, heldBy } = destination;
  const held = holdUntil !== null && isHeld(destination, now);
  return held ? text` ${heldBy?.name ?? "Somebody"} holds it until ${holdUntil}.` : [];
};

const lastMove = ({ deeds }: Destination): Deed | undefined =>
  deeds.findLast(({ kind }) => kind === "extend" || kind === "shrink");

/** Back to the ends as they were, when one button can say that; it costs what it makes longer. */
function undoButtons(outcomes: readonly Outcome[], money: Money): Button[] {
  const moved = outcomes.filter(({ result }) => result === "accepted");
  const rows = moved.map(({ destination }) => destination);
  const ends = rows.map((row) => lastMove(row)?.before ?? null);
  const [end] = ends;
  if (end === null || end === undefined) return [];
  if (ends.some((each) => each?.getTime() !== end.getTime())) return [];
  const ids = rows.map(({ id }) => id).join(" ");
  const minutes = Math.max(...rows.map((row) => differenceInMinutes(end, row.leaseUntil ?? end)));
  const price = minutes > 0 ? forMinutes(minutes, totalPerHour(rows, money)) : null;
  const command = `extend ${ids} back ${untilWords(end)}`;
  return [{ label: priced("Undo", price), command, seen: seenOf(rows) }];
}
