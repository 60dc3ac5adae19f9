import { addMinutes } from "date-fns/addMinutes";
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

/** True when a lease has ended and no hold keeps it open. */
export function isLeaseOver(lease: { leaseUntil: Date | null; holdUntil: Date | null }, now: Date) {
  const held = lease.holdUntil !== null && lease.holdUntil > now;
  return !held && lease.leaseUntil !== null && lease.leaseUntil <= now;
}
