import { addMinutes } from "date-fns/addMinutes";
import { min } from "date-fns/min";
import { OpsError } from "../errors.ts";
import { type WishKind, withDeed } from "./deed.ts";
import { type Destination, type DestinationChange, isPatchbay, noHold } from "./destination.ts";
import { endOf, isHeld } from "./lease.ts";
import { type Decision, decideStop, hasChanged, type Wish, type WishContext } from "./wish.ts";

/**
 * Moves the end of a lease that is running; never beyond what the platform or the site allows. Only a person who types
 * the end, or presses Undo, makes it shorter.
 */
export function decideExtend(wish: Wish, context: WishContext): Decision {
  const { destination } = context;
  if (destination.desired === "off") return refuse(isOff(destination));
  const present = endOf(destination) ?? wish.now;
  const asked =
    wish.until ?? addMinutes(present < wish.now ? wish.now : present, wish.minutes ?? 0);
  const limit = limitOf(wish, context);
  const until = min([asked, limit.at]);
  if (until <= wish.now) return refuse(tooLate(destination, limit.words));
  const cappedBy = until < asked ? limit.words : null;
  if (cappedBy !== null && until <= present) return refuse(tooLate(destination, limit.words));
  if (isNoMove(wish, destination, until)) return { kind: "already" };
  const change = { leaseUntil: until };
  const kind =
    destination.leaseUntil !== null && until < destination.leaseUntil ? "shrink" : "extend";
  return accept(wish, destination, {
    kind,
    change,
    before: destination.leaseUntil,
    after: until,
    cappedBy,
  });
}

/** The end is there already; and neither a rule nor an old button moves one forward, but for an Undo, nor one that it has not seen. */
function isNoMove(wish: Wish, destination: Destination, until: Date): boolean {
  if (until.getTime() === destination.leaseUntil?.getTime()) return true;
  const earlier = !wish.back && until < (endOf(destination) ?? wish.now);
  return isDrawnBefore(wish) && (earlier || hasChanged(wish, destination));
}

/** True when it was worded by what was seen a while ago: by a rule, or as a button under a message. */
const isDrawnBefore = ({ by, seenIntentId }: Wish): boolean =>
  isPatchbay(by) || seenIntentId !== null;

/**
 * Keeps every automatic stop away until a time, which is never beyond the site's longest lease. An old button shortens no
 * hold.
 */
export function decideHold(wish: Wish, context: WishContext): Decision {
  const { destination, policy } = context;
  if (destination.desired === "off") return refuse(isOff(destination));
  const asked = wish.until ?? addMinutes(wish.now, wish.minutes ?? 0);
  const longest = addMinutes(wish.now, policy.maxLeaseMinutes);
  const until = min([asked, longest]);
  const same = until.getTime() === destination.holdUntil?.getTime();
  if (same && destination.heldBy?.id === wish.by.id) return { kind: "already" };
  const held = destination.holdUntil !== null && destination.holdUntil >= until;
  if (isDrawnBefore(wish) && (held || hasChanged(wish, destination))) return { kind: "already" };
  const change = { holdUntil: until, heldBy: wish.by, holdReason: wish.reason };
  const cappedBy = until < asked ? "this site's limit" : null;
  return accept(wish, destination, {
    kind: "hold",
    change,
    before: destination.holdUntil,
    after: until,
    cappedBy,
  });
}

/** Ends a hold: from now on the lease counts again, and the row says since when. */
export function decideRelease(wish: Wish, { destination }: WishContext): Decision {
  if (!isHeld(destination, wish.now)) return { kind: "already" };
  const before = destination.holdUntil;
  return accept(wish, destination, {
    kind: "release",
    change: { ...noHold, holdUntil: wish.now },
    before,
    after: endOf({ ...destination, ...noHold }),
    cappedBy: null,
  });
}

/** Shortens a lease to what a nearly spent budget allows; a hold and a shorter lease are left alone. */
export function decideShrink(wish: Wish, { destination }: WishContext): Decision {
  const { until, now } = wish;
  const longer =
    until !== null && destination.leaseUntil !== null && destination.leaseUntil > until;
  if (destination.desired === "off" || isHeld(destination, now) || !longer)
    return { kind: "already" };
  return accept(wish, destination, {
    kind: "shrink",
    change: { leaseUntil: until },
    before: destination.leaseUntil,
    after: until,
    cappedBy: null,
  });
}

/** A rule's stop: only of the intent that it judged, and never of one that somebody holds. */
export function decideRuleStop(wish: Wish, context: WishContext): Decision {
  const { destination } = context;
  const judged = destination.desired === "on" && destination.intent?.id === wish.seenIntentId;
  return judged && !isHeld(destination, wish.now) ? decideStop(wish, context) : { kind: "already" };
}

type Moving = {
  kind: WishKind;
  change: DestinationChange;
  before: Date | null;
  after: Date | null;
  cappedBy: string | null;
};

function accept(wish: Wish, destination: Destination, moving: Moving): Decision {
  const { kind, before, after, cappedBy } = moving;
  const { intentId: id, by, reason, now: at } = wish;
  const deeds = withDeed(destination, { id, kind, by, reason, at, before, after });
  return { kind: "accept", change: { ...moving.change, deeds }, cappedBy };
}

const spentBudget = "the longest time while the budget is nearly spent";

/** The site's limit counts from now, a platform's from the beginning of the stream. */
function limitOf(wish: Wish, { destination, platform, policy }: WishContext) {
  const siteMinutes = Math.min(
    policy.maxLeaseMinutes,
    wish.maxLeaseMinutes ?? Number.POSITIVE_INFINITY,
  );
  const words = siteMinutes < policy.maxLeaseMinutes ? spentBudget : "this site's limit";
  const site = { at: addMinutes(wish.now, siteMinutes), words };
  const most = platform?.limit.maxMinutes ?? null;
  if (platform === null || most === null) return site;
  const begun = destination.runningSince ?? destination.intent?.at ?? wish.now;
  const own = { at: addMinutes(begun, most), words: `${platform.name}'s own limit` };
  return own.at < site.at ? own : site;
}

const refuse = (error: OpsError): Decision => ({ kind: "refuse", error });

const isOff = ({ id, name }: Destination): OpsError =>
  new OpsError("not-allowed", `${name} is off, so it has no end to move.`, {
    hint: `To put it on air: \`/stream start ${name.toLowerCase()}\`.`,
    context: { destinationId: id },
  });

const tooLate = ({ id, name }: Destination, limit: string): OpsError =>
  new OpsError("invalid-input", `${name} cannot stay on air longer: that is ${limit}.`, {
    hint: "Stop it and start it again when it has to go on; each start costs at least ten minutes.",
    context: { destinationId: id },
  });
