import type { Notice } from "../../domain/broadcast.ts";
import type { SiteView } from "../../domain/view.ts";
import type { Message } from "./blocks.ts";
import { toStoryLine } from "./notice.ts";

/** Lines of a story one under the other in one message. */
export function toStoryLines(notices: readonly Notice[], view: SiteView): Message {
  const lines = notices.map((notice) => toStoryLine(notice, view));
  return {
    text: lines.map(({ text }) => text).join("\n"),
    blocks: lines.flatMap(({ blocks }) => blocks),
  };
}
