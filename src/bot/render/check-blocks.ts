import type { types } from "@slack/bolt";
import { type Block, limits } from "./blocks.ts";
import { type Room, sizeOf } from "./fit.ts";

/** Says what Slack would refuse, in the words of the log; empty when the blocks may be sent. */
export function checkBlocks(blocks: readonly Block[], room: Room): string[] {
  return [
    ...within("blocks", blocks.length, room.blocks),
    ...within("bytes", sizeOf(blocks), room.bytes),
    ...blocks.flatMap((block, index) =>
      checkBlock(block).map((wrong) => `block ${index}: ${wrong}`),
    ),
  ];
}

function checkBlock(block: Block): string[] {
  switch (block.type) {
    case "header":
      return words("header", block.text.text, limits.header);
    case "section":
      return [
        ...words("section", block.text?.text ?? "", limits.section),
        ...(block.accessory?.type === "button" ? checkButton(block.accessory) : []),
      ];
    case "context":
      return [
        ...within("context elements", block.elements.length, limits.contextElements),
        ...block.elements.flatMap((each) =>
          each.type === "image" ? [] : words("context", each.text, limits.contextText),
        ),
      ];
    case "actions":
      return checkActions(block.elements);
    case "table":
      return within("table rows", block.rows.length, limits.tableRows);
    case "data_visualization":
      return words("chart title", block.title, limits.chartTitle);
    case "divider":
      return [];
  }
}

function checkActions(elements: types.ActionsBlock["elements"]): string[] {
  const buttons = elements.flatMap((each) => (each.type === "button" ? [each] : []));
  const ids = new Set(buttons.map(({ action_id }) => action_id));
  return [
    ...within("actions", elements.length, limits.actions),
    ...(elements.length === 0 ? ["no actions"] : []),
    ...(ids.size < buttons.length ? ["an action_id stands twice"] : []),
    ...buttons.flatMap(checkButton),
  ];
}

function checkButton({ text, value, action_id, accessibility_label, confirm }: types.Button) {
  return [
    ...words("button", text.text, limits.button),
    ...words("action_id", action_id ?? "", limits.actionId),
    ...within("button value", value?.length ?? 0, limits.buttonValue),
    ...within("accessibility label", accessibility_label?.length ?? 0, limits.accessibilityLabel),
    ...(confirm ? checkDialog(confirm) : []),
  ];
}

const checkDialog = ({ title, text, confirm, deny }: types.ConfirmationDialog): string[] => [
  ...words("confirm title", title?.text ?? "", limits.confirmTitle),
  ...words("confirm text", text.text, limits.confirmText),
  ...words("confirm button", confirm?.text ?? "", limits.confirmButton),
  ...words("deny button", deny?.text ?? "", limits.confirmButton),
];

const words = (name: string, text: string, max: number): string[] =>
  text.trim() === "" ? [`${name} is empty`] : within(name, text.length, max);

const within = (name: string, size: number, max: number): string[] =>
  size > max ? [`${name}: ${size} is more than ${max}`] : [];
