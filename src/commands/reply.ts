import type { Chart, Table } from "../domain/announcement.ts";
import type { Button, Text } from "../domain/text.ts";
import type { SiteView } from "../domain/view.ts";

/** One command of the help list. */
export type HelpEntry = { usage: string; summary: string; example: string };

/**
 * What a command answers, and only to the person who asked: sentences with buttons and figures, the site with or without its
 * controls (`only` limits it to some destinations), or the help list.
 */
export type Reply =
  | {
      kind: "lines";
      lines: readonly Text[];
      buttons: readonly Button[];
      table?: Table | null;
      chart?: Chart | null;
    }
  | { kind: "site"; view: SiteView; only: readonly string[] | null; controls: boolean }
  | { kind: "help"; entries: readonly HelpEntry[] };
