/**
 * @typedef {{ticks: number[], share: (value: number) => number}} Scale
 */

const wantedSteps = 5;
const roundSteps = [1, 2, 2.5, 5, 10];
/** A span below this counts as none: a step in it would be too small for a number. */
const leastSpan = 1e-300;

/**
 * A scale of round numbers that holds zero and every value; `share` says how far up a value stands, from 0 to 1.
 *
 * @param {number[]} values
 * @returns {Scale}
 */
export function scaleOf(values) {
  const [low, high] = spanOf(values);
  const step = roundStep((high - low) / wantedSteps);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    clean((first + index) * step),
  );
  return { ticks, share: (value) => (value / step - first) / (last - first) };
}

/** The least and the greatest, and 0; from 0 to 1 where all is 0. @param {number[]} values @returns {[number, number]} */
function spanOf(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  return high - low < leastSpan ? [0, 1] : [low, high];
}

/** The next round number that is not smaller. @param {number} rough */
function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = roundSteps.find((each) => each * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** 0.30000000000000004 is 0.3. @param {number} value */
function clean(value) {
  return Number(value.toPrecision(12));
}

const letterPx = 6.4;
const marginPx = 10;
/** So few can be broken over lines. */
const alwaysShown = 6;

/**
 * Every how many names one has room below an axis of this width.
 *
 * @param {string[]} names
 * @param {number} widthPx
 */
export function strideOf(names, widthPx) {
  if (names.length <= alwaysShown) return 1;
  const longest = Math.max(...names.map((name) => name.length)) * letterPx + marginPx;
  return Math.max(1, Math.ceil((longest * names.length) / widthPx));
}
