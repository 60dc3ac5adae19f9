import { h } from "./dom.js";
import { plain } from "./elements.js";
import { textObject } from "./mrkdwn-view.js";

/**
 * @typedef {import("./block-kit.d.ts").Confirm} Confirm
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 */

/**
 * Asks before a press takes effect, as Slack does for an element with `confirm`; Escape means no.
 *
 * @param {Confirm} confirm
 * @param {Surface} surface
 * @returns {Promise<boolean>}
 */
export function askConfirm(confirm, surface) {
  const dialog = drawConfirm(confirm, surface);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

/** @param {Confirm} confirm @param {Surface} surface */
function drawConfirm(confirm, surface) {
  const yes = confirm.style === "danger" ? "button-danger-solid" : "button-primary";
  const dialog = document.createElement("dialog");
  dialog.className = "dialog dialog-confirm";
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.append(
    h(
      "form",
      { method: "dialog" },
      h("h2", { id: "confirm-title" }, plain(confirm.title) || "Are you sure?"),
      h("div", { class: "dialog-text" }, ...textObject(confirm.text, surface)),
      h(
        "div",
        { class: "dialog-buttons" },
        h(
          "button",
          { class: "button button-plain", value: "no", autofocus: true },
          plain(confirm.deny) || "Cancel",
        ),
        h("button", { class: `button ${yes}`, value: "yes" }, plain(confirm.confirm) || "Yes"),
      ),
    ),
  );
  return dialog;
}
