import { post } from "./api.js";
import { askConfirm } from "./confirm.js";
import { safeUrl } from "./mrkdwn.js";
import { startPending } from "./pending.js";

/**
 * @typedef {import("../console-api.ts").ConsoleAction} ConsoleAction
 * @typedef {import("./block-kit.d.ts").Press} Press
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 * @typedef {{messageTs: string} | {viewId: string}} Place
 */

/**
 * Sends a press to the bot: asks first when the element says so, then waits visibly until the conversation changes.
 *
 * @param {{person: string, place: Place, surface: Surface, notify: (text: string) => void}} from
 * @param {Press} press
 * @param {HTMLElement} node
 */
export async function sendPress({ person, place, surface, notify }, press, node) {
  const { element, blockId, value, selectedOption } = press;
  if (element.confirm && !(await askConfirm(element.confirm, surface))) return;
  /** @type {ConsoleAction} */
  const action = {
    person,
    ...place,
    blockId,
    actionId: element.action_id ?? "",
    ...(value === undefined ? {} : { value }),
    ...(selectedOption ? { selectedOption } : {}),
  };
  // A link has done its work in the browser already; the bot only hears of it.
  const settle = safeUrl(element.url ?? "") ? () => {} : startPending(node);
  const answer = await post("/console/action", action);
  if (answer.ok) return;
  settle();
  notify(answer.error ?? "The press did not reach the bot.");
}
