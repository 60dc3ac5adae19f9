import type { Content } from "../../domain/announcement.ts";
import { type Block, limits, type Message, section } from "./blocks.ts";
import { toButton } from "./button.ts";
import { chartAsTable, toChartBlock } from "./chart.ts";
import { fitRows, inActions, messageRoom, sizeOf } from "./fit.ts";
import { paragraphs, toFallback } from "./paragraphs.ts";
import { toTableBlock, toTableLines } from "./table.ts";
import type { Moment } from "./text.ts";
import { escapeMarkup } from "./words.ts";

/** What the conversation is told, with its table and its chart drawn by Slack. */
export function toAnnouncement(content: Content, moment: Moment): Message {
  const chart = content.chart === null ? null : toChartBlock(content.chart);
  const drawn: Block[] = chart === null ? [] : [chart];
  const undrawn = content.chart !== null && chart === null ? toCode(content, "chart") : [];
  const around = [...drawn, ...undrawn, ...buttonsOf(content, moment)];
  const room = messageRoom.bytes - sizeOf([...paragraphs(content.lines, moment), ...around]);
  const table = content.table === null ? null : toTableBlock(content.table, room - 100);
  return {
    text: fallback(content, moment),
    blocks: inRoom(content, moment, [...drawn, ...undrawn, ...(table === null ? [] : [table])]),
  };
}

/** The same in words alone, for a workspace that refuses tables or charts. */
export const toPlainAnnouncement = (content: Content, moment: Moment): Message => ({
  text: fallback(content, moment),
  blocks: inRoom(content, moment, toCode(content, content.table === null ? "chart" : "table")),
});

function inRoom(content: Content, moment: Moment, data: Block[]): Block[] {
  const tail = [...data, ...buttonsOf(content, moment)];
  return fitRows({ head: [], rows: paragraphs(content.lines, moment), tail }, messageRoom);
}

const buttonsOf = ({ buttons }: Content, moment: Moment): Block[] =>
  inActions(
    buttons
      .slice(0, limits.actions)
      .flatMap((each, index) => toButton({ seen: null, ...each }, String(index), moment) ?? []),
  );

function tableOf({ table, chart }: Content, which: "table" | "chart") {
  if (which === "table") return table;
  return chart === null ? null : chartAsTable(chart);
}

function toCode(content: Content, which: "table" | "chart"): Block[] {
  const table = tableOf(content, which);
  if (table === null) return [];
  return [section(`\`\`\`\n${toCodeLines(toTableLines(table)).join("\n")}\n\`\`\``)];
}

/** As many lines as fit into a section between their fences. */
function toCodeLines(lines: readonly string[]): string[] {
  let room = limits.section - 10;
  return lines
    .map((line) => escapeMarkup(line.replaceAll("`", "'")))
    .filter((line) => {
      room -= line.length + 1;
      return room >= 0;
    });
}

function fallback(content: Content, moment: Moment): string {
  const table = tableOf(content, content.table === null ? "chart" : "table");
  const title = content.chart === null ? [] : [[content.chart.title]];
  const rows = table === null ? [] : toTableLines(table).map((line) => [line]);
  return toFallback([...content.lines, ...title, ...rows], moment);
}
