import type { Actor } from "../domain/destination.ts";
import { mayDo, type Role } from "../domain/role.ts";
import { OpsError } from "../errors.ts";
import type { Command, CommandContext } from "./command.ts";
import { commands } from "./index.ts";
import { nearest } from "./nearest.ts";
import type { Reply } from "./reply.ts";
import { refuseSecrets, tidy } from "./words.ts";

/** What a door hands over: the words after `/stream`, who typed or pressed, and what a button knew. */
export type CommandLine = {
  text: string;
  asker: Actor & { role: Role };
  confirmed: boolean;
  seenIntentId: string | null;
};

/** The one entrance to all commands, for typed lines and for buttons alike. */
export type Commands = { run(line: CommandLine): Promise<Reply> };

type Needs = Pick<CommandContext, "intents" | "look" | "destinations" | "policy"> & {
  now(): Date;
};

/** Finds the verb, checks that the person may use it, and runs it; throws an `OpsError` that says what to type instead. */
export function createCommands(needs: Needs): Commands {
  return {
    async run(line) {
      const words = tidy(line.text);
      const [, verb = "", args = ""] = /^(\S*)\s*(.*)$/s.exec(words) ?? [];
      const command = find(verb.toLowerCase());
      const { asker, confirmed, seenIntentId } = line;
      if (!mayDo(asker.role, command.role)) throw notAllowed(command, asker.role);
      const usable = commands.filter(({ role }) => mayDo(asker.role, role));
      const now = needs.now();
      return command.run(args, { ...needs, now, asker, confirmed, seenIntentId, commands: usable });
    },
  };
}

function find(verb: string): Command {
  const found = commands.find((each) => each.verb === verb);
  if (found !== undefined) return found;
  refuseSecrets(verb);
  const near = nearest(
    verb,
    commands.map((each) => each.verb),
  );
  throw new OpsError("invalid-input", "I do not know that command.", {
    hint: near === null ? "Try `/stream help`." : `Did you mean \`/stream ${near}\`?`,
  });
}

const notAllowed = (command: Command, role: Role): OpsError =>
  new OpsError(
    "not-allowed",
    `Only an ${command.role} can use \`${command.verb}\`; you are a ${role}.`,
    {
      hint: "Ask an admin of patchbay to be added.",
    },
  );
