import { s } from "./svg.js";

/**
 * The six looks of a series. Each has a colour, a weave, a dash and a shape, so that colour is never the only sign;
 * the colours and dashes are in `chart.css`, the weaves in `index.html`.
 */
const looks = ["a", "b", "c", "d", "e", "f"];

const shapes = [
  "M0-4a4 4 0 1 0 0 8a4 4 0 0 0 0-8z",
  "M-3.6-3.6h7.2v7.2h-7.2z",
  "M0-5.6 5.2 3.8h-10.4z",
  "M0-5.4 5.4 0 0 5.4-5.4 0z",
  "M0 5.6 5.2-3.8h-10.4z",
  "M-2-5.4h4v3.4h3.4v4h-3.4v3.4h-4v-3.4h-3.4v-4h3.4z",
];

/** @param {number} index */
export function lookOf(index) {
  return looks[index % looks.length] ?? "a";
}

/** How an area of a chart is filled; what stands alone needs no weave. @param {number} index @param {number} count */
export function fillOf(index, count) {
  return count > 1 ? `url(#weave-${lookOf(index)})` : "var(--chart-a)";
}

/** The sign of a point, around the origin. @param {number} index */
export function shapeOf(index) {
  return s("path", { class: `mark look-${lookOf(index)}`, d: shapes[index % shapes.length] });
}

/** The sign of a series beside its name. @param {number} index @param {number} count @param {boolean} isLine */
export function swatch(index, count, isLine) {
  const width = isLine ? 26 : 14;
  const line = () => [
    s("line", { class: `line look-${lookOf(index)}`, x1: 1, x2: 25, y1: 7, y2: 7 }),
    s("svg", { x: 13, y: 7, overflow: "visible" }, shapeOf(index)),
  ];
  const area = () => [s("rect", { width, height: 14, rx: 2, fill: fillOf(index, count) })];
  const box = { class: "swatch", viewBox: `0 0 ${width} 14`, width, height: 14 };
  return s("svg", box, ...(isLine ? line() : area()));
}
