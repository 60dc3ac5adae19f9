import type { types } from "@slack/bolt";
import type { Button } from "../../domain/text.ts";
import { limits, plainText } from "./blocks.ts";
import { type Moment, toWords } from "./text.ts";
import { oneLine, shorten } from "./words.ts";

/** A button as it is drawn: the command that it sends, and the intents that it was drawn for. */
export type DrawnButton = Button & {
  seen: string | null;
  /** Read out instead of the label: "Stop YouTube". */
  spoken?: string;
};

/** What a button carries to and fro. It is no secret and no permission: it comes back from outside. */
export type ButtonValue = { c: string; seen: string | null; ok?: true };

const plain = (words: string, max: number) => plainText(shorten(oneLine(words), max));

/** One Block Kit button; null for a command that is too long to carry. `id` is unique in its block. */
export function toButton(button: DrawnButton, id: string, moment: Moment): types.Button | null {
  const { label, command, style, confirm, asked, seen, spoken } = button;
  const value: ButtonValue = { c: command, seen, ...((confirm || asked) && { ok: true }) };
  const json = JSON.stringify(value);
  if (json.length > limits.buttonValue) return null;
  return {
    type: "button",
    action_id: `run:${id}`,
    text: plain(label, limits.button),
    value: json,
    ...(style && { style }),
    ...(confirm && { confirm: toDialog(confirm, style, moment) }),
    accessibility_label: shorten(oneLine(spoken ?? label), limits.accessibilityLabel),
  };
}

function toDialog(
  confirm: NonNullable<Button["confirm"]>,
  style: Button["style"],
  moment: Moment,
): types.ConfirmationDialog {
  return {
    title: plain(confirm.title, limits.confirmTitle),
    text: plain(toWords(confirm.text, moment), limits.confirmText),
    confirm: plain(confirm.yes, limits.confirmButton),
    deny: plainText("Cancel"),
    ...(style && { style }),
  };
}
