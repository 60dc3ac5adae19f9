import type { Reply } from "../../commands/reply.ts";
import { mayDo, type Role } from "../../domain/role.ts";
import type { Text } from "../../domain/text.ts";
import { toAnnouncement, toPlainAnnouncement } from "./announcement.ts";
import { limits, type Message } from "./blocks.ts";
import { toButton } from "./button.ts";
import type { LeaseRule } from "./destination-buttons.ts";
import { fitRows, inActions, messageRoom, type Room } from "./fit.ts";
import { paragraphs, toFallback } from "./paragraphs.ts";
import { toSiteMessage } from "./site.ts";
import type { Moment } from "./text.ts";

/** What a reply is drawn with, and for whom: who may not start or stop gets no button that would be refused. */
export type Drawing = LeaseRule & { moment: Moment; room: Room; role: Role };

/** Draws what a command answers. */
export function toMessage(reply: Reply, drawing: Drawing): Message {
  switch (reply.kind) {
    case "lines":
      return reply.table || reply.chart
        ? figuresMessage(reply, drawing)
        : linesMessage(reply.lines, reply.buttons, drawing);
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

/** Sentences with a table or a chart, which stand in messages only; elsewhere, and where Slack refuses them, in words. */
function figuresMessage(
  { lines, buttons, table = null, chart = null }: Extract<Reply, { kind: "lines" }>,
  { moment, room }: Drawing,
): Message {
  const content = { lines, buttons, table, chart, file: null };
  const plain = toPlainAnnouncement(content, moment);
  return room === messageRoom ? { ...toAnnouncement(content, moment), plain } : plain;
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
