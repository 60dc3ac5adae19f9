import { s } from "./svg.js";

/** Shapes that stand beside a word, never instead of it. */
const shapes = {
  hash: "M6 2.5 4.5 13.5 M11.5 2.5 10 13.5 M2.5 6h11.5 M2 10h11.5",
  home: "M2.5 7.2 8 2.6l5.5 4.6 M4 6.5v7h8v-7 M6.8 13.5V9.8h2.4v3.7",
  world:
    "M1.8 8h2.4 M11.8 8h2.4 M8 4.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z M8 7a1 1 0 1 0 0 2 1 1 0 0 0 0-2z",
  send: "M8 13V3 M3.8 7.2 8 3l4.2 4.2",
  close: "M3.8 3.8l8.4 8.4 M12.2 3.8l-8.4 8.4",
  more: "M3.4 8h.01 M8 8h.01 M12.6 8h.01",
  chevron: "M4 6.2 8 10.2l4-4",
  eye: "M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8z M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  warn: "M8 2.4 14.3 13.4H1.7z M8 6.6v3 M8 11.5h.01",
  info: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z M8 7.4v3.4 M8 5.2h.01",
  check: "M3 8.6 6.4 12 13 4.8",
  file: "M4 1.8h5l3.2 3.2v9.2H4z M8.8 2v3.4h3.4 M6.2 8.4h3.8 M6.2 11h3.8",
  download: "M8 2.4v7.4 M4.8 6.8 8 10l3.2-3.2 M3 13.2h10",
  reply: "M6.2 4 2.4 7.8l3.8 3.8 M2.6 7.8h6.2c2.8 0 4.6 1.6 4.8 4.4",
};

/** One line icon at text size, hidden from screen readers. @param {keyof typeof shapes} name */
export function icon(name) {
  const box = { viewBox: "0 0 16 16", class: `icon icon-${name}`, "aria-hidden": true };
  return s("svg", box, s("path", { d: shapes[name] }));
}
