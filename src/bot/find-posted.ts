import type { Log } from "../manager/ports.ts";
import type { Mark, Posted } from "./slack.ts";
import { isRefused } from "./slack-failure.ts";

/** Marks a live card by its broadcast. */
export const cardMark = (broadcastId: string): Mark => ({
  type: "patchbay_card",
  payload: { broadcast_id: broadcastId },
});

/** Marks a message with lines of a story by their keys, one under the other. */
export const noticesMark = (broadcastId: string, keys: readonly string[]): Mark => ({
  type: "patchbay_notice",
  payload: { broadcast_id: broadcastId, key: keys.join("\n") },
});

/** Marks an announcement by its key. */
export const announcementMark = (key: string): Mark => ({
  type: "patchbay_announcement",
  payload: { key },
});

/** True when the message carries this mark. */
export const carries = ({ mark }: Posted, wanted: Mark): boolean =>
  mark !== null &&
  mark.type === wanted.type &&
  Object.entries(wanted.payload).every(([name, value]) => mark.payload[name] === value);

/** True when this line of a story is one of those that the message tells. */
export const tells = ({ mark }: Posted, broadcastId: string, key: string): boolean =>
  mark?.type === "patchbay_notice" &&
  mark.payload.broadcast_id === broadcastId &&
  mark.payload.key?.split("\n").includes(key) === true;

/**
 * What `read` finds. An app without a history scope cannot look: then nothing is found, and a lost answer may cost one
 * message posted twice.
 */
export async function lookUp(read: () => Promise<Posted[]>, log: Log): Promise<Posted[]> {
  try {
    return await read();
  } catch (error) {
    if (!isRefused(error)) throw error;
    log.warn("lookup-refused", { reason: error instanceof Error ? error.message : "" });
    return [];
  }
}
