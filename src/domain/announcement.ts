import type { Button, Text } from "./text.ts";

/** Rows of plain words; columns of figures are aligned to the right. */
export type Table = {
  columns: readonly { title: string; figures: boolean }[];
  rows: readonly (readonly string[])[];
};

/** Figures to draw: one value for each label and series; `unit` says what they are ("USD", "h"). */
export type Chart = {
  title: string;
  kind: "bar" | "line" | "area";
  unit: string;
  labels: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
};

/** A small text file to attach. */
export type TextFile = { name: string; title: string; words: string };

export type Content = {
  lines: readonly Text[];
  buttons: readonly Button[];
  table: Table | null;
  chart: Chart | null;
  file: TextFile | null;
};

/**
 * Something that the site's conversation is told once, whatever happens. `key` is the same for the same fact, so that
 * neither a restart nor a second process tells it twice; an `open` one asks something and stands until it is closed.
 */
export type Announcement = {
  key: string;
  at: Date;
  /** Under this broadcast's card; null for a message of its own. */
  broadcastId: string | null;
  /** A line in a thread that the conversation hears of too. */
  loud: boolean;
  destinationId: string | null;
  open: boolean;
  content: Content;
};

/** A message of its own about no one destination; unless it says otherwise it is quiet and asks nothing. */
export const siteMessage = (
  own: Pick<Announcement, "key" | "at" | "content"> & Partial<Pick<Announcement, "loud" | "open">>,
): Announcement => ({ broadcastId: null, loud: false, destinationId: null, open: false, ...own });

/** Where an announcement stands in Slack, and which revision of it is shown there. */
export type Shown = { conversationId: string; messageTs: string; revision: number };

/** An announcement as it is kept; `revision` grows with each change of what it says. */
export type KeptAnnouncement = Announcement & { revision: number; shown: Shown | null };

/** Content that is only sentences, with the buttons under them. */
export const saying = (lines: readonly Text[], buttons: readonly Button[] = []): Content => ({
  lines,
  buttons,
  table: null,
  chart: null,
  file: null,
});
