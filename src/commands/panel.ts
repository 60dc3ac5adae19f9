import type { Command } from "./command.ts";

/** `/stream` by itself: every destination with its state and its buttons. */
export const panel: Command = {
  verb: "",
  usage: "",
  summary: "The control panel: every destination with its buttons",
  example: "",
  role: "viewer",
  async run(_args, { look }) {
    return { kind: "site", view: await look(), only: null, controls: true };
  },
};
