import { addMinutes } from "date-fns";
import { describe, expect, it } from "vitest";
import { grantLease, isLeaseOver } from "../../src/domain/lease.ts";
import { siteNow as now } from "../support/builders.ts";

const inMinutes = (minutes: number) => addMinutes(now, minutes);
const limits = { now, until: null, defaultMinutes: 240, maxMinutes: 1440, platform: null };
const linkedin = { name: "LinkedIn", maxMinutes: 180 };

describe("a lease", () => {
  it("ends after the site's default when nothing is asked", () => {
    expect(grantLease(limits)).toEqual({ until: inMinutes(240), cappedBy: null });
  });

  it("ends when asked", () => {
    const until = inMinutes(90);
    expect(grantLease({ ...limits, until })).toEqual({ until, cappedBy: null });
  });

  it("never goes beyond the site's limit, and says so", () => {
    expect(grantLease({ ...limits, until: inMinutes(1441) })).toEqual({
      until: inMinutes(1440),
      cappedBy: "this site's limit",
    });
  });

  it("never goes beyond the platform's own limit, and says whose it is", () => {
    expect(grantLease({ ...limits, platform: linkedin })).toEqual({
      until: inMinutes(180),
      cappedBy: "LinkedIn's own limit",
    });
  });

  it("names the site when its limit is the shorter one", () => {
    const { until, cappedBy } = grantLease({ ...limits, maxMinutes: 60, platform: linkedin });
    expect([until, cappedBy]).toEqual([inMinutes(60), "this site's limit"]);
  });

  it("is whole when it ends exactly at the limit", () => {
    const request = { ...limits, until: inMinutes(180), platform: linkedin };
    expect(grantLease(request).cappedBy).toBeNull();
  });

  it.each([
    { when: "before its end", lease: 1, hold: null, over: false },
    { when: "at its end", lease: 0, hold: null, over: true },
    { when: "after its end", lease: -1, hold: null, over: true },
    { when: "while it is held", lease: -1, hold: 1, over: false },
    { when: "when the hold has ended too", lease: -2, hold: -1, over: true },
    { when: "without an end", lease: null, hold: null, over: false },
  ])("M5 no-surprise-stop: is over ($over) $when", ({ lease, hold, over }) => {
    const at = (minutes: number | null) => (minutes === null ? null : inMinutes(minutes));
    expect(isLeaseOver({ leaseUntil: at(lease), holdUntil: at(hold) }, now)).toBe(over);
  });
});
