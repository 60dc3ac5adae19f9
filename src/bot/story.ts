import type { Notice } from "../domain/broadcast.ts";
import type { SiteView } from "../domain/view.ts";
import type { Broadcasts, Clock, Log } from "../manager/ports.ts";
import type { PostedCard } from "./card-message.ts";
import { carries, lookUp, noticeMark } from "./find-posted.ts";
import { essenceOf, type Spacing } from "./pace.ts";
import { isLoud, toStoryLine } from "./render/notice.ts";
import type { Posted, Slack } from "./slack.ts";
import { isRefused, isUnsure } from "./slack-failure.ts";

/** The thread under a live card. */
export type Story = {
  /**
   * Tells the oldest line that nobody was told yet. Answers with the milliseconds after which there is more to tell,
   * or null when everything is told. Throws when Slack or the store fails.
   */
  tell(card: PostedCard, view: SiteView): Promise<number | null>;
};

export type StoryNeeds = {
  slack: Pick<Slack, "post" | "replies">;
  broadcasts: Pick<Broadcasts, "untold" | "told">;
  spacing: Spacing;
  clock: Clock;
  log: Log;
};

/** How often the story is read when nothing else has changed. */
const readEveryMs = 10_000;
/** Slack's answers when the message that the thread hangs on is gone. */
const threadIsGone = ["thread_not_found", "message_not_found", "cannot_reply_to_message"];
/** Refusals that end by themselves or by what a person does, so that the line is tried again. */
const conversationTrouble = ["channel_not_found", "not_in_channel", "is_archived"];

/** True when the card has to be posted again before the story can go on. */
export const isThreadGone = (error: unknown): boolean => isRefused(error, ...threadIsGone);

/** One line at a time, oldest first; one whose post may have happened is looked for before it is posted again. */
export function createStory(broadcastId: string, needs: StoryNeeds): Story {
  const { slack, broadcasts, spacing, clock, log } = needs;
  let lines: Notice[] = [];
  let read: { essence: string; at: number } | null = null;
  let inThread: Posted[] | null = null;

  async function refill(view: SiteView): Promise<void> {
    const essence = essenceOf(view);
    const at = clock.now().getTime();
    if (lines.length > 0) return;
    if (read !== null && read.essence === essence && at - read.at < readEveryMs) return;
    lines = await broadcasts.untold(broadcastId);
    read = { essence, at };
  }

  /** Where the line stands now; null for one that Slack will never take, which the log then tells. */
  async function post(notice: Notice, at: PostedCard, view: SiteView): Promise<Posted | null> {
    const { conversationId, messageTs } = at;
    const mark = noticeMark(broadcastId, notice.key);
    const thread = { ts: messageTs, loud: isLoud(notice) };
    try {
      const message = toStoryLine(notice, view);
      const ts = await slack.post({ conversationId, message, mark, thread });
      spacing.posted();
      return { ts, mark };
    } catch (error) {
      if (isUnsure(error)) inThread = null;
      if (!isRefused(error) || isRefused(error, ...threadIsGone, ...conversationTrouble))
        throw error;
      log.error("story-line-refused", { key: notice.key, reason: String(error) });
      return null;
    }
  }

  return {
    async tell(card, view) {
      await refill(view);
      const [next] = lines;
      if (next === undefined) return null;
      const waitMs = spacing.waitMs();
      if (waitMs > 0) return waitMs;
      const { conversationId, messageTs } = card;
      inThread ??= await lookUp(() => slack.replies(conversationId, messageTs), log);
      const mark = noticeMark(broadcastId, next.key);
      if (!inThread.some((each) => carries(each, mark))) {
        const posted = await post(next, card, view);
        if (posted !== null) inThread.push(posted);
      }
      await broadcasts.told(broadcastId, next.key);
      lines = lines.slice(1);
      return spacing.waitMs();
    },
  };
}
