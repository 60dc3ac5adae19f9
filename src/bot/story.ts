import type { Notice } from "../domain/broadcast.ts";
import type { SiteView } from "../domain/view.ts";
import type { Broadcasts, Log } from "../manager/ports.ts";
import { noticesMark, tells } from "./find-posted.ts";
import type { TurnSlack } from "./in-turn.ts";
import { isLoud } from "./render/notice.ts";
import { toStoryLines } from "./render/story-lines.ts";
import { isForGood } from "./retrying.ts";
import type { Posted } from "./slack.ts";
import { isUnsure } from "./slack-failure.ts";
import type { Place, Spoken } from "./spoken.ts";

/** Lines of one story, and the thread that they belong to. */
export type Telling = {
  lines: readonly [Notice, ...Notice[]];
  thread: Place & { threadTs: string };
  view: SiteView;
};

type Needs = {
  slack: Pick<TurnSlack, "post">;
  spoken: Spoken;
  broadcasts: Pick<Broadcasts, "told">;
  log: Log;
};

/**
 * Says lines of a story in one message, but for those that stand there already, and notes that they are told. Throws
 * when Slack or the store fails.
 */
export async function tellLines({ lines, thread, view }: Telling, needs: Needs): Promise<void> {
  const { spoken, broadcasts } = needs;
  const there = await spoken.in(thread, lines[0].at);
  const [first, ...others] = lines.filter(
    ({ broadcastId, key }) => !there.some((each) => tells(each, broadcastId, key)),
  );
  if (first !== undefined) {
    const posted = await post({ lines: [first, ...others], thread, view }, needs);
    if (posted !== null) spoken.add(thread, posted);
  }
  for (const { broadcastId, key } of lines) await broadcasts.told(broadcastId, key);
}

/** Where the lines stand now; null for those that Slack will never take, which the log then tells. */
async function post({ lines, thread, view }: Telling, needs: Needs): Promise<Posted | null> {
  const { slack, spoken, log } = needs;
  const keys = lines.map(({ key }) => key);
  const mark = noticesMark(lines[0].broadcastId, keys);
  try {
    const ts = await slack.post({
      conversationId: thread.conversationId,
      message: toStoryLines(lines, view),
      mark,
      thread: { ts: thread.threadTs, loud: lines.some(isLoud) },
    });
    return { ts, mark, files: [] };
  } catch (error) {
    if (isUnsure(error)) spoken.forget();
    if (!isForGood(error)) throw error;
    log.error("story-lines-refused", { keys: keys.join(" "), reason: String(error) });
    return null;
  }
}
