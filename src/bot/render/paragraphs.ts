import type { Text } from "../../domain/text.ts";
import { type Block, limits, section } from "./blocks.ts";
import { type Moment, toMrkdwn, toWords } from "./text.ts";
import { escapeMarkup, shorten } from "./words.ts";

/** Lines one under the other, in as few sections as they fit into. */
export function paragraphs(lines: readonly Text[], moment: Moment): Block[] {
  const sections: string[] = [];
  for (const line of lines) {
    const written = toMrkdwn(line, moment, limits.section);
    const last = sections.at(-1);
    const joined = last === undefined ? written : `${last}\n${written}`;
    if (last === undefined || joined.length > limits.section) sections.push(written);
    else sections[sections.length - 1] = joined;
  }
  return sections.filter((words) => words.trim() !== "").map((words) => section(words));
}

/** The lines as one text, for notifications and screen readers. */
export const toFallback = (lines: readonly Text[], moment: Moment): string => {
  const words = lines.map((line) => toWords(line, moment)).join("\n");
  return escapeMarkup(shorten(words, limits.messageText)) || "Done.";
};
