import { createMessageList } from "./messages.js";

/**
 * @typedef {import("../console-api.ts").ConsoleMessage} ConsoleMessage
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 */

/**
 * The panel with one thread, beside the conversation or, on a phone, over it.
 *
 * @param {{panel: HTMLElement, list: HTMLElement, count: HTMLElement, close: HTMLElement}} parts
 * @param {(messageTs: string) => Surface} surface
 */
export function createThread({ panel, list, count, close }, surface) {
  const messageList = createMessageList(list, { surface, days: false });
  /** @type {string | null} */
  let openTs = null;
  /** @type {ConsoleMessage[]} */
  let messages = [];

  const draw = () => {
    const shown =
      openTs === null
        ? []
        : messages.filter(({ ts, threadTs }) => ts === openTs || threadTs === openTs);
    panel.hidden = openTs === null;
    messageList.update(shown);
    count.textContent = shown.length === 2 ? "1 reply" : `${Math.max(0, shown.length - 1)} replies`;
  };
  const hide = () => {
    const ts = openTs;
    openTs = null;
    draw();
    if (ts) focusOn(document.querySelector(`.conversation [data-key="thread ${CSS.escape(ts)}"]`));
  };
  close.addEventListener("click", hide);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && hide());

  return {
    /** @param {string} ts */
    open: (ts) => {
      openTs = ts;
      draw();
      close.focus();
    },
    /** @param {ConsoleMessage[]} all */
    update: (all) => {
      messages = all;
      draw();
    },
    clear: () => {
      openTs = null;
      messageList.clear();
      draw();
    },
  };
}

/** @param {Element | null} node */
function focusOn(node) {
  if (node instanceof HTMLElement) node.focus();
}
