import { complete } from "./completion.js";
import { h } from "./dom.js";
import { morphChildren } from "./morph.js";

/**
 * @typedef {import("./completion.js").Channel} Channel
 * @typedef {import("./completion.js").Completion} Completion
 * @typedef {{input: HTMLInputElement, list: HTMLElement, form: HTMLFormElement}} Parts
 * @typedef {{channels: () => Channel[], send: (text: string) => void}} Wiring
 */

const historyLimit = 50;

/**
 * The message box: Enter sends, `/` offers completions, arrow up brings back what was typed before.
 *
 * @param {Parts} parts
 * @param {Wiring} wiring
 */
export function createComposer(parts, wiring) {
  const { input, form } = parts;
  const offers = createOffers(parts, wiring.channels);
  const history = createHistory();

  input.addEventListener("input", () => {
    history.leave();
    offers.show();
  });
  input.addEventListener("focus", () => offers.show());
  input.addEventListener("blur", () => offers.hide());
  parts.list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (offers.key(event) || recall(event)) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "") return;
    history.add(text);
    input.value = "";
    offers.hide();
    wiring.send(text);
  });

  /** @param {KeyboardEvent} event */
  const recall = (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return false;
    const text = history.move(event.key === "ArrowUp" ? 1 : -1, input.value);
    if (text === null) return false;
    input.value = text;
    offers.hide();
    return true;
  };

  return {
    /** Puts a suggestion into the box for the person to send. @param {string} text */
    fill: (text) => {
      input.value = text;
      input.focus();
      input.setSelectionRange(text.length, text.length);
      offers.hide();
    },
  };
}

/** @param {Parts} parts @param {() => Channel[]} channels */
function createOffers({ input, list }, channels) {
  /** @type {Completion} */
  let shown = { offers: [], active: -1 };

  const draw = () => {
    const isOpen = shown.offers.length > 0;
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && shown.active >= 0)
      input.setAttribute("aria-activedescendant", `offer-${shown.active}`);
    else input.removeAttribute("aria-activedescendant");
    morphChildren(
      list,
      shown.offers.map((offer, index) =>
        drawOffer(offer, { index, isActive: index === shown.active, take }),
      ),
    );
    list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  };
  const show = () => {
    shown = complete(input.value, channels());
    draw();
  };
  const hide = () => {
    shown = { offers: [], active: -1 };
    draw();
  };
  /** @param {number} index */
  const take = (index) => {
    input.value = shown.offers[index]?.insert ?? input.value;
    input.focus();
    show();
  };
  /** @param {number} by */
  const move = (by) => {
    const count = shown.offers.length;
    const from = shown.active < 0 && by < 0 ? 0 : shown.active;
    shown = { ...shown, active: (from + by + count) % count };
    draw();
  };

  return {
    show,
    hide,
    key: (/** @type {KeyboardEvent} */ event) =>
      shown.offers.length > 0 && pressKey(event, { shown, move, take, hide }),
  };
}

/**
 * Handles one key while offers are open; true when it was theirs.
 *
 * @param {KeyboardEvent} event
 * @param {{shown: Completion, move: (by: number) => void, take: (index: number) => void, hide: () => void}} list
 */
function pressKey(event, { shown, move, take, hide }) {
  /** @type {Record<string, (() => void) | undefined>} */
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: hide,
    Tab: event.shiftKey ? undefined : () => take(Math.max(0, shown.active)),
    Enter: shown.active >= 0 ? () => take(shown.active) : undefined,
  };
  const run = keys[event.key];
  run?.();
  return run !== undefined;
}

/** @param {{label: string, hint: string}} offer @param {{index: number, isActive: boolean, take: (index: number) => void}} place */
function drawOffer({ label, hint }, { index, isActive, take }) {
  return h(
    "div",
    {
      id: `offer-${index}`,
      role: "option",
      "aria-selected": String(isActive),
      onclick: () => take(index),
    },
    h("span", { class: "offer-label" }, label),
    h("span", { class: "offer-hint" }, hint),
  );
}

function createHistory() {
  /** @type {string[]} */
  const lines = [];
  let at = -1;
  return {
    /** @param {string} text */
    add: (text) => {
      if (lines[0] !== text) lines.unshift(text);
      lines.splice(historyLimit);
      at = -1;
    },
    leave: () => {
      at = -1;
    },
    /** The line `by` steps further back, or null when the key is not for the history. @param {number} by @param {string} typed */
    move: (by, typed) => {
      if (at < 0 && (typed !== "" || by < 0)) return null;
      at = Math.min(lines.length - 1, at + by);
      return at < 0 ? "" : (lines[at] ?? "");
    },
  };
}
