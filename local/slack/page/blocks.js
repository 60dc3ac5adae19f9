import { drawChart } from "./chart.js";
import { h } from "./dom.js";
import { drawElement } from "./elements.js";
import { icon } from "./icons.js";
import { drawInput } from "./inputs.js";
import { textObject } from "./mrkdwn-view.js";
import { richText } from "./rich-text.js";
import { drawTable } from "./table.js";

/**
 * @typedef {import("./block-kit.d.ts").Block} Block
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
  table: drawTable,
  data_visualization: drawChart,
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
    typeof block.title === "object" && h("figcaption", {}, ...textObject(block.title, surface)),
    drawElement(
      { type: "image", image_url: block.image_url ?? "", alt_text: block.alt_text ?? "" },
      block,
      surface,
    ),
  );
}
