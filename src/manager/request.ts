import type { Actor } from "../domain/destination.ts";
import {
  decideExtend,
  decideHold,
  decideRelease,
  decideRuleStop,
  decideShrink,
} from "../domain/lease-wish.ts";
import {
  type Decision,
  decideLeaseEnd,
  decideStart,
  decideStop,
  type Wish,
  type WishContext,
} from "../domain/wish.ts";

/** A person's or a job's request for some destinations. */
export type Request = {
  destinationIds: readonly string[];
  by: Actor;
  reason: string | null;
  /** End of the lease or of the hold; null gives the default, or `minutes` more. */
  until: Date | null;
  minutes?: number;
  /** A shorter limit than the site's own. */
  maxLeaseMinutes?: number | null;
  /** Ids that the same request always gives, by destination, so that a repeated one is one intent. */
  intentIds?: Readonly<Record<string, string>>;
  /** The intents that a rule has judged, by destination: it acts on no others. */
  seenIntentIds?: Readonly<Record<string, string>>;
  /** True for an Undo, which may bring an end forward. */
  back?: boolean;
};

/** What a request wishes for one of its destinations. */
export const wishOf = (
  request: Request,
  { id, intentId, now }: { id: string; intentId: string; now: Date },
): Wish => ({
  intentId,
  by: request.by,
  reason: request.reason,
  until: request.until,
  minutes: request.minutes ?? null,
  maxLeaseMinutes: request.maxLeaseMinutes ?? null,
  seenIntentId: request.seenIntentIds?.[id] ?? null,
  back: request.back ?? false,
  now,
});

export type Decide = (wish: Wish, context: WishContext) => Decision;

/** Each verb, made of the way in which it is decided. */
export const everyVerb = <Verb>(make: (decide: Decide) => Verb) => ({
  start: make(decideStart),
  stop: make(decideStop),
  endLeases: make(decideLeaseEnd),
  stopByRule: make(decideRuleStop),
  extend: make(decideExtend),
  shrink: make(decideShrink),
  hold: make(decideHold),
  release: make(decideRelease),
});
