import type { Role } from "../domain/role.ts";
import { nextStarts } from "../domain/schedule.ts";
import type { Show } from "../domain/show.ts";
import { code, type Text, text } from "../domain/text.ts";
import { OpsError } from "../errors.ts";
import type { Command, CommandContext } from "./command.ts";
import { nearest } from "./nearest.ts";
import type { Reply } from "./reply.ts";
import { addShow } from "./schedule-add.ts";
import { removeShow, skipDate, unskipDate } from "./schedule-change.ts";
import { showPrices } from "./show-forecast.ts";
import { linesOfShow } from "./show-lines.ts";
import { refuseSecrets } from "./words.ts";

type Change = (words: string, context: CommandContext) => Promise<Reply>;

const changes = new Map<string, Change>([
  ["add", addShow],
  ["skip", skipDate],
  ["unskip", unskipDate],
  ["remove", removeShow],
]);
const example = 'schedule add "Sunday service" sundays 10:00 for 90m youtube';
const showsShown = 20;

/** Planned shows: what comes when, and the changes to it. */
export const schedule: Command = {
  verb: "schedule",
  usage:
    'schedule [add "name" <days|date> 19:30 for 2h <destination…|all> | skip <show> <date> | unskip <show> <date> | remove <show>]',
  summary: "Planned shows with their next starts; operators add, skip and remove them",
  example,
  role: "viewer",
  foreseeable: true,
  roleFor: (args) => roleFor(args),
  run(args, context) {
    const { verb, rest } = split(args);
    if (verb === "" || verb === "list") return list(context);
    const change = changes.get(verb);
    if (change === undefined) throw unknown(args, verb);
    return change(rest, context);
  },
};

const roleFor = (args: string): Role => (changes.has(split(args).verb) ? "operator" : "viewer");

function split(args: string): { verb: string; rest: string } {
  const [, verb = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(args) ?? [];
  return { verb: verb.toLowerCase(), rest };
}

function unknown(args: string, verb: string): OpsError {
  refuseSecrets(args);
  const near = nearest(verb, [...changes.keys(), "list"]);
  return new OpsError("invalid-input", "I do not know what to do with the schedule.", {
    hint:
      near === null
        ? `For example \`/stream ${example}\`.`
        : `Did you mean \`/stream schedule ${near}\`?`,
  });
}

async function list({ shows, destinations, costs, now }: CommandContext): Promise<Reply> {
  const [{ shows: all, unreadable }, known, priceOf] = await Promise.all([
    shows.list(),
    destinations(),
    showPrices(costs),
  ]);
  const shown = soonestFirst(all, now).slice(0, showsShown);
  const lines = shown.map((show) =>
    linesOfShow({ show, destinations: known, costUsd: priceOf(show), now }),
  );
  const more = all.length - shown.length;
  return {
    kind: "lines",
    lines: [
      ...(all.length === 0
        ? [text`Nothing is planned. Plan a show: ${code(`/stream ${example}`)}`]
        : []),
      ...lines.flat(),
      ...(more > 0 ? [text`And ${more} more.`] : []),
      ...unreadable.map(unreadableLine),
    ],
    buttons: [],
  };
}

const unreadableLine = (id: string): Text =>
  text`The show ${code(id)} is damaged or from a newer version: it is left as it is, and does not start.`;

/** A show that is over comes last. */
function soonestFirst(shows: readonly Show[], now: Date): Show[] {
  const next = (show: Show) => nextStarts(show, now, 1)[0]?.startsAt.getTime() ?? Number.MAX_VALUE;
  return shows.toSorted((left, right) => next(left) - next(right));
}
