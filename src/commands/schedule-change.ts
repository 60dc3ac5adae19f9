import { occurrenceOn } from "../domain/schedule.ts";
import type { Show } from "../domain/show.ts";
import { code, strong, type Text, text } from "../domain/text.ts";
import { wallDate } from "../domain/wall-time.ts";
import { parseDay } from "../domain/when.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { CommandContext } from "./command.ts";
import { nearest } from "./nearest.ts";
import type { Reply } from "./reply.ts";
import { lineToAdd } from "./show-lines.ts";
import { inHint, quoted, refuseSecrets } from "./words.ts";

/** Leaves one date of a show out. */
export const skipDate = (words: string, context: CommandContext): Promise<Reply> =>
  changeDate(words, context, "skip");

/** Takes a date back that was left out. */
export const unskipDate = (words: string, context: CommandContext): Promise<Reply> =>
  changeDate(words, context, "unskip");

type Verb = "skip" | "unskip";
const opposite: Record<Verb, Verb> = { skip: "unskip", unskip: "skip" };
const deeds: Record<Verb, string> = { skip: "is left out on", unskip: "comes again on" };

/** A show's name may end in a number, so that a date is known by what stands between its figures. */
const withDate = /^(?:(.*) )?(\d+[.:/-][\d.:/-]*|today|tomorrow)$/i;

async function changeDate(words: string, context: CommandContext, verb: Verb): Promise<Reply> {
  const [, named = "", typed = ""] = withDate.exec(words) ?? ["", words];
  const found = await findShow(named, context);
  if (found.length > 1) return whichOne(found, (id) => `schedule ${verb} ${id} ${typed}`.trim());
  const show = only(found);
  const date = dateOf(typed, show, { verb, now: context.now });
  const { startsAt, endsAt } = occurrenceOn(show, date);
  if (endsAt <= context.now) throw no(show, verb, "That date is over.");
  await context.shows[verb]({ showId: show.id, date, by: context.asker });
  const onAir = startsAt <= context.now && verb === "skip";
  const undo = `schedule ${opposite[verb]} "${show.name}" ${date}`;
  return {
    kind: "lines",
    lines: [
      text`${strong(show.name)} ${deeds[verb]} ${date} at ${startsAt}.`,
      ...(onAir
        ? [text`What is on air already stays on: ${code("/stream stop all")} ends it.`]
        : []),
      text`To undo that: ${code(`/stream ${undo}`)}`,
    ],
    buttons: [{ label: "Undo", command: `schedule ${opposite[verb]} ${show.id} ${date}` }],
  };
}

type Asked = { verb: Verb; now: Date };

function dateOf(typed: string, show: Show, { verb, now }: Asked): string {
  if (typed === "") throw no(show, verb, "Which date?");
  try {
    return parseDay(typed, wallDate(now, show.zone));
  } catch (error) {
    throw isOpsError(error, "invalid-input") ? no(show, verb, error.message) : error;
  }
}

const no = ({ name }: Show, verb: Verb, message: string): OpsError =>
  new OpsError("invalid-input", message, {
    hint: `For example \`/stream schedule ${verb} "${inHint(name)}" 2026-12-20\`.`,
  });

/** Ends the planning of a show. */
export async function removeShow(words: string, context: CommandContext): Promise<Reply> {
  const found = await findShow(words, context);
  if (found.length > 1) return whichOne(found, (id) => `schedule remove ${id}`);
  const show = await context.shows.remove(only(found).id, context.asker);
  const destinations = await context.destinations();
  const again = lineToAdd(show, destinations);
  const isSomewhere = destinations.some(({ id }) => show.destinationIds.includes(id));
  const out: Text = show.skipped.length === 0 ? [] : [" (without the dates that were left out)"];
  return {
    kind: "lines",
    lines: [
      text`${strong(show.name)} is planned no more. What is on air stays on.`,
      [...text`To plan it again`, ...out, ": ", code(`/stream ${again}`)],
    ],
    buttons: isSomewhere ? [{ label: "Plan it again", command: again }] : [],
  };
}

/** The shows that are called so, by id or by name; throws `not-found` with the nearest name when none is. */
async function findShow(words: string, { shows }: CommandContext): Promise<Show[]> {
  const wanted = words.replaceAll('"', "").trim().toLowerCase();
  const { shows: all } = await shows.list();
  if (wanted === "") throw unknown("Which show?", all);
  const found = all.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (found.length > 0) return found;
  refuseSecrets(words);
  const said = quoted(wanted);
  const near = nearest(
    wanted,
    all.map(({ name }) => name),
  );
  if (near === null) throw unknown(`There is no show called “${said}”.`, all);
  throw new OpsError("not-found", `There is no show called “${said}”.`, {
    hint: `Did you mean \`${inHint(near)}\`?`,
  });
}

const unknown = (message: string, shows: readonly Show[]): OpsError =>
  new OpsError("not-found", message, {
    hint:
      shows.length === 0
        ? "Nothing is planned: see `/stream help schedule`."
        : `There are: ${shows
            .slice(0, 8)
            .map(({ name }) => inHint(name))
            .join(", ")}.`,
  });

function only([show]: readonly Show[]): Show {
  if (show === undefined) throw new OpsError("not-found", "There is no such show.");
  return show;
}

const whichOne = (found: readonly Show[], commandFor: (id: string) => string): Reply => ({
  kind: "lines",
  lines: [text`There are ${found.length} shows of that name. Which one?`],
  buttons: found
    .slice(0, 20)
    .map((show) => ({ label: `${show.name} (${show.id})`, command: commandFor(show.id) })),
});
