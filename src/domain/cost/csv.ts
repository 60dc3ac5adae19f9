/** A cell of a table: words that somebody may have typed, or a figure of ours. */
export type Cell = string | number;

/** Words that a spreadsheet would run as a formula. */
const formula = /^[\s\u200b\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A table as RFC 4180 wants it, header first; words that look like a formula begin with an apostrophe. */
export const toCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cellWords).join(",")}\r\n`).join("");

function cellWords(cell: Cell): string {
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const words = (formula.test(cell) ? `'${cell}` : cell).replaceAll("\0", "");
  return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}
