import { h } from "./dom.js";
import { parseMrkdwn, unescapeText } from "./mrkdwn.js";
import { slackDate } from "./time.js";

/**
 * @typedef {import("./mrkdwn.js").Mrkdwn} Mrkdwn
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 * @typedef {import("./block-kit.d.ts").TextObject} TextObject
 */

/** @param {string} source @param {Surface} surface @returns {Node[]} */
export function mrkdwn(source, surface) {
  return draw(parseMrkdwn(source), surface);
}

/** Slack's text object: `mrkdwn` is formatted, `plain_text` is not. @param {TextObject | undefined} text @param {Surface} surface */
export function textObject(text, surface) {
  if (!text?.text) return [];
  if (text.type === "mrkdwn") return mrkdwn(text.text, surface);
  return [document.createTextNode(unescapeText(text.text))];
}

/** @param {Mrkdwn[]} nodes @param {Surface} surface @returns {Node[]} */
function draw(nodes, surface) {
  return nodes.map((node) => drawOne(node, surface));
}

/** @param {Mrkdwn} node @param {Surface} surface @returns {Node} */
function drawOne(node, surface) {
  switch (node.type) {
    case "bold":
      return h("strong", {}, ...draw(node.children, surface));
    case "italic":
      return h("em", {}, ...draw(node.children, surface));
    case "strike":
      return h("s", {}, ...draw(node.children, surface));
    case "quote":
      return h("blockquote", {}, ...draw(node.children, surface));
    case "code":
      return h("code", {}, node.text);
    case "pre":
      return h("pre", { tabindex: 0 }, node.text);
    case "link":
      return link(node.url, node.label);
    case "date":
      return dateText(node, surface);
    case "break":
      return h("br");
    case "text":
      return document.createTextNode(node.text);
    default:
      return mention(node, surface);
  }
}

/** @param {string} url @param {...(Node | string)} children */
export function link(url, ...children) {
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** @param {{type: "user" | "conversation" | "broadcast", id: string, label: string | null}} node @param {Surface} surface */
export function mention(node, surface) {
  const sign = node.type === "conversation" ? "#" : "@";
  const name = surface.names.get(node.id) ?? node.label ?? node.id;
  return h("span", { class: "mention" }, `${sign}${name}`);
}

/** A date in the viewer's zone; "3 minutes ago" goes on counting. @param {Omit<Extract<Mrkdwn, {type: "date"}>, "type">} date @param {Surface} surface */
export function dateText({ at, format, url, fallback }, surface) {
  const write = (/** @type {number} */ now) =>
    slackDate(format, at, { tz: surface.tz, now }) ?? fallback;
  const node = h(
    "time",
    {
      datetime: Number.isFinite(at) ? new Date(at).toISOString() : null,
      title: fallback,
      ontick: (/** @type {HTMLElement} */ time, /** @type {number} */ now) => {
        const text = write(now);
        if (time.textContent !== text) time.textContent = text;
      },
    },
    write(surface.now()),
  );
  return url ? link(url, node) : node;
}
