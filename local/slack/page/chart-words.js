/**
 * What a chart says in words and figures, for those who do not see it.
 *
 * @typedef {import("./block-kit.d.ts").Chart} Chart
 * @typedef {import("./block-kit.d.ts").Series} Series
 * @typedef {import("./block-kit.d.ts").Point} Point
 */

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const shortFigure = new Intl.NumberFormat("en", {
  notation: "compact",
  maximumSignificantDigits: 3,
});

/** "1,234.5". @param {number} value */
export function amount(value) {
  return figure.format(value);
}

/**
 * "1,234", but "1.23K" beside "12.3K": what fits on an axis or above a bar.
 *
 * @param {number} value
 * @param {number} largest Of those that stand together.
 */
export function shortAmount(value, largest) {
  return largest < 10_000 ? figure.format(value) : shortFigure.format(value);
}

/** How much of a pie one value is. @param {number} value @param {Point[]} segments */
export function shareOf(value, segments) {
  const whole = segments.reduce((sum, segment) => sum + segment.value, 0);
  const share = (value / whole) * 100;
  return share > 0 && share < 1 ? "under 1%" : `${Math.round(share)}%`;
}

/** The value of a series at a category. @param {Series} series @param {string} category */
export function valueAt({ data }, category) {
  const point = data.find(({ label }) => label === category);
  if (!point) throw new Error(`no point for ${category}`);
  return point.value;
}

/** One sentence a series, or one for the pie. @param {string} title @param {Chart} chart */
export function describeChart(title, chart) {
  const kind = `${chart.type.charAt(0).toUpperCase()}${chart.type.slice(1)} chart: ${title}.`;
  if (chart.type === "pie") {
    const parts = chart.segments.map(
      ({ label, value }) => `${label} ${amount(value)}, ${shareOf(value, chart.segments)}`,
    );
    return `${kind} ${parts.join("; ")}.`;
  }
  return [kind, ...chart.series.map(describeSeries)].join(" ");
}

/** @param {Series} series */
function describeSeries({ name, data }) {
  const sorted = data.toSorted((left, right) => left.value - right.value);
  const [least, most] = [sorted.at(0), sorted.at(-1)];
  if (!least || !most) return `${name} has no points.`;
  if (least.value === most.value) return `${name}: ${amount(most.value)} throughout.`;
  const at = (/** @type {Point} */ { label, value }) => `${amount(value)} (${label})`;
  return `${name}: from ${at(least)} to ${at(most)}.`;
}

/**
 * The figures as a table: a row for each category or segment.
 *
 * @param {Chart} chart
 * @returns {{head: string[], rows: string[][]}}
 */
export function figuresOf(chart) {
  if (chart.type === "pie") {
    const row = (/** @type {Point} */ { label, value }) => [
      label,
      amount(value),
      shareOf(value, chart.segments),
    ];
    return { head: ["Part", "Value", "Share"], rows: chart.segments.map(row) };
  }
  const { categories, x_label } = chart.axis_config;
  return {
    head: [x_label ?? "Category", ...chart.series.map(({ name }) => name)],
    rows: categories.map((category) => [
      category,
      ...chart.series.map((series) => amount(valueAt(series, category))),
    ]),
  };
}
