import { strong, type Text, text } from "../domain/text.ts";
import { wallDate } from "../domain/wall-time.ts";
import { parseDay } from "../domain/when.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Command, CommandContext } from "./command.ts";
import { readable } from "./money.ts";
import { nearest } from "./nearest.ts";
import { refuseSecrets } from "./words.ts";

const example = "ignore flow until 2026-12-22";

/** Keeps something out of the daily list of what is billed for nobody. */
export const ignore: Command = {
  verb: "ignore",
  usage: "ignore <destination id|channel id|flow|flow-outputs> until <date> | off",
  summary: "Leave something out of the daily list of what is billed for nobody",
  example,
  role: "operator",
  async run(args, context) {
    refuseSecrets(args);
    const { leaks, asker, policy, now } = context;
    const [, what, typed] = asked.exec(args.toLowerCase()) ?? [];
    if (what === undefined) throw await misread(args, context);
    const until = typed === undefined ? null : dateOf(typed, wallDate(now, policy.zone));
    const before = await leaks.ignore({ what, until, by: asker });
    const undo = { label: "Undo", command: `ignore ${what} ${endOf(before)}` };
    return {
      kind: "lines",
      lines: [saidOf(what, until)],
      buttons: before === until ? [] : [undo],
    };
  },
};

const asked = /^(flow|flow-outputs|\d{1,20}|dest_\S{1,60}) (?:until (\S+)|off)$/;

const endOf = (until: string | null): string => (until === null ? "off" : `until ${until}`);

const saidOf = (what: string, until: string | null): Text =>
  until === null
    ? text`${strong(what)} is in the daily list again.`
    : text`${strong(what)} is left out of the daily list until ${until}.`;

/** With the same words spelled right, where they are nearly so. */
async function misread(args: string, { destinations }: CommandContext): Promise<OpsError> {
  const why = "I need to know what to ignore, and until when.";
  const [what = "", , date, ...rest] = args.split(" ");
  const rows = (await readable(destinations())) ?? [];
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  const near = nearest(what, ["flow", "flow-outputs", ...ids.values(), ...ids.keys()]);
  if (near === null || date === undefined || rest.length > 0) return no(why);
  const meant = `ignore ${ids.get(near) ?? near} until ${date}`;
  return new OpsError("invalid-input", why, { hint: `Did you mean \`/stream ${meant}\`?` });
}

/** A date that is still to come. */
function dateOf(typed: string, today: string): string {
  const until = parsed(typed, today);
  if (until <= today) throw no("That day has come already.");
  return until;
}

function parsed(typed: string, today: string): string {
  try {
    return parseDay(typed, today);
  } catch (error) {
    throw isOpsError(error, "invalid-input") ? no(error.message) : error;
  }
}

const no = (message: string): OpsError =>
  new OpsError("invalid-input", message, { hint: `For example \`/stream ${example}\`.` });
