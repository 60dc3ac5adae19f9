import type { Actor } from "../domain/destination.ts";
import type { Policy } from "../domain/policy.ts";
import type { Role } from "../domain/role.ts";
import type { Seen } from "../domain/seen.ts";
import type { SiteView } from "../domain/view.ts";
import type { Manager } from "../manager/manager.ts";
import type { Reply } from "./reply.ts";

/** What commands use of the product. */
export type Site = Pick<
  Manager,
  | "intents"
  | "shows"
  | "costs"
  | "settings"
  | "requests"
  | "leaks"
  | "strays"
  | "say"
  | "history"
  | "facts"
  | "look"
  | "destinations"
> & {
  /** Brings AWS in line now; `steps` is null in a process that only looks, and leaves it to others to act. */
  reconcile(): Promise<{ steps: number | null; view: SiteView }>;
};

/** Everything a command may use. */
export type CommandContext = Site & {
  asker: Actor;
  role: Role;
  policy: Policy;
  now: Date;
  /** True when the person has already answered a confirm dialog, which is no permission by itself. */
  confirmed: boolean;
  /** The intents that the pressed button was drawn for; null for a typed command. */
  seen: Seen | null;
  /** Every command there is. */
  commands: readonly Command[];
};

/** One verb of `/stream`: its words for help, who may use it, and what it does with the words after it. */
export type Command = {
  verb: string;
  usage: string;
  summary: string;
  example: string;
  role: Role;
  /** For a verb of which some words need another role. */
  roleFor?(args: string): Role;
  /** True when all that it changes goes through intents, shows and requests, so that `plan` can foresee it. */
  foreseeable?: true;
  /** Throws an `OpsError` with an example for words it does not understand; has then done nothing. */
  run(args: string, context: CommandContext): Promise<Reply>;
};
