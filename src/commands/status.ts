import type { Command } from "./command.ts";
import { choices } from "./outcomes.ts";
import { pick } from "./pick.ts";

/** Says how everything, or one destination, is now. */
export const status: Command = {
  verb: "status",
  usage: "status [destination]",
  summary: "How everything is now, and since when",
  example: "status youtube",
  role: "viewer",
  async run(args, context) {
    const only = args === "" ? null : pick(args, await context.destinations());
    if (only?.kind === "unclear") return choices(only, (names) => `status ${names}`);
    const view = await context.look();
    const ids = only === null ? null : only.destinations.map(({ id }) => id);
    return { kind: "site", view, only: ids, controls: false };
  },
};
