import { drawBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { drawFile } from "./files.js";
import { icon } from "./icons.js";
import { isCard, lineOf } from "./message-form.js";
import { mrkdwn } from "./mrkdwn-view.js";
import { avatar, slackMark } from "./people.js";
import { timeOfDay } from "./time.js";

/**
 * @typedef {import("../console-api.ts").ConsoleMessage} ConsoleMessage
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 * @typedef {import("./messages.js").ListOptions} ListOptions
 */

/**
 * One line of the conversation. What follows in the same breath shows its time in the place of the face.
 *
 * @param {ConsoleMessage} message
 * @param {{follows: boolean, parent: ConsoleMessage | undefined, options: ListOptions}} how
 */
export function drawMessage(
  message,
  { follows, parent, options: { surface: surfaceOf, openThread } },
) {
  const surface = surfaceOf(message.ts);
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
    follows ? when(message, surface) : face(message),
    h(
      "div",
      { class: "message-main" },
      ...(follows ? [] : opening(message, surface)),
      message.broadcast && openThread && repliedTo(message, parent, openThread),
      hasWords(message) &&
        h(
          "div",
          { class: `message-body${isCard(message) ? " is-card" : ""}` },
          ...content(message, surface),
        ),
      ...message.files.map(drawFile),
      message.replyCount > 0 && openThread && threadLink(message, openThread),
    ),
  );
}

/** A file may come without a word. @param {ConsoleMessage} message */
function hasWords({ text, blocks, files }) {
  return text !== "" || blocks.length > 0 || files.length === 0;
}

/** @param {ConsoleMessage} message */
function face({ kind, author }) {
  return kind === "error" ? slackMark() : avatar(author);
}

/** @param {ConsoleMessage} message @param {Surface} surface */
function opening(message, surface) {
  const isWhisper = message.ephemeral && message.kind !== "command";
  const whisper = h("p", { class: "only-you" }, icon("eye"), "Only visible to you");
  return [isWhisper && whisper, byline(message, surface)];
}

/** @param {ConsoleMessage} message @param {Surface} surface */
function when({ at }, { tz }) {
  return h("time", { datetime: new Date(at).toISOString() }, timeOfDay(at, tz));
}

/** A reply for everybody says what it replies to. @param {ConsoleMessage} message @param {ConsoleMessage | undefined} parent @param {(ts: string) => void} openThread */
function repliedTo({ threadTs }, parent, openThread) {
  return h(
    "p",
    { class: "replied-to" },
    "replied to a thread: ",
    h(
      "button",
      { type: "button", onclick: () => threadTs && openThread(threadTs) },
      parent ? lineOf(parent) : "an older message",
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
    when(message, surface),
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
