import type { Reply } from "../../commands/reply.ts";
import { mayDo, type Role } from "../../domain/role.ts";
import type { Text } from "../../domain/text.ts";
import { type Block, limits, type Message, section } from "./blocks.ts";
import { toButton } from "./button.ts";
import type { LeaseRule } from "./destination-buttons.ts";
import { fitRows, inActions, type Room } from "./fit.ts";
import { toSiteMessage } from "./site.ts";
import { type Moment, toMrkdwn, toWords } from "./text.ts";
import { escapeMarkup, shorten } from "./words.ts";

/** What a reply is drawn with, and for whom: who may not start or stop gets no button that would be refused. */
export type Drawing = LeaseRule & { moment: Moment; room: Room; role: Role };

/** Draws what a command answers. */
export function toMessage(reply: Reply, drawing: Drawing): Message {
  switch (reply.kind) {
    case "lines":
      return linesMessage(reply.lines, reply.buttons, drawing);
    case "site": {
      const { view, only } = reply;
      const controls = reply.controls && mayDo(drawing.role, "operator");
      const controlsForAll = controls && only === null;
      const advice = reply.controls && !controls ? "Ask an operator to start or stop." : null;
      return toSiteMessage(view, { only, controls, controlsForAll, advice }, drawing);
    }
    case "help":
      return helpMessage(reply.entries, drawing);
  }
}

/** Sentences with buttons under them. */
export function linesMessage(
  lines: readonly Text[],
  buttons: Extract<Reply, { kind: "lines" }>["buttons"],
  { moment, room }: Pick<Drawing, "moment" | "room">,
): Message {
  const drawn = buttons
    .slice(0, 2 * limits.actions)
    .flatMap((button, index) => toButton({ seen: null, ...button }, String(index), moment) ?? []);
  return {
    text: toFallback(lines, moment),
    blocks: fitRows({ head: [], rows: paragraphs(lines, moment), tail: inActions(drawn) }, room),
  };
}

function helpMessage(
  entries: Extract<Reply, { kind: "help" }>["entries"],
  { moment, room }: Drawing,
): Message {
  const rows = entries.flatMap(({ usage, summary, example }) => {
    const shown: Text = example === usage ? [] : [". For example ", { code: example }];
    return paragraphs([[{ code: usage }], [summary, ...shown]], moment);
  });
  const lines = entries.map(({ usage, summary }): Text => [{ code: usage }, `: ${summary}`]);
  return { text: toFallback(lines, moment), blocks: fitRows({ head: [], rows, tail: [] }, room) };
}

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
