import type { Destination } from "../domain/destination.ts";
import { isHeld } from "../domain/lease.ts";
import { usdWords } from "../domain/money.ts";
import { perHour } from "../domain/price-words.ts";
import { seenOf } from "../domain/seen.ts";
import { type Button, strong, type Text, text } from "../domain/text.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Command, CommandContext } from "./command.ts";
import { type Money, moneyOf, runUsd } from "./money.ts";
import { requestFor, takeMove } from "./move-of-end.ts";
import { changedLines, linesFor } from "./outcomes.ts";
import { isReply, pickRunning } from "./pick-running.ts";

/** Keeps every automatic stop away from what is on, for a while. */
export const hold: Command = {
  verb: "hold",
  usage: "hold <destination…|all> 90m | until 23:00 [reason]",
  summary: "Keep every automatic stop away until a time; it ends by itself",
  example: "hold all 90m a guest is late",
  role: "operator",
  foreseeable: true,
  async run(args, context) {
    const move = takeMove(args, "hold", context);
    const { words, end, reason } = move;
    const commandFor = (names: string) => `hold ${names} ${end} ${reason ?? ""}`.trim();
    const picked = await pickRunning(words, context, commandFor);
    if (isReply(picked)) return picked;
    const { rows, changed } = picked;
    const outcomes = await context.intents.hold(requestFor(rows, move, context));
    const money = await moneyOf(rows, context);
    const said = { before: rows, money, context };
    const held = outcomes.filter(({ result }) => result === "accepted");
    return {
      kind: "lines",
      lines: [
        ...linesFor(outcomes, (outcome) => lineFor(outcome, said)),
        ...changedLines(changed),
        ...(held.length === 0 ? [] : [[meaning(held.length)]]),
      ],
      buttons: releaseButton(held.map(({ destination }) => destination)),
    };
  },
};

const meaning = (count: number): string =>
  `While held, no rule stops ${count === 1 ? "it" : "them"}; people still can.`;

type Said = { before: readonly Destination[]; money: Money; context: CommandContext };

function lineFor({ destination, result, cappedBy }: Outcome, said: Said): Text {
  const { name, holdUntil, holdReason, leaseUntil } = destination;
  const { now, asker } = said.context;
  if (holdUntil === null) return text`${strong(name)} is not held.`;
  if (result === "already") return text`${strong(name)} is held until ${holdUntil} already.`;
  const capped = cappedBy === null ? [] : [`, which is ${cappedBy}`];
  const why = holdReason === null ? [] : [` (${holdReason})`];
  const then = leaseUntil !== null && leaseUntil > holdUntil ? leaseUntil : holdUntil;
  return [
    ...text`${asker.name} holds ${strong(name)} until ${holdUntil}`,
    ...capped,
    ...why,
    ".",
    ...replaced(destination, said),
    ...text` It goes off at ${then}`,
    ...priceOf(destination, then, { ...said, now }),
    ".",
  ];
}

const priceOf = (
  { id }: Destination,
  then: Date,
  { money, now }: Pick<Said, "money"> & { now: Date },
): Text => {
  const rate = money.get(id)?.perHourUsd;
  if (rate === undefined) return [];
  return [`; until then about ${usdWords(runUsd(rate, now, then))} at ${perHour(rate)}`];
};

/** Whose hold this one takes the place of. */
function replaced({ id }: Destination, { before, context }: Said): Text {
  const row = before.find((each) => each.id === id);
  if (row === undefined || row.holdUntil === null || !isHeld(row, context.now)) return [];
  if (row.heldBy === null || row.heldBy.id === context.asker.id) return [];
  return text` That replaces ${row.heldBy.name}'s hold until ${row.holdUntil}.`;
}

function releaseButton(held: readonly Destination[]): Button[] {
  const [first] = held;
  if (first === undefined) return [];
  const what = held.length === 1 ? first.name : `these ${held.length}`;
  return [
    {
      label: `Release ${what}`,
      command: `release ${held.map(({ id }) => id).join(" ")}`,
      seen: seenOf(held),
    },
  ];
}
