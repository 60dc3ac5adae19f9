import type { Actor } from "../domain/destination.ts";
import { mayDo, type Role } from "../domain/role.ts";
import type { Seen } from "../domain/seen.ts";
import { OpsError } from "../errors.ts";
import type { Command, CommandContext, Site } from "./command.ts";
import { commands } from "./index.ts";
import { nearest } from "./nearest.ts";
import type { Reply } from "./reply.ts";
import { refuseSecrets, tidy } from "./words.ts";

/** What a door hands over: the words after `/stream`, who typed or pressed, and what a button knew. */
export type CommandLine = {
  text: string;
  asker: Actor & { role: Role };
  confirmed: boolean;
  seen: Seen | null;
};

/** The one entrance to all commands, for typed lines and for buttons alike. */
export type Commands = { run(line: CommandLine): Promise<Reply> };

type Needs = Site & Pick<CommandContext, "policy"> & { now(): Date };

/** Finds the verb, checks that the person may use it, and runs it; throws an `OpsError` that says what to type instead. */
export function createCommands(needs: Needs): Commands {
  return {
    async run(line) {
      const words = tidy(line.text);
      const [, verb = "", args = ""] = /^(\S*)\s*(.*)$/s.exec(words) ?? [];
      const command = find(verb.toLowerCase()) ?? unknown(verb, words);
      const { confirmed, seen } = line;
      const { id, name, role } = line.asker;
      const needed = command.roleFor?.(args) ?? command.role;
      if (!mayDo(role, needed)) throw notAllowed(command, needed, role);
      return command.run(args, {
        ...needs,
        now: needs.now(),
        asker: { id, name },
        role,
        confirmed,
        seen,
        commands,
      });
    },
  };
}

const find = (verb: string): Command | undefined => commands.find((each) => each.verb === verb);

function unknown(verb: string, words: string): never {
  refuseSecrets(words);
  const near = nearest(
    verb,
    commands.map((each) => each.verb),
  );
  throw new OpsError("invalid-input", "I do not know that command.", {
    hint: near === null ? "Try `/stream help`." : `Did you mean \`/stream ${near}\`?`,
  });
}

/** A verb that the person may use otherwise is not refused as a whole. */
const notAllowed = (command: Command, needed: Role, role: Role): OpsError =>
  new OpsError(
    "not-allowed",
    `Only an ${needed} can ${mayDo(role, command.role) ? "do that with" : "use"} \`/stream ${command.verb}\`, and you are ${withArticle(role)}.`,
    {
      hint: `Ask ${withArticle(needed)} to do it${needed === "admin" ? "" : ", or an admin to make you one"}.`,
    },
  );

const withArticle = (role: Role): string => (role === "viewer" ? "a viewer" : `an ${role}`);
