import { addMinutes } from "date-fns/addMinutes";
import { max } from "date-fns/max";
import { min } from "date-fns/min";
import type { Stranger } from "./site.ts";

/** A wish about a running channel that no destination stands for. */
export type StrayWish = {
  /** An instant, of which one that has come ends it; or null for so many minutes more. */
  until: Date | null;
  minutes: number | null;
  longestMinutes: number;
  /** The run for which a pressed button was drawn; null for a typed command. */
  seenSessionId: string | null;
  now: Date;
};

/** What becomes of it; `changed` when the button was for another run. */
export type StrayDecision = {
  result: "accepted" | "already" | "changed";
  stranger: Stranger;
  /** True when it was given less than was asked. */
  capped: boolean;
};

/** Never beyond the longest lease; an old button neither touches another run nor moves an end forward. */
export function decideStray(wish: StrayWish, stranger: Stranger): StrayDecision {
  const { now, seenSessionId } = wish;
  const isOther = seenSessionId !== null && seenSessionId !== stranger.sessionId;
  if (isOther) return { result: "changed", stranger, capped: false };
  const asked = wish.until ?? addMinutes(max([now, stranger.until]), wish.minutes ?? 0);
  const until = min([asked, addMinutes(now, wish.longestMinutes)]);
  if (isNoMove(until, wish, stranger)) return { result: "already", stranger, capped: false };
  return { result: "accepted", stranger: { ...stranger, until }, capped: until < asked };
}

function isNoMove(until: Date, { now, seenSessionId }: StrayWish, stranger: Stranger): boolean {
  if (until <= now) return stranger.until <= now;
  const isEarlier = until < stranger.until;
  return until.getTime() === stranger.until.getTime() || (seenSessionId !== null && isEarlier);
}
