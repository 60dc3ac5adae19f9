import { createHash } from "node:crypto";
import type { SiteView } from "../domain/view.ts";
import type { Broadcasts, Card, Log } from "../manager/ports.ts";
import { cardMark, carries, lookUp } from "./find-posted.ts";
import type { Spacing } from "./pace.ts";
import type { Message } from "./render/blocks.ts";
import { toCard } from "./render/card.ts";
import type { LeaseRule } from "./render/site-buttons.ts";
import type { Slack } from "./slack.ts";
import { isRefused, isUnsure } from "./slack-failure.ts";

/** A card that stands in Slack. */
export type PostedCard = Card & { conversationId: string; messageTs: string };

/** The one message of a broadcast. */
export type CardMessage = {
  /** Brings the message to this view; true when something was sent. Throws when Slack or the store fails. */
  sync(view: SiteView): Promise<boolean>;
  posted(): PostedCard | null;
  /** Looks at the message again at the next sync, because somebody has deleted it. */
  doubt(): void;
};

export type CardNeeds = {
  slack: Pick<Slack, "post" | "update" | "history">;
  broadcasts: Broadcasts;
  conversationId: string;
  spacing: Spacing;
  log: Log;
  rule: LeaseRule;
};

/** A post is looked for from a little before the broadcast, because clocks differ. */
const clockSlackMs = 10 * 60_000;

/** The row is written before the post and again after it: one without a timestamp means a post that may have happened. */
export function createCardMessage(broadcastId: string, needs: CardNeeds): CardMessage {
  const { slack, broadcasts, spacing, log } = needs;
  let card: Card | null = null;
  let mayBePosted = false;

  const save = async (next: Card): Promise<void> => {
    await broadcasts.saveCard(next);
    card = next;
  };

  async function load(): Promise<Card> {
    if (card !== null) return card;
    card = await broadcasts.card(broadcastId);
    mayBePosted = card !== null;
    if (card !== null) return card;
    const blank = { conversationId: null, messageTs: null, digest: null, final: false };
    const reserved: Card = { broadcastId, ...blank };
    await save(reserved);
    return reserved;
  }

  async function find(view: SiteView): Promise<string | null> {
    const since = new Date((view.broadcast?.startedAt ?? view.at).getTime() - clockSlackMs);
    const found = await lookUp(() => slack.history(needs.conversationId, since), log);
    return found.find((each) => carries(each, cardMark(broadcastId)))?.ts ?? null;
  }

  async function post(message: Message): Promise<string> {
    const { conversationId } = needs;
    try {
      const ts = await slack.post({ conversationId, message, mark: cardMark(broadcastId) });
      spacing.posted();
      return ts;
    } catch (error) {
      mayBePosted = isUnsure(error);
      throw error;
    }
  }

  /** True when the message was changed; false when it is no longer there. */
  async function update(at: PostedCard, message: Message): Promise<boolean> {
    try {
      await slack.update({ conversationId: at.conversationId, ts: at.messageTs }, message);
      return true;
    } catch (error) {
      if (!isRefused(error, "message_not_found")) throw error;
      return false;
    }
  }

  /** Where the message stands after this, wherever it stood before. */
  async function place(at: Card, message: Message, view: SiteView): Promise<PostedCard> {
    const foundTs = at.messageTs === null && mayBePosted ? await find(view) : at.messageTs;
    const conversationId = at.conversationId ?? needs.conversationId;
    if (foundTs !== null) {
      const there = { ...at, conversationId, messageTs: foundTs };
      if (await update(there, message)) return there;
      log.warn("card-deleted", { broadcastId });
      await save({ ...at, conversationId: null, messageTs: null, digest: null });
    }
    mayBePosted = false;
    return { ...at, conversationId: needs.conversationId, messageTs: await post(message) };
  }

  return {
    async sync(view) {
      const at = await load();
      if (at.final) return false;
      const message = toCard(view, needs.rule);
      const digest = digestOf(message);
      if (at.messageTs !== null && at.digest === digest) return false;
      const placed = await place(at, message, view);
      await save({ ...placed, digest, final: view.broadcast?.endedAt != null });
      return true;
    },
    posted: () => (card !== null && isPosted(card) ? card : null),
    doubt: () => {
      if (card !== null) card = { ...card, digest: null, final: false };
    },
  };
}

const isPosted = (card: Card): card is PostedCard =>
  card.conversationId !== null && card.messageTs !== null;

const digestOf = (message: Message): string =>
  createHash("sha256").update(JSON.stringify(message)).digest("base64url");
