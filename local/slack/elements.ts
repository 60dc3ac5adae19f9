import { isRecord } from "./block-rules.ts";
import type { ConsoleAction } from "./console-api.ts";
import type { Block } from "./echo.ts";

/** What a person gave to one element. */
export type Given = Pick<ConsoleAction, "value" | "selectedOption">;

/** `state.values` in Slack's shape: block id → action id → what is chosen. */
export type Values = Record<string, Record<string, Record<string, unknown>>>;

/** Elements whose answer is a plain string, and the field that it goes by (docs.slack.dev, interaction payloads). */
const stringFields: Readonly<Record<string, string>> = {
  plain_text_input: "value",
  number_input: "value",
  email_text_input: "value",
  url_text_input: "value",
  datepicker: "selected_date",
  timepicker: "selected_time",
  users_select: "selected_user",
  conversations_select: "selected_conversation",
  channels_select: "selected_channel",
};

/** Elements with an answer of several options. */
const optionLists = new Set(["checkboxes", "multi_static_select"]);
/** Pressed, but without a place in `state`. */
const stateless = new Set(["button", "overflow", "image"]);

function elementsOf(block: Block): Block[] {
  const many = block.type === "actions" && Array.isArray(block.elements) ? block.elements : [];
  return [block.accessory, block.element, ...many].filter(isRecord);
}

/** The element that stands in these blocks under these ids. */
export function findElement(
  blocks: readonly Block[],
  { blockId, actionId }: Pick<ConsoleAction, "blockId" | "actionId">,
): Block | undefined {
  const block = blocks.find((one) => one.block_id === blockId);
  return block && elementsOf(block).find((element) => element.action_id === actionId);
}

function optionsOf(element: Block): Block[] {
  const grouped = Array.isArray(element.option_groups) ? element.option_groups : [];
  const lists = [element, ...grouped.filter(isRecord)].map(({ options }) => options);
  return lists.flatMap((options) => (Array.isArray(options) ? options.filter(isRecord) : []));
}

function chosen(element: Block, given: Given): Block | null {
  const { selectedOption } = given;
  if (!selectedOption) return null;
  const text = { type: "plain_text", text: selectedOption.text, emoji: true };
  const known = optionsOf(element).find(({ value }) => value === selectedOption.value);
  return known ?? { text, value: selectedOption.value };
}

/** What Slack says of an element's present choice, without its ids. */
export function answerOf(element: Block, given: Given): Block {
  const type = String(element.type);
  const field = stringFields[type];
  if (field) return { type, [field]: given.value ?? null };
  const option = chosen(element, given);
  return optionLists.has(type)
    ? { type, selected_options: option ? [option] : [] }
    : { type, selected_option: option };
}

/** The one entry of `actions` for a press or a choice; a button's value is what it was posted with unless given. */
export function toAction(element: Block, blockId: string, given: Given & { ts: string }): Block {
  const common = { action_id: element.action_id, block_id: blockId, action_ts: given.ts };
  if (element.type !== "button") return { ...answerOf(element, given), ...common };
  const value = given.value ?? element.value;
  return {
    type: "button",
    ...common,
    text: element.text,
    ...(value !== undefined && { value }),
    ...(element.style !== undefined && { style: element.style }),
  };
}

/** Where every element that keeps a choice stands, with what it was posted with. */
function initialAnswer(element: Block): Block {
  const type = String(element.type);
  const field = stringFields[type];
  if (field) {
    const initial = `initial_${field.replace("selected_", "")}`;
    return { type, [field]: element[initial] ?? null };
  }
  return optionLists.has(type)
    ? { type, selected_options: element.initial_options ?? [] }
    : { type, selected_option: element.initial_option ?? null };
}

/** `state.values` of a message or a view: initial choices, and over them what a person gave. */
export function stateOf(blocks: readonly Block[], given: Values): Values {
  const values: Values = {};
  for (const block of blocks) {
    const blockId = String(block.block_id);
    for (const element of elementsOf(block)) {
      if (stateless.has(String(element.type))) continue;
      const actionId = String(element.action_id);
      const answer = { ...initialAnswer(element), ...given[blockId]?.[actionId] };
      values[blockId] = { ...values[blockId], [actionId]: { ...answer, type: element.type } };
    }
  }
  return values;
}

/** Input blocks that must be filled and are not, with the words that Slack's client shows under them. */
export function missingInputs(blocks: readonly Block[], values: Values): Record<string, string> {
  const empty = blocks.filter((block) => {
    if (block.type !== "input" || block.optional === true) return false;
    const answers = Object.values(values[String(block.block_id)] ?? {});
    return answers.every(({ type, ...fields }) => Object.values(fields).every(isEmpty));
  });
  const words = "Please complete this required field.";
  return Object.fromEntries(empty.map((block) => [String(block.block_id), words]));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
