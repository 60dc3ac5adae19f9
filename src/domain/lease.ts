import { addMinutes } from "date-fns/addMinutes";
import { max } from "date-fns/max";
import { min } from "date-fns/min";

/** The right to stay on air until `until`; `cappedBy` says which rule made it shorter than asked. */
export type Lease = { until: Date; cappedBy: string | null };

/** What a lease is made from: minutes asked for or an end, the default, and the two upper limits in minutes. */
export type LeaseRequest = {
  now: Date;
  until: Date | null;
  defaultMinutes: number;
  maxMinutes: number;
  /** The platform's own limit and its name, when it has one. */
  platform: { name: string; maxMinutes: number } | null;
};

/** Every start has an end: the one asked for, else the default, and never beyond the platform's or the site's limit. */
export function grantLease(request: LeaseRequest): Lease {
  const { now, platform } = request;
  const asked = request.until ?? addMinutes(now, request.defaultMinutes);
  const siteEnd = addMinutes(now, request.maxMinutes);
  const platformEnd = platform ? addMinutes(now, platform.maxMinutes) : siteEnd;
  const until = min([asked, siteEnd, platformEnd]);
  if (until >= asked) return { until: asked, cappedBy: null };
  const byPlatform = platform !== null && platformEnd <= siteEnd;
  return { until, cappedBy: byPlatform ? `${platform.name}'s own limit` : "this site's limit" };
}

/** The two instants that decide how long a destination may stay on air. */
export type Ends = { leaseUntil: Date | null; holdUntil: Date | null };

/** True while a person's hold keeps every automatic stop away. */
export const isHeld = ({ holdUntil }: Pick<Ends, "holdUntil">, now: Date): boolean =>
  holdUntil !== null && holdUntil > now;

/** When it goes off by itself: at the end of its lease, or of a hold that lasts longer; null without a lease. */
export function endOf({ leaseUntil, holdUntil }: Ends): Date | null {
  if (leaseUntil === null) return null;
  return holdUntil === null ? leaseUntil : max([leaseUntil, holdUntil]);
}

/** True when a lease has ended and no hold keeps it open. */
export const isLeaseOver = (ends: Ends, now: Date): boolean =>
  !isHeld(ends, now) && ends.leaseUntil !== null && ends.leaseUntil <= now;
