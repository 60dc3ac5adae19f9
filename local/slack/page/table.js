import { h } from "./dom.js";
import { richText } from "./rich-text.js";

/**
 * @typedef {import("./block-kit.d.ts").Block} Block
 * @typedef {import("./block-kit.d.ts").Cell} Cell
 * @typedef {import("./block-kit.d.ts").Surface} Surface
 */

/**
 * A table in a box of its own, which scrolls sideways where it is too wide.
 *
 * @param {{label: string, head: Node[][], rows: Node[][][], classOf: (column: number) => string}} content
 */
export function dataTable({ label, head, rows, classOf }) {
  const heading = (/** @type {Node[]} */ nodes, /** @type {number} */ column) =>
    h("th", { scope: "col", class: classOf(column) }, ...nodes);
  const cell = (/** @type {Node[]} */ nodes, /** @type {number} */ column) =>
    h("td", { class: classOf(column) }, ...nodes);
  return h(
    "div",
    { class: "table", tabindex: 0, role: "group", "aria-label": label },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...head.map(heading))),
      h("tbody", {}, ...rows.map((cells) => h("tr", {}, ...cells.map(cell)))),
    ),
  );
}

/** A `table` block; the first row is the heading, as in Slack. @param {Block} block @param {Surface} surface */
export function drawTable(block, surface) {
  const [head = [], ...rows] = (block.rows ?? []).map((cells) =>
    cells.map((value) => cellNodes(value, surface)),
  );
  const classOf = (/** @type {number} */ column) => columnClass(block, column);
  return h("div", { class: "block" }, dataTable({ label: "Table", head, rows, classOf }));
}

/** @param {Block} block @param {number} column */
function columnClass(block, column) {
  const settings = block.column_settings?.[column];
  const align = ["center", "right"].find((name) => name === settings?.align) ?? "left";
  return `align-${align}${settings?.is_wrapped ? " wraps" : ""}`;
}

/** @param {Cell} value @param {Surface} surface @returns {Node[]} */
function cellNodes(value, surface) {
  if (value.type === "rich_text") return richText(value.elements ?? [], surface);
  return [document.createTextNode(value.text ?? "")];
}
