import { createHash } from "node:crypto";
import type { SiteView } from "../domain/view.ts";
import type { Broadcasts, Card, Log } from "../manager/ports.ts";
import { cardMark, carries, lookUp } from "./find-posted.ts";
import type { TurnSlack } from "./in-turn.ts";
import type { Message } from "./render/blocks.ts";
import { toCard } from "./render/card.ts";
import type { LeaseRule } from "./render/destination-buttons.ts";
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
  slack: Pick<TurnSlack, "begin" | "post" | "update" | "history">;
  broadcasts: Pick<Broadcasts, "card" | "saveCard">;
  conversationId: string;
  log: Log;
  rule: LeaseRule;
};

/** A post is looked for from a little before the broadcast, because clocks differ. */
const clockSlackMs = 10 * 60_000;

/** The row is written before the post and again after it: one without a timestamp means a post that may have happened. */
export function createCardMessage(broadcastId: string, needs: CardNeeds): CardMessage {
  const { slack, broadcasts, log } = needs;
  let card: Card | null = null;
  let mayBePosted = false;

  /** A write that fails, or that another process was before, leaves the row to be read again. */
  async function save(next: Card): Promise<Card> {
    try {
      await broadcasts.saveCard(next);
    } catch (error) {
      card = null;
      throw error;
    }
    card = { ...next, revision: next.revision + 1 };
    return card;
  }

  async function load(): Promise<Card | null> {
    if (card !== null) return card;
    card = await broadcasts.card(broadcastId);
    mayBePosted = card !== null;
    return card;
  }

  /** The row as it is, read again if others may have written it. */
  async function claim(): Promise<Card> {
    if (await slack.begin()) card = null;
    return (await load()) ?? (await save(blankCard(broadcastId)));
  }

  async function find(view: SiteView): Promise<string | null> {
    const since = new Date((view.broadcast?.startedAt ?? view.at).getTime() - clockSlackMs);
    const found = await lookUp(() => slack.history(needs.conversationId, since), log);
    return found.find((each) => carries(each, cardMark(broadcastId)))?.ts ?? null;
  }

  async function post(message: Message): Promise<string> {
    const { conversationId } = needs;
    try {
      return await slack.post({ conversationId, message, mark: cardMark(broadcastId) });
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
    if (foundTs === null) return postNew(at, message);
    const there = { ...at, conversationId, messageTs: foundTs };
    if (await update(there, message)) return there;
    log.warn("card-deleted", { broadcastId });
    const nowhere = { conversationId: null, messageTs: null, digest: null };
    return postNew(await save({ ...at, ...nowhere }), message);
  }

  async function postNew(at: Card, message: Message): Promise<PostedCard> {
    mayBePosted = false;
    return { ...at, conversationId: needs.conversationId, messageTs: await post(message) };
  }

  return {
    async sync(view) {
      if ((await load())?.final) return false;
      const { message, digest } = draw(view, needs.rule);
      if (isShown(card, digest)) return false;
      const at = await claim();
      if (isShown(at, digest)) return false;
      const placed = await place(at, message, view);
      await save({ ...placed, digest, final: view.broadcast?.endedAt != null });
      return true;
    },
    posted: () => (card !== null && card.digest !== null && isPosted(card) ? card : null),
    doubt: () => {
      if (card !== null) card = { ...card, digest: null, final: false };
    },
  };
}

const blankCard = (broadcastId: string): Card => ({
  broadcastId,
  conversationId: null,
  messageTs: null,
  digest: null,
  final: false,
  revision: 0,
});

/** True when nothing has to be sent; the card of an ended broadcast keeps its last form. */
const isShown = (card: Card | null, digest: string): boolean =>
  card !== null && (card.final || (card.messageTs !== null && card.digest === digest));

const isPosted = (card: Card): card is PostedCard =>
  card.conversationId !== null && card.messageTs !== null;

function draw(view: SiteView, rule: LeaseRule) {
  const message = toCard(view, rule);
  const digest = createHash("sha256").update(JSON.stringify(message)).digest("base64url");
  return { message, digest };
}
