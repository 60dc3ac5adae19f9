import type { Actor, Destination } from "../domain/destination.ts";
import type { Policy } from "../domain/policy.ts";
import type { Role } from "../domain/role.ts";
import type { Show } from "../domain/show.ts";
import type { SiteView } from "../domain/view.ts";
import type { Intents } from "../manager/intents.ts";
import type { Shows } from "../manager/shows.ts";
import type { Reply } from "./reply.ts";
import type { ShowForecast } from "./show-lines.ts";

/** Everything a command may use. */
export type CommandContext = {
  asker: Actor;
  intents: Intents;
  shows: Shows;
  /** What a show will cost, and what it means for the others and for the budget. */
  forecastShow?(show: Show): Promise<ShowForecast>;
  /** The site as it is now. */
  look(): Promise<SiteView>;
  destinations(): Promise<Destination[]>;
  policy: Policy;
  now: Date;
  /** True when the person has already answered a confirm dialog, which is no permission by itself. */
  confirmed: boolean;
  /** The intent that the pressed button was drawn for; null for a typed command. */
  seenIntentId: string | null;
  /** Every command this person may use, for help. */
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
  /** Throws an `OpsError` with an example for words it does not understand; has then done nothing. */
  run(args: string, context: CommandContext): Promise<Reply>;
};
