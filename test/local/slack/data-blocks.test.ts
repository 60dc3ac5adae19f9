import { expect, test } from "vitest";
import { blockProblems, viewProblems } from "../../../local/slack/block-kit.ts";

const long = (length: number) => "x".repeat(length);
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const raw = (text: string) => ({ type: "raw_text", text });
const rich = (...elements: unknown[]) => ({ type: "rich_text", elements });
const bold = { type: "text", text: "Spent", style: { bold: true } };
const words = { type: "rich_text_section", elements: [bold] };
const table = (fields: object = {}) => ({
  type: "table",
  rows: [[raw("Destination"), rich(words)]],
  ...fields,
});

const point = (label: string, value: unknown = 1) => ({ label, value });
const series = (name: string, ...labels: string[]) => ({
  name,
  data: labels.map((label) => point(label)),
});
const chart = (fields: object) => ({ type: "data_visualization", title: "Cost", chart: fields });
const bars = (fields: object = {}) =>
  chart({
    type: "bar",
    series: [series("spent", "Mon", "Tue")],
    axis_config: { categories: ["Mon", "Tue"] },
    ...fields,
  });
const pie = (...segments: unknown[]) => chart({ type: "pie", segments });
const names = (count: number) => many(count, (index) => `day ${index}`);
const notEach = "must have exactly one data point for each category";

test.each<[string, object]>([
  ["a heading alone", table()],
  ["a hundred rows", table({ rows: many(100, () => [raw("x")]) })],
  ["twenty cells", table({ rows: [many(20, () => raw("x"))] })],
  ["columns", table({ column_settings: [null, { align: "right" }, { is_wrapped: true }] })],
  ["ten thousand characters", table({ rows: [[raw(long(5000)), raw(long(5000))]] })],
  ...["line", "bar", "area"].map((type): [string, object] => [type, bars({ type })]),
  [
    "twenty points in six series",
    bars({
      series: many(6, (index) => series(`s${index}`, ...names(20))),
      axis_config: { categories: names(20), x_label: long(50), y_label: long(50) },
    }),
  ],
  ["points in another order", bars({ series: [series("spent", "Tue", "Mon")] })],
  ["a loss", bars({ series: [{ name: "spent", data: [point("Mon", -1.5), point("Tue", 0)] }] })],
  ["a pie of six", pie(...many(6, (index) => point(`p${index}`, 0.1)))],
])("a message takes %s", (_, block) => {
  expect(blockProblems([block], "message")).toEqual([]);
});

test.each<[string, object, string]>([
  ["no rows", table({ rows: [] }), "no fewer than 1 items allowed [json-pointer:/rows]"],
  [
    "101 rows",
    table({ rows: many(101, () => [raw("x")]) }),
    "no more than 100 items allowed [json-pointer:/rows]",
  ],
  [
    "21 cells",
    table({ rows: [many(21, () => raw("x"))] }),
    "no more than 20 items allowed [json-pointer:/rows/0]",
  ],
  [
    "an empty cell",
    table({ rows: [[raw("")]] }),
    "must be more than 0 characters [json-pointer:/rows/0/0/text]",
  ],
  ["a bare cell", table({ rows: [["x"]] }), "must provide an object [json-pointer:/rows/0/0]"],
  [
    "a number as a cell",
    table({ rows: [[{ type: "raw_number", value: 1 }]] }),
    "unsupported type: raw_number [json-pointer:/rows/0/0/type]",
  ],
  [
    "rich text without a section",
    table({ rows: [[rich(bold)]] }),
    "unsupported type: text [json-pointer:/rows/0/0/elements/0/type]",
  ],
  [
    "a crooked column",
    table({ column_settings: [{ align: "justify" }] }),
    "must be one of: left, center, right [json-pointer:/column_settings/0/align]",
  ],
  [
    "21 columns",
    table({ column_settings: many(21, () => ({})) }),
    "no more than 20 items allowed [json-pointer:/column_settings]",
  ],
  ["a title", table({ title: "x" }), "invalid additional property: title [json-pointer:]"],
  ["no title", { ...bars(), title: undefined }, "missing required field: title [json-pointer:]"],
  [
    "a long title",
    { ...bars(), title: long(51) },
    "must be less than 51 characters [json-pointer:/title]",
  ],
  ["no chart", chart({ type: "radar" }), "unsupported type: radar [json-pointer:/chart/type]"],
  ["no series", bars({ series: [] }), "no fewer than 1 items allowed [json-pointer:/chart/series]"],
  [
    "seven series",
    bars({ series: many(7, (index) => series(`s${index}`, "Mon", "Tue")) }),
    "no more than 6 items allowed [json-pointer:/chart/series]",
  ],
  [
    "a long name",
    bars({ series: [series(long(21), "Mon", "Tue")] }),
    "must be less than 21 characters [json-pointer:/chart/series/0/name]",
  ],
  [
    "one name twice",
    bars({ series: [series("a", "Mon", "Tue"), series("a", "Mon", "Tue")] }),
    "must be unique [json-pointer:/chart/series/1/name]",
  ],
  [
    "21 categories",
    bars({ axis_config: { categories: names(21) } }),
    "no more than 20 items allowed [json-pointer:/chart/axis_config/categories]",
  ],
  [
    "one category twice",
    bars({ axis_config: { categories: ["Mon", "Tue", "Mon"] } }),
    "must be unique [json-pointer:/chart/axis_config/categories/2]",
  ],
  [
    "a long axis label",
    bars({ axis_config: { categories: ["Mon", "Tue"], y_label: long(51) } }),
    "must be less than 51 characters [json-pointer:/chart/axis_config/y_label]",
  ],
  [
    "no axes",
    bars({ axis_config: undefined }),
    "missing required field: axis_config [json-pointer:/chart]",
  ],
  [
    "a missing point",
    bars({ series: [series("a", "Mon")] }),
    `${notEach} [json-pointer:/chart/series/0/data]`,
  ],
  [
    "a doubled point",
    bars({ series: [series("a", "Mon", "Tue"), series("b", "Mon", "Mon")] }),
    `${notEach} [json-pointer:/chart/series/1/data]`,
  ],
  [
    "a point of no category",
    bars({ series: [series("a", "Mon", "Wed")] }),
    `${notEach} [json-pointer:/chart/series/0/data]`,
  ],
  [
    "a point that is a word",
    bars({ series: [{ name: "a", data: [point("Mon", "1"), point("Tue")] }] }),
    "must provide a number [json-pointer:/chart/series/0/data/0/value]",
  ],
  ["an empty pie", pie(), "no fewer than 1 items allowed [json-pointer:/chart/segments]"],
  [
    "seven segments",
    pie(...many(7, (index) => point(`p${index}`))),
    "no more than 6 items allowed [json-pointer:/chart/segments]",
  ],
  [
    "nothing of a pie",
    pie(point("a", 0)),
    "must be greater than 0 [json-pointer:/chart/segments/0/value]",
  ],
  [
    "a pie with axes",
    chart({ type: "pie", segments: [point("a")], axis_config: { categories: ["a"] } }),
    "invalid additional property: axis_config [json-pointer:/chart]",
  ],
])("a message refuses %s", (_, block, problem) => {
  const here = problem.replace("[json-pointer:", "[json-pointer:/blocks/0");
  expect(blockProblems([block], "message")).toContain(here);
});

test("the cells of a message hold 10 000 characters in all, those of rich text included", () => {
  const section = { type: "rich_text_section", elements: [{ type: "text", text: long(5001) }] };
  const rows = [[raw(long(5000)), rich(section)]];
  expect(blockProblems([table({ rows })], "message")).toEqual([
    "must be less than 10001 characters in tables [json-pointer:/blocks]",
  ]);
});

test.each([
  ["modal", table()],
  ["modal", bars()],
  ["home", table()],
  ["home", bars()],
])("a %s refuses what only messages show", (type, block) => {
  const title = { type: "plain_text", text: "Report" };
  const view = { type, ...(type === "modal" && { title }), blocks: [block] };
  expect(viewProblems(view)).toEqual([
    `unsupported type: ${block.type} [json-pointer:/view/blocks/0/type]`,
  ]);
});
