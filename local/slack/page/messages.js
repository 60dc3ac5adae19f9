import { h } from "./dom.js";
import { drawMessage } from "./message.js";
import { isSameBreath } from "./message-form.js";
import { keepFocus, morph, morphChildren } from "./morph.js";
import { dayLabel, dayOf } from "./time.js";

/**
 * @typedef {import("../console-api.ts").ConsoleMessage} ConsoleMessage
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 * @typedef {{surface: (messageTs: string) => Surface, openThread?: (ts: string) => void, days: boolean}} ListOptions
 */

/**
 * A list of messages in `root`, one node per message, kept by its `ts`: a message that has not changed is not touched,
 * one that has is patched in place.
 *
 * @param {HTMLElement} root
 * @param {ListOptions} options
 */
export function createMessageList(root, options) {
  /** @type {Map<string, {json: string, node: HTMLElement}>} */
  const shown = new Map();

  /** @param {ConsoleMessage} message @param {{previous: ConsoleMessage | undefined, parent: ConsoleMessage | undefined}} beside */
  const nodeFor = (message, { previous, parent }) => {
    const follows = isSameBreath(message, previous);
    const json = JSON.stringify([message, follows, parent?.text]);
    const before = shown.get(message.ts);
    if (before?.json === json) return before.node;
    const fresh = drawMessage(message, { follows, parent, options });
    const node = before?.node ?? fresh;
    if (before) keepFocus(node, () => morph(node, fresh));
    shown.set(message.ts, { json, node });
    return node;
  };

  return {
    /** Shows `messages`; the parents of replies among them are looked for in `all`. @param {ConsoleMessage[]} messages @param {ConsoleMessage[]} [all] */
    update: (messages, all = []) => {
      const nodes = messages.flatMap((message, index) => {
        const previous = messages[index - 1];
        const parent = all.find(({ ts }) => ts === message.threadTs);
        const node = nodeFor(message, { previous, parent });
        const viewer = viewerOf(options.surface(message.ts));
        const isNewDay =
          !previous || dayOf(previous.at, viewer.tz) !== dayOf(message.at, viewer.tz);
        return options.days && isNewDay ? [divider(dayLabel(message.at, viewer)), node] : [node];
      });
      morphChildren(root, nodes);
      const kept = new Set(messages.map(({ ts }) => ts));
      for (const ts of shown.keys()) if (!kept.has(ts)) shown.delete(ts);
    },
    /** Forgets what is drawn, for another person's eyes. */
    clear: () => {
      shown.clear();
      root.replaceChildren();
    },
  };
}

/** @param {Surface} surface */
function viewerOf({ tz, now }) {
  return { tz, now: now() };
}

/** @param {string} label */
function divider(label) {
  return h("li", { class: "day", "data-key": `day ${label}` }, h("span", {}, label));
}
