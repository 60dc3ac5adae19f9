import { swatch } from "./chart-marks.js";
import { drawPie } from "./chart-pie.js";
import { drawPlot } from "./chart-plot.js";
import { amount, describeChart, figuresOf, shareOf } from "./chart-words.js";
import { h } from "./dom.js";

/**
 * @typedef {import("./block-kit.d.ts").Block} Block
 * @typedef {import("./block-kit.d.ts").Chart} Chart
 * @typedef {import("./block-kit.d.ts").Point} Point
 */

/**
 * A `data_visualization` block: one picture with a description for those who hear it, and its figures as a table that
 * only they meet. Throws when the block has no chart.
 *
 * @param {Block} block
 * @returns {HTMLElement}
 */
export function drawChart({ title, chart }) {
  if (!chart || typeof title !== "string") throw new Error("no chart");
  const picture = { class: `chart-picture chart-${chart.type}`, role: "img" };
  return h(
    "figure",
    { class: "block chart" },
    h("figcaption", {}, title),
    h(
      "div",
      { ...picture, "aria-label": describeChart(title, chart) },
      ...(chart.type === "pie" ? pieWithNames(chart.segments) : plotWithNames(chart)),
    ),
    h("div", { class: "unseen" }, figures(title, chart)),
  );
}

/** @param {Point[]} segments */
function pieWithNames(segments) {
  const names = segments.map(({ label, value }, index) =>
    h(
      "li",
      {},
      swatch(index, segments.length, false),
      h("span", { class: "legend-name" }, label),
      h("span", { class: "legend-value" }, amount(value)),
      h("span", { class: "legend-share" }, shareOf(value, segments)),
    ),
  );
  return [drawPie(segments), h("ul", { class: "legend" }, ...names)];
}

/** @param {import("./block-kit.d.ts").PlottedChart} chart */
function plotWithNames(chart) {
  const { type, series } = chart;
  const names = series.map(({ name }, index) =>
    h("li", {}, swatch(index, series.length, type !== "bar"), h("span", {}, name)),
  );
  return [drawPlot(chart), h("ul", { class: "legend" }, ...names)];
}

/** @param {string} title @param {Chart} chart */
function figures(title, chart) {
  const { head, rows } = figuresOf(chart);
  return h(
    "table",
    {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
    h(
      "tbody",
      {},
      ...rows.map(([name = "", ...values]) =>
        h("tr", {}, h("th", { scope: "row" }, name), ...values.map((value) => h("td", {}, value))),
      ),
    ),
  );
}
