/** One cell and what ends it: in quotes, where two quotes stand for one, or plain (RFC 4180). */
const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Reads at most `max` rows of a CSV; what is no CSV ends where it is broken. */
export function firstRows(text: string, max: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  cell.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
  while (rows.length < max && (cell.lastIndex < text.length || row.length > 0)) {
    const found = cell.exec(text);
    if (!found) return rows;
    const [, quoted, plain = "", end] = found;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
