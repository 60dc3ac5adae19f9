import { strong, text } from "../domain/text.ts";
import { wallDate } from "../domain/wall-time.ts";
import { parseDay } from "../domain/when.ts";
import { isOpsError, OpsError } from "../errors.ts";
import type { Command } from "./command.ts";
import { refuseSecrets } from "./words.ts";

const example = "ignore flow until 2026-12-22";

/** Keeps something out of the daily list of what is billed for nobody. */
export const ignore: Command = {
  verb: "ignore",
  usage: "ignore <destination id|channel id|flow|flow-outputs> until <date>",
  summary: "Leave something out of the daily list of what is billed for nobody",
  example,
  role: "operator",
  async run(args, { leaks, asker, policy, now }) {
    refuseSecrets(args);
    const [, what, typed] =
      /^(flow|flow-outputs|\d{1,20}|dest_\S{1,60}) until (\S+)$/.exec(args.toLowerCase()) ?? [];
    if (what === undefined || typed === undefined)
      throw no("I need to know what to ignore, and until when.");
    const today = wallDate(now, policy.zone);
    const until = dateOf(typed, today);
    if (until <= today) throw no("That day has come already.");
    await leaks.ignore({ what, until, by: asker });
    return {
      kind: "lines",
      lines: [text`${strong(what)} is left out of the daily list until ${until}.`],
      buttons: [],
    };
  },
};

function dateOf(typed: string, today: string): string {
  try {
    return parseDay(typed, today);
  } catch (error) {
    throw isOpsError(error, "invalid-input") ? no(error.message) : error;
  }
}

const no = (message: string): OpsError =>
  new OpsError("invalid-input", message, { hint: `For example \`/stream ${example}\`.` });
