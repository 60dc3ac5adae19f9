import type { SiteView } from "../domain/view.ts";
import type { Clock, Log } from "../manager/ports.ts";
import type { CardMessage } from "./card-message.ts";
import { dueAt, noteSent, type Sent } from "./pace.ts";
import { isRefused, SlackFailure } from "./slack-failure.ts";
import { isThreadGone, type Story } from "./story.ts";

/** Keeps the card and the story of one broadcast up with what is shown. */
export type CardWorker = {
  show(view: SiteView): void;
  /** Ends the waiting, and brings the card to the latest view if Slack answers. */
  finish(): Promise<void>;
};

type Needs = { card: CardMessage; story: Story; clock: Clock; log: Log };

const firstRetryMs = 1_000;
const longestRetryMs = 5_000;
/** A refusal is a person's to mend: an archived conversation, a bot that was not invited. */
const refusedRetryMs = 30_000;

/** One round at a time; only the latest view counts, and a failure is repeated with what is true by then. */
export function createCardWorker({ card, story, clock, log }: Needs): CardWorker {
  const ending = new AbortController();
  let waking = new AbortController();
  let latest: SiteView | null = null;
  let sent: Sent | null = null;
  let running: Promise<void> | null = null;
  let failures = 0;
  let said = "";

  /** Sends the card if it is due; otherwise answers with the milliseconds until it is. */
  async function showCard(view: SiteView): Promise<number | null> {
    const waitMs = dueAt(sent, view).getTime() - clock.now().getTime();
    if (waitMs > 0 && !ending.signal.aborted) return waitMs;
    if (await card.sync(view)) sent = noteSent(sent, view, clock.now());
    return null;
  }

  async function tellStory(view: SiteView): Promise<number | null> {
    const posted = card.posted();
    if (posted === null || ending.signal.aborted) return null;
    return story.tell(posted, view);
  }

  /** One round; answers with the milliseconds until there is more to do, or null when all is done. */
  async function round(view: SiteView): Promise<number | null> {
    const waits = [await showCard(view), await tellStory(view)].filter((wait) => wait !== null);
    return waits.length === 0 ? null : Math.min(...waits);
  }

  function retryAfterMs(error: unknown): number {
    failures += 1;
    if (isThreadGone(error)) return firstRetryMs;
    const trouble = error instanceof SlackFailure ? error.trouble : null;
    if (trouble?.kind === "limited") return trouble.retryAfterMs;
    if (trouble?.kind === "refused") return refusedRetryMs;
    return Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs);
  }

  /** Says a failure once, however often it is repeated. */
  function report(error: unknown): void {
    const reason = error instanceof Error ? error.message : "unknown";
    if (reason !== said) log.warn("card-not-shown", { reason, advice: adviceFor(error) });
    said = reason;
  }

  /** A round and the wait after it; false when there is nothing more to do for this view. */
  async function attempt(view: SiteView): Promise<boolean> {
    waking = new AbortController();
    try {
      const waitMs = await round(view);
      failures = 0;
      said = "";
      if (waitMs === null) return false;
      await clock.sleep(waitMs, waking.signal);
    } catch (error) {
      report(error);
      if (isThreadGone(error)) {
        card.doubt();
        sent = null;
      }
      await clock.sleep(retryAfterMs(error), ending.signal);
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

  return {
    show(view) {
      latest = view;
      waking.abort();
      running ??= work(view);
    },
    async finish() {
      ending.abort();
      waking.abort();
      await running;
      if (latest !== null) await attempt(latest);
    },
  };
}

/** What a person can do about a refusal; undefined when it is not known to be a person's to mend. */
function adviceFor(error: unknown): string | undefined {
  if (isRefused(error, "not_in_channel"))
    return "invite the bot to the conversation: /invite @patchbay";
  if (isRefused(error, "channel_not_found", "is_archived"))
    return "set SLACK_CONVERSATION_ID to a conversation that the bot can post in";
  return isRefused(error, "missing_scope") ? "give the Slack app the scope chat:write" : undefined;
}
