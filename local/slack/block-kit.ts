import {
  anything,
  both,
  byType,
  type Fields,
  flag,
  isRecord,
  list,
  nested,
  number,
  object,
  oneOf,
  problem,
  type Rule,
  text,
  webAddress,
} from "./block-rules.ts";
import { cellCharacters, chart, richText, table } from "./data-blocks.ts";

/** Where blocks can stand; each allows other ones (docs.slack.dev, Block Kit reference). */
export type Surface = "message" | "modal" | "home";

const id = text(255);
const url = both(webAddress, text(3000));
const texts = (max: number): Fields => ({
  plain_text: object({ text: text(max) }, { emoji: flag }),
  mrkdwn: object({ text: text(max) }, { verbatim: flag }),
});
const anyText = (max: number) => nested(byType(texts(max)));
const plainText = (max: number) =>
  nested(byType({ plain_text: object({ text: text(max) }, { emoji: flag }) }));

const confirm = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf("primary", "danger") },
);
const option = object(
  { text: anyText(75), value: text(150) },
  { description: anyText(75), url: text(3000) },
);
const optionGroup = object({ label: plainText(75), options: list(option, 1, 100) });
const common: Fields = { action_id: id, confirm, focus_on_load: flag };
const withPlaceholder: Fields = { ...common, placeholder: plainText(150) };
const several: Fields = { max_selected_items: number(1, 100) };
const choices: Fields = {
  ...withPlaceholder,
  options: list(option, 1, 100),
  option_groups: list(optionGroup, 1, 100),
};
const chat: Fields = {
  ...withPlaceholder,
  default_to_current_conversation: flag,
  response_url_enabled: flag,
  filter: anything,
};
const written: Fields = {
  ...withPlaceholder,
  initial_value: text(3000),
  dispatch_action_config: anything,
};

const image = object(
  { alt_text: text(2000) },
  { image_url: url, slack_file: anything, title: plainText(2000) },
);
const button = object(
  { text: plainText(75) },
  {
    action_id: id,
    confirm,
    url,
    value: text(2000),
    style: oneOf("primary", "danger"),
    accessibility_label: text(75),
  },
);

const pickers: Fields = {
  static_select: object({}, { ...choices, initial_option: option }),
  multi_static_select: object(
    {},
    { ...choices, ...several, initial_options: list(option, 1, 100) },
  ),
  external_select: object(
    {},
    { ...withPlaceholder, initial_option: option, min_query_length: number(0, 100) },
  ),
  users_select: object({}, { ...withPlaceholder, initial_user: id }),
  conversations_select: object({}, { ...chat, initial_conversation: id }),
  channels_select: object({}, { ...chat, initial_channel: id }),
  checkboxes: object(
    { options: list(option, 1, 10) },
    { ...common, initial_options: list(option, 1, 10) },
  ),
  radio_buttons: object({ options: list(option, 1, 10) }, { ...common, initial_option: option }),
  datepicker: object({}, { ...withPlaceholder, initial_date: text(10) }),
  timepicker: object({}, { ...withPlaceholder, initial_time: text(5), timezone: text(64) }),
  datetimepicker: object({}, { ...common, initial_date_time: number(0, 9_999_999_999) }),
};
const pressable: Fields = {
  ...pickers,
  button,
  overflow: object({ options: list(option, 1, 5) }, common),
};
const inputs: Fields = {
  ...pickers,
  plain_text_input: object(
    {},
    { ...written, multiline: flag, min_length: number(0, 3000), max_length: number(1, 3000) },
  ),
  number_input: object(
    { is_decimal_allowed: flag },
    { ...written, min_value: text(30), max_value: text(30) },
  ),
  email_text_input: object({}, written),
  url_text_input: object({}, written),
  file_input: object(
    {},
    { action_id: id, filetypes: list(text(20), 1, 100), max_files: number(1, 10) },
  ),
};

/** Slack asks for one of the two, and names the block's type as the place of the mistake. */
const textOrFields: Rule = (value, at) =>
  isRecord(value) && value.text === undefined && value.fields === undefined
    ? [problem("must define either `text` or `fields`", `${at}/type`)]
    : [];

const block = (required: Fields, optional: Fields = {}) =>
  object(required, { block_id: id, ...optional });

/** Every block that this Slack knows, with its limits; what Slack has and this table has not is an unsupported type. */
const blockRules: Fields = {
  section: both(
    textOrFields,
    block(
      {},
      {
        text: anyText(3000),
        fields: list(anyText(2000), 1, 10),
        accessory: byType({ ...pressable, image }),
        expand: flag,
      },
    ),
  ),
  header: block({ text: plainText(150) }),
  context: block({ elements: list(byType({ ...texts(2000), image }), 1, 10) }),
  actions: block({ elements: list(byType(pressable), 1, 25) }),
  divider: block({}),
  image: block(
    { alt_text: text(2000) },
    { image_url: url, slack_file: anything, title: plainText(2000) },
  ),
  input: block(
    { label: plainText(2000), element: byType(inputs) },
    { hint: plainText(2000), optional: flag, dispatch_action: flag },
  ),
  rich_text: block(richText),
  markdown: block({ text: text(12_000) }),
  table: block(table.required, table.optional),
  data_visualization: block({ title: text(50), chart }),
};

const notIn: Record<Surface, readonly string[]> = {
  message: [],
  modal: ["data_visualization", "markdown", "table"],
  home: ["data_visualization", "markdown", "table"],
};
const maxBlocks: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

function rulesOn(surface: Surface): Fields {
  return Object.fromEntries(
    Object.entries(blockRules).filter(([type]) => !notIn[surface].includes(type)),
  );
}

const rules: Record<Surface, Rule> = {
  message: list(byType(rulesOn("message")), 0, maxBlocks.message),
  modal: list(byType(rulesOn("modal")), 0, maxBlocks.modal),
  home: list(byType(rulesOn("home")), 0, maxBlocks.home),
};

/** Each id may stand once: block ids in the whole list, action ids in their block. */
function repeatedIds(blocks: readonly unknown[], at: string): string[] {
  const seen = new Set<unknown>();
  return blocks.filter(isRecord).flatMap((entry, index) => {
    const again = entry.block_id !== undefined && seen.has(entry.block_id);
    seen.add(entry.block_id);
    const here = again ? [problem("`block_id` already exists", `${at}/${index}/block_id`)] : [];
    const elements = Array.isArray(entry.elements) ? entry.elements.filter(isRecord) : [];
    const ids = elements.map((element) => element.action_id).filter((name) => name !== undefined);
    const twice = ids.findIndex((name, place) => ids.indexOf(name) !== place);
    const where = `${at}/${index}/elements/${twice}/action_id`;
    return twice < 0 ? here : [...here, problem("`action_id` already exists", where)];
  });
}

/** One table of 10 000 characters and two charts a message, and 12 000 characters of markdown in all. */
function tooMuch(blocks: readonly unknown[], at: string): string[] {
  const of = (type: string) => blocks.filter(isRecord).filter((entry) => entry.type === type);
  const inCells = of("table").reduce((sum, entry) => sum + cellCharacters(entry.rows), 0);
  const written = of("markdown").reduce((sum, entry) => sum + String(entry.text).length, 0);
  return [
    ...(of("table").length > 1 ? [problem("no more than 1 table allowed", at)] : []),
    ...(of("data_visualization").length > 2
      ? [problem("no more than 2 data visualizations allowed", at)]
      : []),
    ...(inCells > 10_000 ? [problem("must be less than 10001 characters in tables", at)] : []),
    ...(written > 12_000 ? [problem("must be less than 12001 characters of markdown", at)] : []),
  ];
}

/** Says what Slack would refuse in a list of blocks; empty when it is fine. */
export function blockProblems(blocks: unknown, surface: Surface, at = "/blocks"): string[] {
  const wrong = rules[surface](blocks, at);
  if (wrong.length > 0 || !Array.isArray(blocks)) return wrong;
  return [...repeatedIds(blocks, at), ...tooMuch(blocks, at)];
}

const viewFields: Fields = {
  blocks: anything,
  private_metadata: text(3000, 0),
  callback_id: text(255, 0),
  external_id: text(255, 0),
};
const modal = object(
  { title: plainText(24), blocks: anything },
  {
    ...viewFields,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
);
const home = object({ blocks: anything }, viewFields);

/** Says what Slack would refuse in a view. */
export function viewProblems(view: unknown): string[] {
  const wrong = byType({ modal, home })(view, "/view");
  if (!isRecord(view) || (view.type !== "modal" && view.type !== "home")) return wrong;
  const inBlocks = blockProblems(view.blocks, view.type, "/view/blocks");
  const asks =
    Array.isArray(view.blocks) && view.blocks.some((b) => isRecord(b) && b.type === "input");
  const noSubmit = view.type === "modal" && asks && view.submit === undefined;
  return [
    ...wrong,
    ...inBlocks,
    ...(noSubmit ? [problem("missing required field: submit", "/view")] : []),
  ];
}
