import type { types } from "@slack/bolt";
import type { Table } from "../../domain/announcement.ts";
import { limits } from "./blocks.ts";
import { oneLine, shorten } from "./words.ts";

const longestCell = 200;

/** Slack refuses an empty cell (vellum-assistant#36219). */
const cell = (words: string): types.RawTextElement => ({
  type: "raw_text",
  text: shorten(oneLine(words), longestCell).trim() || " ",
});

/** A table of as many rows as fit into so many bytes of JSON; figures stand to the right, and words make room for them. */
export function toTableBlock({ columns, rows }: Table, bytes: number): types.TableBlock | null {
  const shown = columns.slice(0, limits.tableColumns);
  if (shown.length === 0) return null;
  const block: types.TableBlock = {
    type: "table",
    column_settings: shown.map(({ figures }) =>
      figures ? { align: "right" } : { align: "left", is_wrapped: true },
    ),
    rows: [shown.map(({ title }) => cell(title))],
  };
  let size = Buffer.byteLength(JSON.stringify(block));
  for (const row of rows.slice(0, limits.tableRows - 1)) {
    const cells = shown.map((_, index) => cell(row[index] ?? ""));
    size += Buffer.byteLength(JSON.stringify(cells)) + 1;
    if (size > bytes) break;
    block.rows.push(cells);
  }
  return block;
}

/** The same in lines of equal columns, for readers without tables. */
export function toTableLines({ columns, rows }: Table): string[] {
  const shown = columns.slice(0, limits.tableColumns);
  const words = [shown.map(({ title }) => title), ...rows].map((row) =>
    shown.map((_, index) => shorten(oneLine(row[index] ?? ""), longestCell).trim()),
  );
  const widths = shown.map((_, index) => Math.max(...words.map((row) => row[index]?.length ?? 0)));
  const aligned = (word: string, index: number) =>
    shown[index]?.figures ? word.padStart(widths[index] ?? 0) : word.padEnd(widths[index] ?? 0);
  return words.map((row) => row.map(aligned).join("  ").trimEnd());
}
