import type { KeptAnnouncement } from "../domain/announcement.ts";
import type { Log } from "../manager/ports.ts";
import { lookUp } from "./find-posted.ts";
import type { TurnSlack } from "./in-turn.ts";
import { isRefused, isUnsure } from "./slack-failure.ts";
import type { Place } from "./spoken.ts";

type Needs = { slack: Pick<TurnSlack, "share" | "replies">; log: Log };

/** Nobody knows whether a file is there; messages take another way, and may go on. */
class FileNotSent extends Error {
  override readonly name = "FileNotSent";
  override readonly message = "Slack did not say that it has the file";
}

/**
 * Puts the announcement's file into its thread once: one of that name that is there already may be the upload whose
 * answer was lost, and then it throws, to be repeated. Where Slack refuses files the announcement stands without.
 */
export async function attach(
  { key, at, content: { file } }: KeptAnnouncement,
  { conversationId, threadTs, messageTs }: Place & { messageTs: string },
  { slack, log }: Needs,
): Promise<void> {
  if (file === null || file.words === "" || messageTs === "") return;
  const thread = { conversationId, ts: threadTs ?? messageTs };
  const there = await lookUp(() => slack.replies(thread, at), log);
  if (there.some(({ files }) => files.includes(file.name))) return;
  try {
    const alt = `${file.title}: ${file.name}`;
    await slack.share({ conversationId, threadTs: thread.ts, file: { ...file, alt } });
  } catch (error) {
    if (isUnsure(error)) throw new FileNotSent();
    if (!isRefused(error)) throw error;
    const needsScope = isRefused(error, "missing_scope");
    const advice = needsScope ? "give the Slack app the scope files:write" : undefined;
    log.warn("file-refused", { key, reason: String(error), advice });
  }
}
