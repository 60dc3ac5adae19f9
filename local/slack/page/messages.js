import { drawBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { keepFocus, morph, morphChildren } from "./morph.js";
import { mrkdwn } from "./mrkdwn-view.js";
import { avatar, slackMark } from "./people.js";
import { dayLabel, dayOf, timeOfDay } from "./time.js";

/**
 * @typedef {import("../console-api.ts").ConsoleMessage} ConsoleMessage
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 * @typedef {{surface: (messageTs: string) => Surface, openThread?: (ts: string) => void, days: boolean}} ListOptions
 */

const sameBreathMs = 5 * 60_000;

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

  /** @param {ConsoleMessage} message @param {ConsoleMessage | undefined} previous */
  const nodeFor = (message, previous) => {
    const follows = isSameBreath(message, previous);
    const json = JSON.stringify([message, follows]);
    const before = shown.get(message.ts);
    if (before?.json === json) return before.node;
    const fresh = drawMessage(message, { follows, options });
    const node = before?.node ?? fresh;
    if (before) keepFocus(node, () => morph(node, fresh));
    shown.set(message.ts, { json, node });
    return node;
  };

  return {
    /** @param {ConsoleMessage[]} messages */
    update: (messages) => {
      const nodes = messages.flatMap((message, index) => {
        const previous = messages[index - 1];
        const node = nodeFor(message, previous);
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

/** Lines of one author within minutes read as one. @param {ConsoleMessage} message @param {ConsoleMessage} [previous] */
function isSameBreath(message, previous) {
  if (!previous || previous.kind !== message.kind || previous.ephemeral !== message.ephemeral)
    return false;
  const isPlain = message.blocks.length === 0 && previous.replyCount === 0;
  return (
    isPlain && previous.author.id === message.author.id && message.at - previous.at < sameBreathMs
  );
}

/** @param {string} label */
function divider(label) {
  return h("li", { class: "day", "data-key": `day ${label}` }, h("span", {}, label));
}

/** @param {ConsoleMessage} message @param {{follows: boolean, options: ListOptions}} how */
function drawMessage(message, { follows, options }) {
  const surface = options.surface(message.ts);
  const classes = [
    "message",
    `message-${message.kind}`,
    message.ephemeral && "is-ephemeral",
    follows && "follows",
    message.author.isBot && "is-bot",
  ];
  return h(
    "li",
    {
      class: classes.filter(Boolean).join(" "),
      "data-key": message.ts,
      "data-ts": message.ts,
      tabindex: -1,
    },
    message.kind === "error" ? slackMark() : avatar(message.author),
    h(
      "div",
      { class: "message-main" },
      message.ephemeral &&
        message.kind !== "command" &&
        h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      byline(message, surface),
      h(
        "div",
        { class: `message-body${message.blocks.length > 0 ? " has-blocks" : ""}` },
        ...content(message, surface),
      ),
      message.replyCount > 0 && options.openThread && threadLink(message, options.openThread),
    ),
  );
}

/** @param {ConsoleMessage} message @param {Surface} surface */
function byline(message, surface) {
  return h(
    "p",
    { class: "byline" },
    h("strong", {}, message.author.name),
    message.author.isBot && h("span", { class: "app-tag" }, "App"),
    h("time", { datetime: new Date(message.at).toISOString() }, timeOfDay(message.at, surface.tz)),
    message.edited && h("span", { class: "edited" }, "edited"),
  );
}

/** @param {ConsoleMessage} message @param {Surface} surface @returns {Node[]} */
function content(message, surface) {
  if (message.kind === "command") return [h("p", { class: "typed" }, message.text)];
  if (message.kind === "error")
    return [
      h(
        "p",
        { class: "slack-error" },
        icon("warn"),
        h("span", {}, ...mrkdwn(message.text, surface)),
      ),
    ];
  if (message.blocks.length > 0) return drawBlocks(message.blocks, surface);
  return [h("div", { class: "block text" }, ...mrkdwn(message.text, surface))];
}

/** @param {ConsoleMessage} message @param {(ts: string) => void} openThread */
function threadLink({ ts, replyCount }, openThread) {
  return h(
    "button",
    {
      type: "button",
      class: "thread-link",
      "data-key": `thread ${ts}`,
      onclick: () => openThread(ts),
    },
    icon("reply"),
    h("span", {}, replyCount === 1 ? "1 reply" : `${replyCount} replies`),
    h("span", { class: "thread-link-more" }, "View thread"),
  );
}
