import { h } from "./dom.js";
import { icon } from "./icons.js";
import { dataTable } from "./table.js";

/** @typedef {import("../console-api.ts").ConsoleFile} ConsoleFile */

/** A file below a message: what it is, its first rows where it has some, and the way to have it. @param {ConsoleFile} file */
export function drawFile(file) {
  return h(
    "div",
    { class: "file", "data-key": `file ${file.id}` },
    h(
      "div",
      { class: "file-row" },
      icon("file"),
      h(
        "div",
        { class: "file-name" },
        h("strong", {}, file.title),
        h(
          "span",
          {},
          [file.title === file.name ? null : file.name, file.kind, sizeOf(file.size)]
            .filter(Boolean)
            .join(" · "),
        ),
      ),
      h(
        "a",
        {
          class: "button button-plain",
          href: file.path,
          download: file.name,
          "aria-label": `Download ${file.name}`,
        },
        icon("download"),
        h("span", {}, "Download"),
      ),
    ),
    file.preview && preview(file.name, file.preview),
  );
}

/** @param {string} name @param {NonNullable<ConsoleFile["preview"]>} preview */
function preview(name, { head, rows, hasMore }) {
  const text = (/** @type {string} */ value) => [document.createTextNode(value)];
  const isFigures = (/** @type {number} */ column) =>
    rows.length > 0 && rows.every((cells) => /^-?[\d.,]*$/.test(cells[column] ?? ""));
  return h(
    "div",
    { class: "file-preview" },
    dataTable({
      label: `First rows of ${name}`,
      head: head.map(text),
      rows: rows.map((cells) => cells.map(text)),
      classOf: (column) => (isFigures(column) ? "align-right" : "align-left"),
    }),
    hasMore && h("p", { class: "file-more" }, "More rows are in the file."),
  );
}

/** "640 bytes", "12.4 KB". @param {number} bytes */
function sizeOf(bytes) {
  if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "KB"] : [bytes / 1e6, "MB"];
  return `${Number(value.toFixed(1))} ${unit}`;
}
