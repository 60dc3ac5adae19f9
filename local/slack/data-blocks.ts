import {
  anything,
  both,
  byType,
  type Fields,
  flag,
  isRecord,
  list,
  number,
  object,
  oneOf,
  problem,
  type Rule,
  text,
} from "./block-rules.ts";

/** What an element of rich text may be (docs.slack.dev, rich text block). */
const richElement = byType({
  rich_text_section: object({ elements: list(anything, 0, 1000) }),
  rich_text_list: object(
    { style: oneOf("bullet", "ordered"), elements: list(anything, 0, 1000) },
    { indent: number(0, 8), offset: number(0, 1000), border: number(0, 1) },
  ),
  rich_text_quote: object({ elements: list(anything, 0, 1000) }, { border: number(0, 1) }),
  rich_text_preformatted: object(
    { elements: list(anything, 0, 1000) },
    { border: number(0, 1), language: text(50) },
  ),
});

/** The fields of a rich text block, which are those of a rich cell too. */
export const richText: Fields = { elements: list(richElement, 1, 100) };

/** An empty cell is refused, so that it takes a space (vellum-assistant#36219). */
const cell = byType({ raw_text: object({ text: text(10_000) }), rich_text: object(richText) });
const column = object({}, { align: oneOf("left", "center", "right"), is_wrapped: flag });
const plainColumn: Rule = (value, at) => (value === null ? [] : column(value, at));

/** The fields of a table: the first row is its heading (docs.slack.dev, table block). */
export const table: { required: Fields; optional: Fields } = {
  required: { rows: list(list(cell, 1, 20), 1, 100) },
  optional: { column_settings: list(plainColumn, 1, 20) },
};

const point = object({ label: text(20), value: number(-1e15, 1e15) });
const series = object({ name: text(20), data: list(point, 1, 20) });
const axes = object(
  { categories: both(list(text(20), 1, 20), onceEach) },
  { x_label: text(50), y_label: text(50) },
);
const plotted = both(
  object({ series: list(series, 1, 6), axis_config: axes }),
  uniqueNames,
  onePointPerCategory,
);
const segment = object({ label: text(20), value: both(number(0, 1e15), positive) });

/** The four charts with their limits (docs.slack.dev, data visualization block). */
export const chart = byType({
  line: plotted,
  bar: plotted,
  area: plotted,
  pie: object({ segments: list(segment, 1, 6) }),
});

function positive(value: unknown, at: string): string[] {
  return value === 0 ? [problem("must be greater than 0", at)] : [];
}

function onceEach(value: unknown, at: string): string[] {
  if (!Array.isArray(value)) return [];
  const again = value.findIndex((entry, index) => value.indexOf(entry) !== index);
  return again < 0 ? [] : [problem("must be unique", `${at}/${again}`)];
}

function seriesOf(value: unknown): Record<string, unknown>[] {
  return isRecord(value) && Array.isArray(value.series) ? value.series.filter(isRecord) : [];
}

function uniqueNames(value: unknown, at: string): string[] {
  const names = seriesOf(value).map(({ name }) => name);
  const again = names.findIndex((name, index) => names.indexOf(name) !== index);
  return again < 0 ? [] : [problem("must be unique", `${at}/series/${again}/name`)];
}

/** A point that is missing, doubled or of no category is refused, whatever the order. */
function onePointPerCategory(value: unknown, at: string): string[] {
  const config = isRecord(value) && isRecord(value.axis_config) ? value.axis_config : {};
  const categories: unknown[] = Array.isArray(config.categories) ? config.categories : [];
  return seriesOf(value).flatMap(({ data }, index) => {
    const points: unknown[] = Array.isArray(data) ? data : [];
    const labels = points.filter(isRecord).map(({ label }) => label);
    const fits =
      labels.length === categories.length && categories.every((name) => labels.includes(name));
    const what = "must have exactly one data point for each category";
    return fits ? [] : [problem(what, `${at}/series/${index}/data`)];
  });
}

/** How many characters stand in the cells of a table, rich ones included; Slack counts those of a whole message. */
export function cellCharacters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + cellCharacters(one), 0);
  if (!isRecord(value)) return 0;
  const own = typeof value.text === "string" ? value.text.length : 0;
  return own + cellCharacters(value.elements);
}
