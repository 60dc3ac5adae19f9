import { chatMethods } from "./chat.ts";
import { conversationMethods } from "./conversations.ts";
import { fileMethods } from "./files.ts";
import type { Method } from "./method.ts";
import { teamMethods } from "./team.ts";
import { viewMethods } from "./views.ts";

/** Every method of Slack's Web API that the local Slack has; any other is an `unknown_method`. */
export const methods: Readonly<Record<string, Method>> = {
  ...teamMethods,
  ...chatMethods,
  ...fileMethods,
  ...viewMethods,
  ...conversationMethods,
};
