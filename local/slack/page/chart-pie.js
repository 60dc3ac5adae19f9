import { fillOf } from "./chart-marks.js";
import { amount, shareOf } from "./chart-words.js";
import { s } from "./svg.js";

/** @typedef {import("./block-kit.d.ts").Point} Point */

const radius = 80;

/** A pie that begins at twelve o'clock and goes round clockwise. @param {Point[]} segments @returns {SVGElement} */
export function drawPie(segments) {
  const whole = segments.reduce((sum, { value }) => sum + value, 0);
  let from = 0;
  const slices = segments.map((segment, index) => {
    const to = from + segment.value / whole;
    const title = s(
      "title",
      {},
      `${segment.label}: ${amount(segment.value)}, ${shareOf(segment.value, segments)}`,
    );
    const slice = drawSlice({ from, to }, fillOf(index, segments.length), title);
    from = to;
    return slice;
  });
  const box = { class: "pie", viewBox: "-82 -82 164 164", width: 164, height: 164 };
  return s("svg", box, ...slices);
}

/** @param {{from: number, to: number}} turn Parts of a turn. @param {string} fill @param {SVGElement} title */
function drawSlice({ from, to }, fill, title) {
  if (to - from > 0.9999) return s("circle", { class: "slice", r: radius, fill }, title);
  const isLarge = to - from > 0.5 ? 1 : 0;
  const d = `M0 0L${onRim(from)}A${radius} ${radius} 0 ${isLarge} 1 ${onRim(to)}Z`;
  return s("path", { class: "slice", d, fill }, title);
}

/** @param {number} turn */
function onRim(turn) {
  const angle = turn * 2 * Math.PI;
  return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
}
