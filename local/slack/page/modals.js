import { post } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { showErrors, valuesOf } from "./inputs.js";
import { keepFocus, morphChildren } from "./morph.js";
import { startPending } from "./pending.js";

/**
 * @typedef {import("../console-api.ts").ConsoleView} ConsoleView
 * @typedef {import("./api.js").Answer} Answer
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 * @typedef {{person: () => string, surface: (viewId: string) => Surface}} Wiring
 */

/**
 * Shows the topmost modal. Fields keep what was typed while the view stays; Escape and the close button tell the bot.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Wiring} wiring
 */
export function createModals(dialog, wiring) {
  /** @type {ConsoleView | null} */
  let shown = null;
  /** @type {Set<string>} */
  const dismissed = new Set();

  dialog.addEventListener("close", () => {
    if (!shown) return;
    dismissed.add(shown.viewId);
    void post("/console/view/close", { person: wiring.person(), viewId: shown.viewId });
    shown = null;
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    if (shown) void submit(dialog, wiring.person(), shown.viewId);
  });

  return {
    /** @param {ConsoleView[]} views */
    update: (views) => {
      const top = views.filter(({ viewId }) => !dismissed.has(viewId)).at(-1) ?? null;
      if (JSON.stringify(top) === JSON.stringify(shown)) return;
      const isOther = top?.viewId !== shown?.viewId;
      shown = top;
      if (!top) return dialog.close();
      if (isOther) dialog.replaceChildren();
      keepFocus(dialog, () =>
        morphChildren(dialog, [drawView(top, wiring.surface(top.viewId), () => dialog.close())]),
      );
      if (!dialog.open) dialog.showModal();
      if (isOther) focusFirst(dialog);
    },
  };
}

/** @param {ConsoleView} view @param {Surface} surface @param {() => void} close */
function drawView(view, surface, close) {
  return h(
    "form",
    { "data-key": view.viewId, novalidate: true },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id: "modal-title" }, view.title),
      h(
        "button",
        { type: "button", class: "button button-icon", "aria-label": "Close", onclick: close },
        icon("close"),
      ),
    ),
    h("div", { class: "dialog-body" }, ...drawBlocks(view.blocks, surface)),
    h("p", { class: "dialog-error", role: "alert" }),
    h(
      "div",
      { class: "dialog-buttons" },
      h(
        "button",
        { type: "button", class: "button button-plain", onclick: close },
        view.close ?? "Cancel",
      ),
      view.submit &&
        h("button", { type: "submit", class: "button button-primary" }, h("span", {}, view.submit)),
    ),
  );
}

/** @param {HTMLDialogElement} dialog @param {string} person @param {string} viewId */
async function submit(dialog, person, viewId) {
  const button = dialog.querySelector("button[type=submit]");
  if (!(button instanceof HTMLElement) || button.getAttribute("aria-disabled") === "true") return;
  const settle = startPending(button);
  showErrors(dialog, {});
  showProblem(dialog, "");
  const answer = await post("/console/view/submit", { person, viewId, values: valuesOf(dialog) });
  if (answer.ok) return;
  settle();
  showErrors(dialog, answer.errors ?? {});
  if (!answer.errors) showProblem(dialog, answer.error ?? "The bot did not accept this.");
}

/** @param {HTMLDialogElement} dialog @param {string} text */
function showProblem(dialog, text) {
  const line = dialog.querySelector(".dialog-error");
  if (line) line.textContent = text;
}

/** @param {HTMLDialogElement} dialog */
function focusFirst(dialog) {
  const field = dialog.querySelector(".dialog-body :is(input, textarea, select, button)");
  if (field instanceof HTMLElement) field.focus();
}
