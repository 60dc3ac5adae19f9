import type { Destination } from "../domain/destination.ts";
import { isHeld, isLeaseOver } from "../domain/lease.ts";
import { seenOf } from "../domain/seen.ts";
import { strong, type Text, text } from "../domain/text.ts";
import type { Outcome } from "../manager/intents.ts";
import type { Command } from "./command.ts";
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
      lines: [...linesFor(outcomes, (outcome) => lineFor(outcome, now)), ...changedLines(changed)],
      buttons: [],
    };
  },
};

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
