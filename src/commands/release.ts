import { differenceInMinutes } from "date-fns/differenceInMinutes";
import type { Destination } from "../domain/destination.ts";
import { isHeld, isLeaseOver } from "../domain/lease.ts";
import { holdOffer } from "../domain/offers.ts";
import { seenOf } from "../domain/seen.ts";
import { type Button, strong, type Text, text } from "../domain/text.ts";
import { wallTime } from "../domain/wall-time.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Command, CommandContext } from "./command.ts";
import { moneyOf, readable, totalPerHour } from "./money.ts";
import { changedLines, linesFor } from "./outcomes.ts";
import { isReply, pickRunning } from "./pick-running.ts";
import type { Reply } from "./reply.ts";

/** Ends a hold, so that rules may stop it again. */
export const release: Command = {
  verb: "release",
  usage: "release <destination…|all>",
  summary: "End a hold: the lease counts again",
  example: "release all",
  role: "operator",
  foreseeable: true,
  async run(args, context) {
    const { asker, now } = context;
    const picked = await pickRunning(args, context, (names) => `release ${names}`);
    if (isReply(picked)) return picked;
    const { rows, changed } = picked;
    const ending = rows.filter((each) => goesOff(each, now));
    if (ending.length > 0 && !context.confirmed) return askFirst(rows, ending);
    const outcomes = await context.intents.release({
      destinationIds: rows.map(({ id }) => id),
      by: asker,
      reason: null,
      until: null,
    });
    return {
      kind: "lines",
      lines: [
        ...linesFor(outcomes, (outcome) => lineFor(outcome, now)),
        ...changedLines(changed),
        ...(await sourceLines(outcomes, context)),
      ],
      buttons: await holdAgain(rows, outcomes, context),
    };
  },
};

/** The way back, when one button can say it: the hold as it was, at the price of what it outlasts the lease. */
async function holdAgain(
  before: readonly Destination[],
  outcomes: readonly Outcome[],
  context: CommandContext,
): Promise<Button[]> {
  const released = outcomes.filter(({ result }) => result === "accepted");
  const rows = released.map(({ destination }) => destination);
  const held = before.filter(({ id }) => rows.some((row) => row.id === id));
  const [{ holdUntil: until = null, holdReason = null } = {}] = held;
  const isOne = held.every((each) => each.holdUntil?.getTime() === until?.getTime());
  if (until === null || until <= context.now || !isOne) return [];
  const minutes = Math.max(
    ...rows.map((row) => differenceInMinutes(until, row.leaseUntil ?? until)),
  );
  const usdPerHour = minutes > 0 ? totalPerHour(rows, await moneyOf(rows, context)) : null;
  const label = `Hold again until ${wallTime(until, context.policy.zone)}`;
  return [holdOffer(rows, { label, until, minutes, reason: holdReason ?? "", usdPerHour })];
}

/** A last call counts again at once, whatever the lease says. */
async function sourceLines(
  outcomes: readonly Outcome[],
  { facts }: CommandContext,
): Promise<Text[]> {
  const isReleased = outcomes.some(({ result }) => result === "accepted");
  const since = isReleased ? (await readable(facts()))?.memory.sourceLostSince : null;
  return since
    ? [
        text`There has been no source since ${since}, so the last call counts again: hold it to keep it on.`,
      ]
    : [];
}

/** True when only its hold keeps it on. */
const goesOff = (row: Destination, now: Date): boolean =>
  isHeld(row, now) && row.desired === "on" && isLeaseOver({ ...row, holdUntil: null }, now);

function lineFor({ destination, result }: Outcome, now: Date): Text {
  const { name, leaseUntil } = destination;
  if (result === "already") return text`${strong(name)} is not held.`;
  if (leaseUntil === null) return text`${strong(name)} is not held any more.`;
  return leaseUntil <= now
    ? text`${strong(name)} is not held any more. Its time is over since ${leaseUntil}, so it goes off now.`
    : text`${strong(name)} is not held any more: it goes off at ${leaseUntil}.`;
}

function askFirst(picked: readonly Destination[], ending: readonly Destination[]): Reply {
  const [only] = picked;
  const one = picked.length === 1 && only !== undefined ? only : null;
  return {
    kind: "lines",
    lines: [
      ...ending.map(
        ({ name, leaseUntil }) =>
          text`${strong(name)} is on only because it is held: its time is over since ${leaseUntil ?? ""}, so it goes off now.`,
      ),
    ],
    buttons: [
      {
        label: one === null ? "Release them" : `Release ${one.name}`,
        command: `release ${picked.map(({ id }) => id).join(" ")}`,
        style: "danger",
        asked: true,
        seen: seenOf(picked),
      },
    ],
  };
}
