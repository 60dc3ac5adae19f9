import { lineOf } from "./message-form.js";
import { createMessageList } from "./messages.js";

/**
 * @typedef {import("../console-api.ts").ConsoleMessage} ConsoleMessage
 * @typedef {import("./messages.js").ListOptions} ListOptions
 * @typedef {{scroller: HTMLElement, list: HTMLElement, pill: HTMLElement, welcome: HTMLElement, announcer: HTMLElement}} Parts
 */

const nearPx = 48;

/**
 * The conversation: follows new messages only for a reader who is at the bottom; others get a pill that says how many
 * wait below. New lines are read out once; edits of old ones are not.
 *
 * @param {Parts} parts
 * @param {ListOptions} options
 */
export function createConversation({ scroller, list, pill, welcome, announcer }, options) {
  const messageList = createMessageList(list, options);
  /** @type {Set<string> | null} */
  let known = null;
  let unread = 0;
  let isPinned = true;

  const drawPill = () => {
    pill.hidden = unread === 0;
    pill.textContent = unread === 1 ? "1 new message" : `${unread} new messages`;
  };
  const toBottom = () => {
    isPinned = true;
    unread = 0;
    scroller.scrollTop = scroller.scrollHeight;
    drawPill();
  };
  scroller.addEventListener("scroll", () => {
    isPinned = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearPx;
    if (isPinned) unread = 0;
    drawPill();
  });
  new ResizeObserver(() => isPinned && toBottom()).observe(scroller);
  pill.addEventListener("click", toBottom);

  return {
    /** @param {ConsoleMessage[]} all */
    update: (all) => {
      const lines = all.filter(isTopLevel);
      const fresh = known ? all.filter(({ ts }) => !known?.has(ts)) : [];
      known = new Set(all.map(({ ts }) => ts));
      welcome.hidden = lines.length > 0;
      messageList.update(lines, all);
      announce(announcer, fresh);
      unread += fresh.filter(isTopLevel).length;
      if (isPinned) toBottom();
      else drawPill();
    },
    toBottom,
    /** Shows the message that a permalink names, `#p1700000000123456`. @param {string} hash */
    reveal: (hash) => {
      const node = [...list.children].find(
        (item) => hash === `#p${item.getAttribute("data-ts")?.replace(".", "")}`,
      );
      if (!(node instanceof HTMLElement)) return;
      isPinned = false;
      node.scrollIntoView({ block: "center" });
      node.focus({ preventScroll: true });
    },
    clear: () => {
      known = null;
      messageList.clear();
      toBottom();
    },
  };
}

/** Replies live in their thread, unless they are for everybody. @param {ConsoleMessage} message */
function isTopLevel({ ts, threadTs, broadcast }) {
  return threadTs === null || threadTs === ts || broadcast;
}

/** @param {HTMLElement} announcer @param {ConsoleMessage[]} fresh */
function announce(announcer, fresh) {
  const lines = fresh
    .filter(({ kind }) => kind !== "command")
    .map((message) => `${message.author.name}: ${lineOf(message)}`);
  if (lines.length > 0) announcer.textContent = lines.join(". ");
}
