import { describe, expect, test } from "vitest";
import { blockProblems, viewProblems } from "../../../local/slack/block-kit.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const long = (length: number) => "x".repeat(length);
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const divider = { type: "divider" };
const option = (text: string) => ({ text: plain(text), value: text });
const button = (fields: object = {}) => ({ type: "button", text: plain("Stop"), ...fields });
const actions = (...elements: unknown[]) => ({ type: "actions", elements });
const section = (fields: object) => ({ type: "section", text: mrkdwn("x"), ...fields });
const select = (fields: object) => ({ type: "static_select", options: [option("a")], ...fields });
const bars = {
  type: "data_visualization",
  title: "Cost",
  chart: {
    type: "bar",
    series: [{ name: "spent", data: [{ label: "Mon", value: 1 }] }],
    axis_config: { categories: ["Mon"] },
  },
};
const schemas = (at: string) => `failed to match all allowed schemas [json-pointer:${at}]`;

describe("blocks of a message", () => {
  test.each([
    ["nothing", []],
    ["a header", [{ type: "header", text: plain(long(150)) }]],
    ["a section of the longest text", [section({ text: mrkdwn(long(3000)) })]],
    ["fields", [{ type: "section", fields: many(10, () => mrkdwn("x")) }]],
    ["fifty blocks", many(50, () => divider)],
    ["buttons", [actions(button(), button({ style: "danger", value: long(2000) }))]],
    ["a select", [section({ accessory: select({ placeholder: plain("Which?") }) })]],
    ["a context", [{ type: "context", elements: [mrkdwn("x"), plain("y")] }]],
    ["a table", [{ type: "table", rows: [[{ type: "raw_text", text: "x" }]] }]],
    ["a chart", [bars]],
  ])("takes %s", (_, blocks) => {
    expect(blockProblems(blocks, "message")).toEqual([]);
  });

  test.each<[string, unknown, string[]]>([
    [
      "too many blocks",
      many(51, () => divider),
      ["no more than 50 items allowed [json-pointer:/blocks]"],
    ],
    [
      "an unknown block",
      [{ type: "banner" }],
      ["unsupported type: banner [json-pointer:/blocks/0/type]"],
    ],
    [
      "a block named like an object's own method",
      [{ type: "toString" }],
      ["unsupported type: toString [json-pointer:/blocks/0/type]"],
    ],
    ["no block", ["x"], ["must provide an object [json-pointer:/blocks/0]"]],
    ["no type", [{}], ["missing required field: type [json-pointer:/blocks/0]"]],
    [
      "a long section",
      [section({ text: mrkdwn(long(3001)) })],
      [
        schemas("/blocks/0/text"),
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
      ],
    ],
    [
      "an empty section",
      [{ type: "section" }],
      ["must define either `text` or `fields` [json-pointer:/blocks/0/type]"],
    ],
    [
      "an empty text",
      [section({ text: mrkdwn("") })],
      [
        schemas("/blocks/0/text"),
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
      ],
    ],
    [
      "mrkdwn in a header",
      [{ type: "header", text: mrkdwn("x") }],
      [schemas("/blocks/0/text"), "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"],
    ],
    [
      "an unknown property",
      [{ ...divider, color: "red" }],
      ["invalid additional property: color [json-pointer:/blocks/0]"],
    ],
    [
      "a long button",
      [actions(button({ text: plain(long(76)) }))],
      [
        schemas("/blocks/0/elements/0/text"),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
      ],
    ],
    [
      "a long value",
      [actions(button({ value: long(2001) }))],
      ["must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"],
    ],
    [
      "a style of its own",
      [actions(button({ style: "green" }))],
      ["must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]"],
    ],
    [
      "too many buttons",
      [actions(...many(26, () => button()))],
      ["no more than 25 items allowed [json-pointer:/blocks/0/elements]"],
    ],
    [
      "no buttons",
      [actions()],
      ["no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"],
    ],
    [
      "too many options",
      [actions(select({ options: many(101, (index) => option(String(index))) }))],
      ["no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"],
    ],
    [
      "a confirm dialog without an answer",
      [
        actions(
          button({ confirm: { title: plain("Stop?"), text: plain("x"), confirm: plain("Yes") } }),
        ),
      ],
      ["missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]"],
    ],
    [
      "a broken link",
      [actions(button({ url: "nowhere" }))],
      ["must be a valid URL [json-pointer:/blocks/0/elements/0/url]"],
    ],
    [
      "the same action twice",
      [actions(button({ action_id: "a" }), button({ action_id: "a" }))],
      ["`action_id` already exists [json-pointer:/blocks/0/elements/1/action_id]"],
    ],
    [
      "the same block twice",
      [
        { ...divider, block_id: "a" },
        { ...divider, block_id: "a" },
      ],
      ["`block_id` already exists [json-pointer:/blocks/1/block_id]"],
    ],
    [
      "two tables",
      many(2, () => ({ type: "table", rows: [[{ type: "raw_text", text: "x" }]] })),
      ["no more than 1 table allowed [json-pointer:/blocks]"],
    ],
    [
      "three charts",
      [bars, bars, bars],
      ["no more than 2 data visualizations allowed [json-pointer:/blocks]"],
    ],
    [
      "too much markdown",
      many(2, () => ({ type: "markdown", text: long(6001) })),
      ["must be less than 12001 characters of markdown [json-pointer:/blocks]"],
    ],
  ])("refuses %s", (_, blocks, problems) => {
    expect(blockProblems(blocks, "message")).toEqual(problems);
  });
});

describe("views", () => {
  const modal = { type: "modal", title: plain("Edit"), blocks: [divider] };
  const input = {
    type: "input",
    label: plain("Name"),
    element: { type: "plain_text_input", action_id: "name" },
  };

  test.each([
    ["a modal", modal],
    ["a modal of a hundred blocks", { ...modal, blocks: many(100, () => divider) }],
    ["a modal that asks", { ...modal, submit: plain("Save"), blocks: [input] }],
    ["a modal with empty metadata", { ...modal, private_metadata: "" }],
    ["a Home tab", { type: "home", blocks: [divider] }],
  ])("take %s", (_, view) => {
    expect(viewProblems(view)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ["no object", "x", "must provide an object [json-pointer:/view]"],
    ["a type of its own", { type: "page" }, "unsupported type: page [json-pointer:/view/type]"],
    [
      "no title",
      { type: "modal", blocks: [] },
      "missing required field: title [json-pointer:/view]",
    ],
    [
      "questions without a submit button",
      { ...modal, blocks: [input] },
      "missing required field: submit [json-pointer:/view]",
    ],
    [
      "a table in a modal",
      { ...modal, blocks: [{ type: "table", rows: [["x"]] }] },
      "unsupported type: table [json-pointer:/view/blocks/0/type]",
    ],
    [
      "a chart in the Home tab",
      { type: "home", blocks: [bars] },
      "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]",
    ],
    [
      "long metadata",
      { ...modal, private_metadata: long(3001) },
      "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ],
  ])("refuse %s", (_, view, problem) => {
    expect(viewProblems(view)).toContain(problem);
  });
});
