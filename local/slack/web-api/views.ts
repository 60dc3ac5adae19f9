import { z } from "zod";
import { personOf } from "../people.ts";
import { SlackError } from "../slack-error.ts";
import { parseView } from "../views.ts";
import type { Workspace } from "../workspace.ts";
import { type Answer, method, structure } from "./method.ts";

const triggered = z.object({ trigger_id: z.string(), view: structure });
const changed = z.object({
  view_id: z.string().optional(),
  external_id: z.string().optional(),
  view: structure,
  hash: z.string().optional(),
});
const published = z.object({ user_id: z.string(), view: structure, hash: z.string().optional() });

/** The view is looked at before the trigger is spent. */
function openView(workspace: Workspace, args: z.infer<typeof triggered>): Answer {
  const view = parseView(args.view, "modal");
  return { view: workspace.views.open(workspace.grants.useTrigger(args.trigger_id), view) };
}

function pushView(workspace: Workspace, args: z.infer<typeof triggered>): Answer {
  const view = parseView(args.view, "modal");
  return { view: workspace.views.push(workspace.grants.useTrigger(args.trigger_id), view) };
}

function updateView(workspace: Workspace, args: z.infer<typeof changed>): Answer {
  const key = args.view_id ?? args.external_id ?? "";
  const found = workspace.views.find(key);
  if (!found) throw new SlackError("not_found");
  const view = parseView(args.view, found.view.type);
  return { view: workspace.views.update(key, view, args.hash) };
}

function publishView(workspace: Workspace, args: z.infer<typeof published>): Answer {
  if (!personOf(args.user_id)) throw new SlackError("user_not_found");
  const view = parseView(args.view, "home");
  const before = workspace.views.homeOf(args.user_id);
  if (args.hash !== undefined && args.hash !== before?.hash) throw new SlackError("hash_conflict");
  return { view: workspace.views.publish(args.user_id, view) };
}

export const viewMethods = {
  "views.open": method(triggered, openView),
  "views.push": method(triggered, pushView),
  "views.update": method(changed, updateView),
  "views.publish": method(published, publishView),
};
