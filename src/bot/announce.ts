import type { KeptAnnouncement, Shown } from "../domain/announcement.ts";
import { isOverPrompt } from "../domain/watch/lease-prompt.ts";
import type { Announcements, Clock, Log } from "../manager/ports.ts";
import { attach } from "./attach.ts";
import { announcementMark, carries } from "./find-posted.ts";
import type { TurnSlack } from "./in-turn.ts";
import { toAnnouncement, toPlainAnnouncement } from "./render/announcement.ts";
import type { Message } from "./render/blocks.ts";
import { isForGood, isThreadGone } from "./retrying.ts";
import { isRefused, isUnsure } from "./slack-failure.ts";
import type { Place, Spoken } from "./spoken.ts";

export type AnnounceNeeds = {
  slack: TurnSlack;
  spoken: Spoken;
  announcements: Pick<Announcements, "noteShown">;
  clock: Clock;
  log: Log;
  /** Times of another day of this zone are told with their date. */
  zone: string;
};

/** Stands for the message of an announcement that was not posted, and will not be. */
const nowhere = "";

/**
 * Brings one announcement to what it says now: posts it in this place, or changes it where it stands, and notes that.
 * Throws when Slack or the store fails.
 */
export async function announce(
  announcement: KeptAnnouncement,
  place: Place,
  needs: AnnounceNeeds,
): Promise<void> {
  const { key, revision, shown } = announcement;
  const note = (messageTs: string, conversationId = place.conversationId) =>
    needs.announcements.noteShown(key, { conversationId, messageTs, revision });
  const changed = isSomewhere(shown) && (await change(announcement, shown, needs));
  if (changed) return note(shown.messageTs, shown.conversationId);
  const messageTs = await findOrPost(announcement, place, needs);
  await attach(announcement, { ...place, messageTs }, needs);
  await note(messageTs);
}

const isSomewhere = (shown: Shown | null): shown is Shown =>
  shown !== null && shown.messageTs !== nowhere;

/** One that is over and told elsewhere, or without a last word, was only a question: if nobody has seen it, nobody needs to. */
const saysNothing = (announcement: KeptAnnouncement): boolean => {
  const { open, content } = announcement;
  const isEmpty = content.lines.length === 0 && content.table === null && content.chart === null;
  return isOverPrompt(announcement) || (!open && isEmpty);
};

/** The conversation hears of a question while it is asked; what became of one that nobody has seen only stands there. */
const isHeard = ({ loud, open, revision }: KeptAnnouncement): boolean =>
  loud && (open || revision === 1);

/** Changes what is shown; false when somebody has deleted it and it is still asked. */
async function change(
  announcement: KeptAnnouncement,
  shown: Shown,
  needs: AnnounceNeeds,
): Promise<boolean> {
  const at = { conversationId: shown.conversationId, ts: shown.messageTs };
  try {
    await inItsForm(announcement, needs, (message) => needs.slack.update(at, message));
    return true;
  } catch (error) {
    if (isThreadGone(error)) return !announcement.open;
    if (!isForGood(error)) throw error;
    needs.log.error("announcement-unchanged", { key: announcement.key, reason: String(error) });
    return true;
  }
}

async function findOrPost(
  announcement: KeptAnnouncement,
  place: Place,
  needs: AnnounceNeeds,
): Promise<string> {
  const mark = announcementMark(announcement.key);
  const there = await needs.spoken.in(place, announcement.at);
  const found = there.find((each) => carries(each, mark));
  if (found === undefined)
    return saysNothing(announcement) ? nowhere : post(announcement, place, needs);
  const shown = { conversationId: place.conversationId, messageTs: found.ts, revision: 0 };
  const isThere = await change(announcement, shown, needs);
  return isThere ? found.ts : post(announcement, place, needs);
}

/** Where the announcement stands now: nowhere, if Slack will never take it, which the log then tells. */
async function post(
  announcement: KeptAnnouncement,
  place: Place,
  needs: AnnounceNeeds,
): Promise<string> {
  const { key } = announcement;
  const { conversationId, threadTs } = place;
  const thread = threadTs === null ? undefined : { ts: threadTs, loud: isHeard(announcement) };
  const mark = announcementMark(key);
  try {
    const ts = await inItsForm(announcement, needs, (message) =>
      needs.slack.post({ conversationId, message, mark, ...(thread && { thread }) }),
    );
    needs.spoken.add(place, { ts, mark, files: [] });
    return ts;
  } catch (error) {
    if (isUnsure(error)) needs.spoken.forget();
    if (!isForGood(error)) throw error;
    needs.log.error("announcement-refused", { key, reason: String(error) });
    return nowhere;
  }
}

/** With its table and chart, or, where Slack refuses those, in words. */
async function inItsForm<T>(
  { content }: KeptAnnouncement,
  { clock, zone }: AnnounceNeeds,
  send: (message: Message) => Promise<T>,
): Promise<T> {
  const moment = { now: clock.now(), zone };
  try {
    return await send(toAnnouncement(content, moment));
  } catch (error) {
    const hasData = content.table !== null || content.chart !== null;
    if (!hasData || !isRefused(error, ...refusedForm)) throw error;
    return send(toPlainAnnouncement(content, moment));
  }
}

/** What Slack answers to blocks that it does not take (docs.slack.dev, chat.postMessage, errors). */
const refusedForm = ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"];
