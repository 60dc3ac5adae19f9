import { unescapeText } from "./mrkdwn.js";

/** @typedef {import("../console-api.ts").ConsoleMessage} ConsoleMessage */

const sameBreathMs = 5 * 60_000;

/** Lines of one author within minutes read as one. @param {ConsoleMessage} message @param {ConsoleMessage} [previous] */
export function isSameBreath(message, previous) {
  if (!previous || previous.kind !== message.kind || previous.ephemeral !== message.ephemeral)
    return false;
  if (isCard(message) || isCard(previous) || message.broadcast || previous.replyCount > 0)
    return false;
  return previous.author.id === message.author.id && message.at - previous.at < sameBreathMs;
}

/** More than a sentence: blocks with a form of their own, which get a frame. @param {ConsoleMessage} message */
export function isCard({ blocks }) {
  return blocks.length > 1 || !blocks.every(isSentence);
}

/** What a message says in one line: its text, or the names of its files. @param {ConsoleMessage} message */
export function lineOf({ text, files }) {
  return text === "" ? files.map(({ title }) => title).join(", ") : unescapeText(text);
}

/** @param {unknown} block */
function isSentence(block) {
  const { type, accessory, fields } = /** @type {Record<string, unknown>} */ (block ?? {});
  return type === "section" && !accessory && !fields;
}
