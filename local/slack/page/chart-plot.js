import { fillOf, lookOf, shapeOf } from "./chart-marks.js";
import { scaleOf, strideOf } from "./chart-scale.js";
import { amount, shortAmount, valueAt } from "./chart-words.js";
import { h } from "./dom.js";
import { percent, s } from "./svg.js";

/**
 * @typedef {import("./block-kit.d.ts").PlottedChart} PlottedChart
 * @typedef {import("./block-kit.d.ts").Series} Series
 * @typedef {import("./chart-scale.js").Scale} Scale
 * @typedef {{categories: string[], scale: Scale, count: number}} Frame
 */

/** How wide a plot is on a phone and beside a thread, and how wide where there is room. */
const narrowPx = 270;
const widePx = 600;
const groupShare = 0.7;
const widestBar = 0.13;
const mostFigures = 8;
/** More signs than these hide the line on a phone. */
const mostMarks = 10;

/** Bars, lines or areas between two axes. @param {PlottedChart} chart @returns {HTMLElement} */
export function drawPlot(chart) {
  const { categories, x_label, y_label } = chart.axis_config;
  const values = chart.series.map((series) => categories.map((name) => valueAt(series, name)));
  const scale = scaleOf(values.flat());
  const largest = Math.max(...scale.ticks.map(Math.abs));
  const frame = { categories, scale, count: chart.series.length };
  const draw = { bar: drawBars, line: drawLine, area: drawArea }[chart.type];
  return h(
    "div",
    { class: `plot${categories.length > 5 ? " is-dense" : ""}` },
    h("p", { class: "axis-label" }, y_label ?? ""),
    h(
      "ol",
      { class: "ticks" },
      ...scale.ticks.map((tick) => h("li", {}, shortAmount(tick, largest))),
    ),
    s(
      "svg",
      { class: "canvas" },
      ...scale.ticks.map((tick) => gridLine(tick, scale)),
      ...chart.series.flatMap((series, index) => draw(series, index, frame)),
    ),
    categoryNames(categories),
    x_label ? h("p", { class: "axis-label x-label" }, x_label) : null,
  );
}

/** @param {number} tick @param {Scale} scale */
function gridLine(tick, scale) {
  const y = percent(1 - scale.share(tick));
  return s("line", { class: tick === 0 ? "zero" : "grid", x1: 0, x2: "100%", y1: y, y2: y });
}

/** Names for which a narrow or any plot has no room are left out. @param {string[]} names */
function categoryNames(names) {
  const [narrow, wide] = [strideOf(names, narrowPx), strideOf(names, widePx)];
  const classOf = (/** @type {number} */ index) => {
    if (index % wide > 0) return "is-left-out";
    return index % narrow > 0 ? "needs-room" : null;
  };
  return h(
    "ol",
    { class: "categories" },
    ...names.map((name, index) => h("li", { class: classOf(index) }, h("span", {}, name))),
  );
}

/** The bars of one series; several stand side by side. @param {Series} series @param {number} index @param {Frame} frame */
function drawBars(series, index, { categories, scale, count }) {
  const band = 1 / categories.length;
  const width = Math.min((band * groupShare) / count, widestBar);
  const zero = scale.share(0);
  return categories.flatMap((category, place) => {
    const value = valueAt(series, category);
    const share = scale.share(value);
    const left = (place + 0.5) * band + (index - count / 2) * width;
    const bar = s(
      "rect",
      {
        class: "bar",
        x: percent(left + width * 0.04),
        width: percent(width * 0.92),
        y: percent(1 - Math.max(share, zero)),
        height: percent(Math.abs(share - zero)),
        rx: 2,
        fill: fillOf(index, count),
      },
      s("title", {}, `${category}, ${series.name}: ${amount(value)}`),
    );
    const isAlone = count === 1 && categories.length <= mostFigures;
    return isAlone ? [bar, figureAbove(value, left + width / 2, scale)] : [bar];
  });
}

/** @param {number} value @param {number} middle @param {Scale} scale */
function figureAbove(value, middle, scale) {
  const y = percent(1 - Math.max(scale.share(value), scale.share(0)));
  return s(
    "text",
    { class: "figure", x: percent(middle), y, dy: -6 },
    shortAmount(value, Math.abs(value)),
  );
}

/** A line with a sign at each point. @param {Series} series @param {number} index @param {Frame} frame */
function drawLine(series, index, frame) {
  return [
    stretched("polyline", `line look-${lookOf(index)}`, pointsOf(series, frame)),
    ...marks(series, index, frame),
  ];
}

/** A line and what lies below it; the first series is at the back. @param {Series} series @param {number} index @param {Frame} frame */
function drawArea(series, index, frame) {
  const points = pointsOf(series, frame);
  const ground = 100 - frame.scale.share(0) * 100;
  const [first = [0], last = [0]] = [points.at(0), points.at(-1)];
  const closed = [[first[0] ?? 0, ground], ...points, [last[0] ?? 0, ground]];
  return [
    stretched("polygon", `area look-${lookOf(index)}`, closed),
    ...drawLine(series, index, frame),
  ];
}

/** Places in hundredths of the canvas. @param {Series} series @param {Frame} frame @returns {number[][]} */
function pointsOf(series, { categories, scale }) {
  return categories.map((category, place) => [
    ((place + 0.5) / categories.length) * 100,
    100 - scale.share(valueAt(series, category)) * 100,
  ]);
}

/** A shape that fills the canvas, whatever its proportions. @param {string} tag @param {string} name @param {number[][]} points */
function stretched(tag, name, points) {
  const written = points.map((point) => point.map((at) => at.toFixed(2)).join()).join(" ");
  return s(
    "svg",
    { viewBox: "0 0 100 100", preserveAspectRatio: "none", overflow: "visible" },
    s(tag, { class: name, points: written, "vector-effect": "non-scaling-stroke" }),
  );
}

/** @param {Series} series @param {number} index @param {Frame} frame */
function marks(series, index, frame) {
  const sparsely = Math.ceil(frame.categories.length / mostMarks);
  return frame.categories.map((category, place) => {
    const value = valueAt(series, category);
    const x = percent((place + 0.5) / frame.categories.length);
    const title = s("title", {}, `${category}, ${series.name}: ${amount(value)}`);
    const at = { x, y: percent(1 - frame.scale.share(value)), overflow: "visible" };
    const name = place % sparsely > 0 ? "needs-room" : undefined;
    return s("svg", { ...at, class: name }, shapeOf(index), title);
  });
}
