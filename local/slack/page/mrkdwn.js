/**
 * Slack's mrkdwn as a tree; knows no DOM (docs.slack.dev, Formatting message text).
 *
 * @typedef {{type: "text" | "code" | "pre", text: string}} TextNode
 * @typedef {{type: "bold" | "italic" | "strike" | "quote", children: Mrkdwn[]}} SpanNode
 * @typedef {{type: "link", url: string, label: string}} LinkNode
 * @typedef {{type: "user" | "conversation" | "broadcast", id: string, label: string | null}} MentionNode
 * @typedef {{type: "date", at: number, format: string, url: string | null, fallback: string}} DateNode
 * @typedef {TextNode | SpanNode | LinkNode | MentionNode | DateNode | {type: "break"}} Mrkdwn
 */

/**
 * Tried in this order wherever a special character stands. Marks count only at the edges of words, as in Slack.
 *
 * @type {{pattern: RegExp, node: (match: string[]) => Mrkdwn}[]}
 */
const rules = [
  { pattern: /```\n?([\s\S]+?)\n?```/y, node: ([, text]) => leaf("pre", text) },
  { pattern: /`([^`\n]+)`/y, node: ([, text]) => leaf("code", text) },
  { pattern: /<([^<>\n]+)>/y, node: ([, body = ""]) => reference(body) },
  {
    pattern: /(?<![\w*])\*(?! )([^*\n]+)(?<! )\*(?![\w*])/y,
    node: ([, inner]) => span("bold", inner),
  },
  {
    pattern: /(?<![\w_])_(?! )([^_\n]+)(?<! )_(?![\w_])/y,
    node: ([, inner]) => span("italic", inner),
  },
  {
    pattern: /(?<![\w~])~(?! )([^~\n]+)(?<! )~(?![\w~])/y,
    node: ([, inner]) => span("strike", inner),
  },
  { pattern: /(?<=^|\n)(?:&gt;|>) ?([^\n]*)(?:\n|$)/y, node: ([, inner]) => span("quote", inner) },
  { pattern: /\n/y, node: () => ({ type: "break" }) },
];

/** @param {string} source @returns {Mrkdwn[]} */
export function parseMrkdwn(source) {
  /** @type {Mrkdwn[]} */
  const nodes = [];
  let from = 0;
  let at = 0;
  while (at < source.length) {
    const found = matchAt(source, at);
    if (!found) {
      at += 1;
      continue;
    }
    if (at > from) nodes.push(leaf("text", source.slice(from, at)));
    nodes.push(found.node);
    at += found.length;
    from = at;
  }
  if (at > from) nodes.push(leaf("text", source.slice(from, at)));
  return nodes;
}

/** Slack escapes these three and no others. @param {string} text */
export function unescapeText(text) {
  const plain = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
  return text.replace(
    /&(?:amp|lt|gt);/g,
    (entity) => plain[/** @type {keyof typeof plain} */ (entity)],
  );
}

/** The address when a browser may follow it from here, otherwise null. @param {string} url */
export function safeUrl(url) {
  return /^(?:https?:\/\/|mailto:)/i.test(url) ? url : null;
}

/** @param {string} source @param {number} at */
function matchAt(source, at) {
  if (!"`<*_~\n&>".includes(source.charAt(at))) return null;
  for (const { pattern, node } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) return { node: node(match), length: match[0].length };
  }
  return null;
}

/** What stands between `<` and `>`. @param {string} body @returns {Mrkdwn} */
function reference(body) {
  const [target = "", ...rest] = body.split("|");
  const label = rest.length > 0 ? unescapeText(rest.join("|")) : null;
  if (target.startsWith("!date^")) return dateNode(target, label ?? "");
  if (/^@\w+$/.test(target)) return { type: "user", id: target.slice(1), label };
  if (/^#\w+$/.test(target)) return { type: "conversation", id: target.slice(1), label };
  if (target.startsWith("!")) return { type: "broadcast", id: target.slice(1), label };
  const url = unescapeText(target);
  return safeUrl(url) ? { type: "link", url, label: label ?? url } : leaf("text", `<${body}>`);
}

/** @param {string} target @param {string} fallback @returns {Mrkdwn} */
function dateNode(target, fallback) {
  const [, seconds = "", format = "", url] = target.split("^");
  const at = /^\d+$/.test(seconds) ? Number(seconds) * 1000 : Number.NaN;
  return {
    type: "date",
    at,
    format: unescapeText(format),
    url: url ? safeUrl(unescapeText(url)) : null,
    fallback,
  };
}

/** @param {TextNode["type"]} type @param {string} [text] @returns {TextNode} */
function leaf(type, text = "") {
  return { type, text: unescapeText(text) };
}

/** @param {SpanNode["type"]} type @param {string} [inner] @returns {SpanNode} */
function span(type, inner = "") {
  return { type, children: parseMrkdwn(inner) };
}
