import type { Chart, Table } from "../../domain/announcement.ts";
import type { ChartBlock } from "./blocks.ts";
import { limits } from "./blocks.ts";
import { oneLine, shorten } from "./words.ts";

const short = (words: string) => shorten(oneLine(words).trim(), limits.chartLabel);

const areDistinct = (names: readonly string[]): boolean =>
  new Set(names).size === names.length && !names.includes("");

/** Slack's chart, or null when Slack would refuse it: it is then told as a table. */
export function toChartBlock({ title, kind, unit, labels, series }: Chart): ChartBlock | null {
  const categories = labels.map(short);
  const names = series.map(({ name }) => short(name));
  const fits =
    categories.length >= 1 &&
    categories.length <= limits.chartLabels &&
    names.length >= 1 &&
    names.length <= limits.chartSeries &&
    series.every(({ values }) => values.length === labels.length && values.every(Number.isFinite));
  if (!fits || !areDistinct(categories) || !areDistinct(names)) return null;
  return {
    type: "data_visualization",
    title: shorten(oneLine(title).trim() || "Figures", limits.chartTitle),
    chart: {
      type: kind,
      series: series.map(({ values }, index) => ({
        name: names[index] ?? "",
        data: categories.map((label, at) => ({ label, value: values[at] ?? 0 })),
      })),
      axis_config: {
        categories,
        ...(unit.trim() !== "" && { y_label: shorten(oneLine(unit), limits.chartTitle) }),
      },
    },
  };
}

/** The figures of a chart as a table: a row for each label. */
export const chartAsTable = ({ unit, labels, series }: Chart): Table => ({
  columns: [
    { title: "", figures: false },
    ...series.map(({ name }) => ({ title: unit ? `${name} (${unit})` : name, figures: true })),
  ],
  rows: labels.map((label, at) => [
    label,
    ...series.map(({ values }) => values[at]?.toLocaleString("en-US") ?? ""),
  ]),
});
