import { h } from "./dom.js";
import { safeUrl } from "./mrkdwn.js";
import { dateText, link, mention } from "./mrkdwn-view.js";

/**
 * @typedef {import("./block-kit.d.ts").RichNode} RichNode
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 */

/** The inside of a `rich_text` block or cell. @param {RichNode[]} nodes @param {Surface} surface @returns {Node[]} */
export function richText(nodes, surface) {
  return nodes.map((node) => {
    const inside = () => richText(node.elements ?? [], surface);
    switch (node.type) {
      case "rich_text_section":
        return h("p", {}, ...inside());
      case "rich_text_quote":
        return h("blockquote", {}, ...inside());
      case "rich_text_preformatted":
        return h("pre", { tabindex: 0 }, ...inside());
      case "rich_text_list":
        return h(
          node.style === "ordered" ? "ol" : "ul",
          {},
          ...inside().map((item) => h("li", {}, item)),
        );
      default:
        return inline(node, surface);
    }
  });
}

/** @param {RichNode} node @param {Surface} surface @returns {Node} */
function inline(node, surface) {
  switch (node.type) {
    case "text":
      return styled(node);
    case "link":
      return richLink(node);
    case "user":
      return mention({ type: "user", id: node.user_id ?? "", label: null }, surface);
    case "channel":
      return mention({ type: "conversation", id: node.channel_id ?? "", label: null }, surface);
    case "broadcast":
      return mention({ type: "broadcast", id: node.range ?? "", label: null }, surface);
    case "date":
      return dateText(
        {
          at: (node.timestamp ?? Number.NaN) * 1000,
          format: node.format ?? "",
          url: node.url ?? null,
          fallback: node.fallback ?? "",
        },
        surface,
      );
    case "emoji":
      return document.createTextNode(emoji(node));
    default:
      return h("span", { class: "unsupported" }, `unsupported: ${node.type}`);
  }
}

/** @param {RichNode} node */
function richLink(node) {
  const url = safeUrl(node.url ?? "");
  const label = styled({ ...node, text: node.text ?? node.url ?? "" });
  return url ? link(url, label) : label;
}

/** @param {RichNode} node */
function styled(node) {
  const style = typeof node.style === "object" ? node.style : {};
  /** @type {Node} */
  let result = document.createTextNode(node.text ?? "");
  if (style.code) result = h("code", {}, result);
  if (style.strike) result = h("s", {}, result);
  if (style.italic) result = h("em", {}, result);
  if (style.bold) result = h("strong", {}, result);
  return result;
}

/** @param {RichNode} node */
function emoji({ unicode, name }) {
  const points = unicode?.split("-").map((point) => Number.parseInt(point, 16)) ?? [];
  const known = points.length > 0 && points.every((point) => point > 0 && point <= 0x10ffff);
  return known ? String.fromCodePoint(...points) : `:${name ?? ""}:`;
}
