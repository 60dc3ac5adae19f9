import { createMessageList } from "./messages.js";

/**
 * @typedef {import("../console-api.ts").ConsoleMessage} ConsoleMessage
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 */

const nearPx = 48;

/**
 * The panel with one thread, beside the conversation or, on a phone, over it.
 *
 * @param {{panel: HTMLElement, scroller: HTMLElement, list: HTMLElement, count: HTMLElement, close: HTMLElement}} parts
 * @param {(messageTs: string) => Surface} surface
 */
export function createThread({ panel, scroller, list, count, close }, surface) {
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
    const wasAtEnd = isAtEnd(scroller);
    panel.hidden = openTs === null;
    messageList.update(shown);
    if (wasAtEnd) toEnd();
    count.textContent = shown.length === 2 ? "1 reply" : `${Math.max(0, shown.length - 1)} replies`;
  };
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
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
      toEnd();
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

/** Who has read to the end wants to see what comes. @param {HTMLElement} scroller */
function isAtEnd({ scrollHeight, scrollTop, clientHeight }) {
  return scrollHeight - scrollTop - clientHeight < nearPx;
}

/** @param {Element | null} node */
function focusOn(node) {
  if (node instanceof HTMLElement) node.focus();
}
