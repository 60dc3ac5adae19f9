import { mayDo } from "../domain/role.ts";
import { OpsError } from "../errors.ts";
import type { Command, CommandContext } from "./command.ts";
import { nearest } from "./nearest.ts";
import { quoted, refuseSecrets } from "./words.ts";

/** Lists the commands that this person may use. */
export const help: Command = {
  verb: "help",
  usage: "help [command]",
  summary: "This list, or one command of it",
  example: "help status",
  role: "viewer",
  run(args, { commands: all, role }) {
    const commands = all.filter((each) => mayDo(role, each.role));
    const entries = args === "" ? commands : [wanted(args, commands)];
    return Promise.resolve({
      kind: "help",
      entries: entries.map(({ usage, summary, example }) => ({
        usage: line(usage),
        summary,
        example: line(example),
      })),
    });
  },
};

const line = (words: string): string => `/stream ${words}`.trim();

function wanted(args: string, commands: CommandContext["commands"]) {
  const verb = args.replace(/^\/?stream /i, "");
  const found = commands.find((each) => each.verb === verb.toLowerCase());
  if (found !== undefined) return found;
  refuseSecrets(verb);
  const near = nearest(
    verb,
    commands.map((each) => each.verb),
  );
  const said = quoted(verb);
  const which = said === "" ? "such command" : `command “${said}”`;
  throw new OpsError("not-found", `There is no ${which} that you can use.`, {
    hint: near === null ? "Try `/stream help`." : `Did you mean \`/stream help ${near}\`?`,
  });
}
