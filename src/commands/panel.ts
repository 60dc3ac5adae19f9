import { OpsError } from "../errors.ts";
import type { Command } from "./command.ts";
import { quoted } from "./words.ts";

/** `/stream` by itself: every destination with its state and its buttons. */
export const panel: Command = {
  verb: "",
  usage: "",
  summary: "The control panel: every destination with its buttons",
  example: "",
  role: "viewer",
  async run(args, context) {
    if (args !== "")
      throw new OpsError("invalid-input", `I do not understand “${quoted(args)}”.`, {
        hint: "Try `/stream help`.",
      });
    return { kind: "site", view: await context.look(), only: null, controls: true };
  },
};
