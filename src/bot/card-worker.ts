import type { SiteView } from "../domain/view.ts";
import type { Clock, Log } from "../manager/ports.ts";
import type { CardMessage } from "./card-message.ts";
import { dueAt, noteSent, type Sent } from "./pace.ts";
import { createRetrying } from "./retrying.ts";

/** Keeps the card of one broadcast up with what is shown. */
export type CardWorker = Pick<CardMessage, "posted"> & {
  show(view: SiteView): void;
  /** Looks at the message again, because it is gone. */
  doubt(): void;
  /** Ends the waiting, and brings the card to the latest view if Slack answers. */
  finish(): Promise<void>;
};

type Needs = { card: CardMessage; clock: Clock; log: Log };

/** One round at a time; only the latest view counts, and a failure is repeated with what is true by then. */
export function createCardWorker({ card, clock, log }: Needs): CardWorker {
  const ending = new AbortController();
  let waking = new AbortController();
  let latest: SiteView | null = null;
  let sent: Sent | null = null;
  let running: Promise<void> | null = null;
  const retrying = createRetrying("card-not-shown", log);

  /** Sends the card if it is due; otherwise answers with the milliseconds until it is. */
  async function showCard(view: SiteView): Promise<number | null> {
    const waitMs = dueAt(sent, view).getTime() - clock.now().getTime();
    if (waitMs > 0 && !ending.signal.aborted) return waitMs;
    if (await card.sync(view)) sent = noteSent(sent, view, clock.now());
    return null;
  }

  /** A round and the wait after it; false when there is nothing more to do for this view. */
  async function attempt(view: SiteView): Promise<boolean> {
    waking = new AbortController();
    try {
      const waitMs = await showCard(view);
      retrying.succeeded();
      if (waitMs === null) return false;
      await clock.sleep(waitMs, waking.signal);
    } catch (error) {
      await clock.sleep(retrying.after(error), ending.signal);
    }
    return true;
  }

  async function work(first: SiteView): Promise<void> {
    let view = first;
    while ((await attempt(view)) || latest !== view) {
      view = latest ?? view;
      if (ending.signal.aborted) break;
    }
    running = null;
  }

  function show(view: SiteView): void {
    latest = view;
    if (running !== null) waking.abort();
    else if (!ending.signal.aborted) running = work(view);
  }

  return {
    show,
    posted: card.posted,
    doubt() {
      card.doubt();
      sent = null;
      if (latest !== null) show({ ...latest });
    },
    async finish() {
      ending.abort();
      waking.abort();
      await running;
      if (latest !== null) await attempt(latest);
    },
  };
}
