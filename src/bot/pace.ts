import type { DestinationView, SiteView } from "../domain/view.ts";

/**
 * `chat.update` takes 50 a minute for a whole workspace (docs.slack.dev, rate limits, tier 3): ten changes may follow
 * each other quickly, and one more every 1.5 s after that.
 */
const quickMs = 400;
const steadyMs = 1_500;
const quickUpdates = 10;
/** When only figures and times went on. */
const tickingMs = 10_000;

/** What a card showed when it was last sent, without the figures that change all the time. */
export type Sent = {
  essence: string;
  at: Date;
  /** How many more quick updates there are. */
  quickLeft: number;
};

/** When the card of this view may be sent: soon after a change, and slowly when only figures and times went on. */
export function dueAt(sent: Sent | null, view: SiteView): Date {
  if (sent === null) return view.at;
  const changedMs = sent.quickLeft >= 1 ? quickMs : steadyMs;
  const apartMs = sent.essence === essenceOf(view) ? tickingMs : changedMs;
  return new Date(sent.at.getTime() + apartMs);
}

/** Notes that the card of this view was sent. */
export function noteSent(last: Sent | null, view: SiteView, at: Date): Sent {
  const regained = last === null ? 0 : (at.getTime() - last.at.getTime()) / steadyMs;
  const left = Math.min(quickUpdates, (last?.quickLeft ?? quickUpdates) + regained);
  return { essence: essenceOf(view), at, quickLeft: Math.max(0, left - 1) };
}

/** Everything of a view that people wait for, as one word to compare. */
export const essenceOf = (view: SiteView): string =>
  JSON.stringify([
    view.broadcast,
    view.flow,
    view.source.connected,
    view.troubles,
    view.destinations.map(destinationEssence),
  ]);

const destinationEssence = (each: DestinationView) => [
  each.name,
  each.stage,
  each.missing,
  each.by,
  each.until,
  each.hold,
  each.lastError,
  each.intentId,
];

/** Spaces the posts of one conversation: about one a second is what Slack takes (docs.slack.dev, chat.postMessage). */
export type Spacing = {
  /** Takes the next place: milliseconds until its post may go. */
  nextMs(): number;
  /** A post has been answered. */
  posted(): void;
};

const spacingMs = 1_000;
/** A clock that went back must not stop the posts; so many never wait at once. */
const longestQueueMs = 10_000;

export function createSpacing(now: () => Date): Spacing {
  let freeAt = 0;
  return {
    nextMs: () => {
      const at = now().getTime();
      const mine = Math.max(at, Math.min(freeAt, at + longestQueueMs));
      freeAt = mine + spacingMs;
      return mine - at;
    },
    posted: () => {
      freeAt = Math.max(freeAt, now().getTime() + spacingMs);
    },
  };
}
