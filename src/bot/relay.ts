import type { SiteView } from "../domain/view.ts";
import type { Announcements, Broadcasts } from "../manager/ports.ts";
import { type AnnounceNeeds, announce } from "./announce.ts";
import type { PostedCard } from "./card-message.ts";
import { essenceOf } from "./pace.ts";
import { createRetrying, isThreadGone } from "./retrying.ts";
import { createSetAside, type SetAside } from "./set-aside.ts";
import type { Place } from "./spoken.ts";
import { tellLines } from "./story.ts";
import { type Next, nextOf, type Ready, type Waiting } from "./waiting.ts";

/** Says in the conversation what is still to be said, one thing after the other: stories and announcements. */
export type Relay = {
  /** Looks at once whether there is something to say. */
  wake(): void;
  /** The site as it is; the story of its broadcast is told from now on. */
  show(view: SiteView): void;
  /** Resolves when a look has found nothing that can be said at present, or after `finish`. */
  settled(): Promise<void>;
  /** Lets what is under way end. */
  finish(): Promise<void>;
};

/** The live cards, as far as what is said hangs on them. */
export type Cards = {
  /** The card of a broadcast; null while it is not posted, undefined for one that nobody shows. */
  posted(broadcastId: string): PostedCard | null | undefined;
  /** Looks at the card again, because its message is gone. */
  doubt(broadcastId: string): void;
};

type Needs = AnnounceNeeds & {
  cards: Cards;
  broadcasts: Pick<Broadcasts, "untold" | "told" | "card">;
  announcements: Pick<Announcements, "live" | "noteShown">;
  conversationId: string;
};

/** How often it is looked when nobody says that there is something: while a broadcast goes on or something is set aside, and else. */
const lookEveryMs = { live: 10_000, quiet: 60_000 };
/** What waits for its card waits so long. */
const cardMs = 500;
const unshownMs = 30_000;
const keptViews = 2;

export function createRelay(needs: Needs): Relay {
  const { cards, slack, spoken, clock, log } = needs;
  const ending = new AbortController();
  const retrying = createRetrying("not-said", log);
  const aside = createSetAside(needs);
  const views = createViews();
  const read = () => readWaiting(needs, views.ids());
  const isReady = readiness(needs, views);
  const threads = createThreads(needs);
  const lookMs = () => (views.isLive() ? lookEveryMs.live : lookEveryMs.quiet);
  let waking = new AbortController();
  let running: Promise<void> | null = null;
  const waiters = createWaiters();

  async function tell({ broadcastId, lines }: Next & { kind: "lines" }): Promise<void> {
    const card = cards.posted(broadcastId);
    const view = views.of(broadcastId);
    if (!card || !view) return;
    const thread = { conversationId: card.conversationId, threadTs: card.messageTs };
    await tellLines({ lines, thread, view }, needs);
  }

  async function say(next: Next): Promise<void> {
    try {
      if (next.kind === "lines") return await tell(next);
      const place = await threads.placeOf(next.announcement.broadcastId);
      await announce(next.announcement, place, needs);
    } catch (error) {
      const { broadcastId } = next.kind === "lines" ? next : next.announcement;
      if (broadcastId !== null && isThreadGone(error)) threads.doubt(broadcastId);
      throw error;
    }
  }

  /** Says one thing; answers with the milliseconds until there may be another. */
  async function round(): Promise<number> {
    let waiting = await read();
    if (isEmpty(waiting)) return lookMs();
    if (await slack.begin()) {
      spoken.forget();
      waiting = await read();
    }
    const next = nextOf(waiting, { isReady, aside });
    if (next !== null) await aside.attempt(keyOf(next), () => say(next));
    return next === null ? restMs(waiting, { aside, lookMs: lookMs() }) : 0;
  }

  async function work(): Promise<void> {
    while (!ending.signal.aborted) {
      waking = new AbortController();
      try {
        const waitMs = await waiters.during(round);
        retrying.succeeded();
        await clock.sleep(waitMs, waking.signal);
      } catch (error) {
        await clock.sleep(retrying.after(error), ending.signal);
      }
    }
    waiters.end();
  }

  function start(): void {
    if (!ending.signal.aborted) running ??= work();
  }

  function wake(): void {
    waking.abort();
    start();
  }

  return {
    wake,
    show(view) {
      if (views.keep(view)) wake();
      else start();
    },
    settled: () => waiters.wait(wake),
    async finish() {
      ending.abort();
      waking.abort();
      await running;
    },
  };
}

/** Those who wait until nothing can be said at present: a round tells those who waited before it. */
function createWaiters() {
  const waiting: (() => void)[] = [];
  const tell = (count: number) => {
    for (const resolve of waiting.splice(0, count)) resolve();
  };
  return {
    wait: (wake: () => void): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        wake();
      }),
    async during(round: () => Promise<number>): Promise<number> {
      const count = waiting.length;
      const waitMs = await round();
      if (waitMs >= lookEveryMs.live) tell(count);
      return waitMs;
    },
    end: () => tell(waiting.length),
  };
}

async function readWaiting(
  { announcements, broadcasts }: Needs,
  broadcastIds: readonly string[],
): Promise<Waiting> {
  const live = await announcements.live();
  const stories = await Promise.all(broadcastIds.map((id) => broadcasts.untold(id)));
  return {
    lines: stories.flat(),
    announcements: live.filter(({ shown, revision }) => (shown?.revision ?? 0) < revision),
  };
}

/** The latest view of the latest broadcasts. */
function createViews() {
  const views = new Map<string, { view: SiteView; essence: string }>();
  return {
    /** True when it shows something that people wait for. */
    keep(view: SiteView): boolean {
      const { broadcast } = view;
      if (broadcast === null) return false;
      const essence = essenceOf(view);
      const isNews = views.get(broadcast.id)?.essence !== essence;
      views.set(broadcast.id, { view, essence });
      for (const old of [...views.keys()].slice(0, -keptViews)) views.delete(old);
      return isNews;
    },
    of: (broadcastId: string) => views.get(broadcastId)?.view,
    ids: () => [...views.keys()],
    isLive: () => [...views.values()].at(-1)?.view.broadcast?.endedAt === null,
  };
}

/** The card of a broadcast that has just begun is about to be shown; the one of another was posted, or never. */
const readiness =
  ({ cards, clock }: Needs, views: ReturnType<typeof createViews>): Ready =>
  (broadcastId, at) =>
    views.of(broadcastId) === undefined
      ? clock.now().getTime() - at.getTime() > unshownMs
      : Boolean(cards.posted(broadcastId));

const keyOf = (next: Next): string =>
  next.kind === "lines" ? next.lines[0].key : next.announcement.key;

const isEmpty = ({ lines, announcements }: Waiting) => lines.length + announcements.length === 0;

/** Until the next look when nothing of what waits can be said now. */
function restMs(waiting: Waiting, { aside, lookMs }: { aside: SetAside; lookMs: number }): number {
  if (isEmpty(waiting)) return lookMs;
  const isAnyAside = [...waiting.lines, ...waiting.announcements].some(({ key }) => aside.has(key));
  return isAnyAside ? lookEveryMs.live : cardMs;
}

/** Where announcements of a broadcast go: under its card, or into the conversation when it has none. */
function createThreads({ cards, broadcasts, spoken, conversationId }: Needs) {
  const gone = new Set<string>();
  const inConversation = { conversationId, threadTs: null };
  return {
    async placeOf(broadcastId: string | null): Promise<Place> {
      if (broadcastId === null || gone.has(broadcastId)) return inConversation;
      const card = cards.posted(broadcastId) ?? (await broadcasts.card(broadcastId));
      if (card === null || card.conversationId === null) return inConversation;
      return { conversationId: card.conversationId, threadTs: card.messageTs };
    },
    /** The message that the thread hangs on is gone. */
    doubt(broadcastId: string): void {
      spoken.forget();
      if (cards.posted(broadcastId) === undefined) gone.add(broadcastId);
      else cards.doubt(broadcastId);
    },
  };
}
