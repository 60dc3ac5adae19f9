import { h } from "./dom.js";
import { drawElement } from "./elements.js";
import { icon } from "./icons.js";
import { drawInput } from "./inputs.js";
import { textObject } from "./mrkdwn-view.js";
import { richText } from "./rich-text.js";

/**
 * @typedef {import("./block-kit.d.ts").Block} Block
 * @typedef {import("./block-kit.d.ts").Cell} Cell
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 * @typedef {(block: Block, surface: Surface) => HTMLElement} Draw
 */

/** @type {Record<string, Draw>} */
const drawings = {
  section,
  header: (block, surface) =>
    h("h3", { class: "block header" }, ...textObject(block.text, surface)),
  context,
  actions: (block, surface) =>
    h(
      "div",
      { class: "block actions" },
      ...(block.elements ?? []).map((element) => drawElement(element, block, surface)),
    ),
  divider: () => h("hr", { class: "block divider" }),
  image,
  rich_text: (block, surface) =>
    h("div", { class: "block rich" }, ...richText(block.elements ?? [], surface)),
  input: drawInput,
  table,
  alert: (block, surface) =>
    h(
      "div",
      { class: `block alert alert-${block.level ?? "default"}`, role: "note" },
      icon("info"),
      h("div", {}, ...textObject(block.text, surface)),
    ),
};

/**
 * Draws Block Kit blocks; one that the page does not know, or that is broken, says so in its place.
 *
 * @param {unknown[]} blocks
 * @param {Surface} surface
 * @returns {HTMLElement[]}
 */
export function drawBlocks(blocks, surface) {
  return blocks.map((value) => {
    if (!isBlock(value)) return unsupported("not a block");
    const draw = Object.hasOwn(drawings, value.type) ? drawings[value.type] : null;
    try {
      return draw ? draw(value, surface) : unsupported(value.type);
    } catch {
      return unsupported(`${value.type}, which is broken`);
    }
  });
}

/** @param {unknown} value @returns {value is Block} */
function isBlock(value) {
  return (
    typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"
  );
}

/** @param {string} what */
function unsupported(what) {
  return h("p", { class: "block unsupported" }, `unsupported block: ${what}`);
}

/** @type {Draw} */
function section(block, surface) {
  return h(
    "div",
    { class: `block section${block.accessory ? " has-accessory" : ""}` },
    h(
      "div",
      { class: "section-body" },
      block.text && h("div", { class: "section-text" }, ...textObject(block.text, surface)),
      block.fields &&
        h(
          "div",
          { class: "fields" },
          ...block.fields.map((field) => h("div", {}, ...textObject(field, surface))),
        ),
    ),
    block.accessory &&
      h("div", { class: "accessory" }, drawElement(block.accessory, block, surface)),
  );
}

/** @type {Draw} */
function context(block, surface) {
  const parts = (block.elements ?? []).map((part) =>
    part.type === "image"
      ? drawElement(part, block, surface)
      : h("span", {}, ...textObject(part, surface)),
  );
  return h("div", { class: "block context" }, ...parts);
}

/** @type {Draw} */
function image(block, surface) {
  return h(
    "figure",
    { class: "block image" },
    block.title && h("figcaption", {}, ...textObject(block.title, surface)),
    drawElement(
      { type: "image", image_url: block.image_url ?? "", alt_text: block.alt_text ?? "" },
      block,
      surface,
    ),
  );
}

/** The first row is the heading, as in Slack. @type {Draw} */
function table(block, surface) {
  const [head = [], ...body] = block.rows ?? [];
  const row = (/** @type {Cell[]} */ cells, /** @type {string} */ tag) =>
    h(
      "tr",
      {},
      ...cells.map((value, index) =>
        h(tag, { class: columnClass(block, index) }, ...cell(value, surface)),
      ),
    );
  return h(
    "div",
    { class: "block table", tabindex: 0, role: "group", "aria-label": "Table" },
    h(
      "table",
      {},
      h("thead", {}, row(head, "th")),
      h("tbody", {}, ...body.map((cells) => row(cells, "td"))),
    ),
  );
}

/** @param {Block} block @param {number} index */
function columnClass(block, index) {
  const settings = block.column_settings?.[index];
  const align = ["center", "right"].find((name) => name === settings?.align) ?? "left";
  return `align-${align}${settings?.is_wrapped ? " wraps" : ""}`;
}

/** @param {Cell} value @param {Surface} surface @returns {Node[]} */
function cell(value, surface) {
  if (value.type === "rich_text") return richText(value.elements ?? [], surface);
  return [document.createTextNode(value.text ?? String(value.value ?? ""))];
}
