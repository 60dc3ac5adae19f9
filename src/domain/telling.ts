import type { Announcement, Content, KeptAnnouncement } from "./announcement.ts";
import { saying } from "./announcement.ts";
import type { Text } from "./text.ts";

/** What a live announcement says from now on, in its place. */
export type Amendment = { read: KeptAnnouncement; content: Content; open: boolean };

/** What a rule wants people to hear: what is new, and what has become of what they were told before. */
export type Telling = { say: readonly Announcement[]; amend: readonly Amendment[] };

/** A last word in the place of a question that is over. */
export const closing = (read: KeptAnnouncement, lines: readonly Text[]): Amendment => ({
  read,
  content: saying(lines),
  open: false,
});

/** The open announcements whose key begins so, oldest first. */
export const openOf = (live: readonly KeptAnnouncement[], prefix: string): KeptAnnouncement[] =>
  live.filter(({ key, open }) => open && key.startsWith(prefix));

/** True when two contents read the same and offer the same; their tables, charts and files are not compared. */
export const readsAlike = (left: Content, right: Content): boolean =>
  wordsOf(left) === wordsOf(right);

const wordsOf = ({ lines, buttons }: Content): string =>
  JSON.stringify([lines, buttons.map(({ label, command }) => [label, command])]);
