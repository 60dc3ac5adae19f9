import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { type Destination, patchbay } from "../destination.ts";
import { endOf } from "../lease.ts";
import { decideExtend } from "../lease-wish.ts";
import { platformOf } from "../platforms/index.ts";
import type { Policy } from "../policy.ts";

type Limits = { policy: Policy; now: Date; maxLeaseMinutes: number | null };

/** Less than this is not worth a button: a platform's limit may leave only a minute. */
const leastMinutes = 5;

/** The end that an extension would be given now; null when it would be refused, or would hardly move the end. */
export function grantedEnd(row: Destination, until: Date, limits: Limits): Date | null {
  const { policy, now, maxLeaseMinutes } = limits;
  const asked = { intentId: "", by: patchbay, reason: null, until, minutes: null };
  const wish = { ...asked, maxLeaseMinutes, seenIntentId: null, now };
  const bindings = { channelByPlatform: {}, sharedChannelId: null, flowArn: null };
  const platform = platformOf(row.platform);
  const context = { destination: row, all: [row], bindings, platform, policy };
  const decision = decideExtend(wish, context);
  const granted = decision.kind === "accept" ? (decision.change.leaseUntil ?? null) : null;
  const isWorthIt =
    granted !== null && differenceInMinutes(granted, endOf(row) ?? now) >= leastMinutes;
  return isWorthIt ? granted : null;
}
