import { addMinutes } from "date-fns/addMinutes";
import { max } from "date-fns/max";
import { subMinutes } from "date-fns/subMinutes";
import { type Destination, deadlineSwitch } from "./destination.ts";
import { endOf } from "./lease.ts";
import type { Policy } from "./policy.ts";
import type { Deadline } from "./site.ts";
import { wallTime } from "./wall-time.ts";

/** What the switch in AWS did to a show, and why; `isEarly` when the show was to go on. */
export type Switched = { at: Date; why: string; isEarly: boolean };

/** Scheduler acts within the minute, a stop takes another, and the look that sees it comes within a third. */
const actingMinutes = 5;
/** The clock of this machine may be so far behind that of AWS. */
const aheadMinutes = 1;

/**
 * Whether it was AWS's own switch that has stopped a wanted channel: at its time, when nobody of patchbay was there; or at
 * an earlier time that had been replaced, when the channel was last seen running not long after it.
 */
export function switchedOff(
  row: Destination,
  deadline: Deadline | null,
  { policy, now }: { policy: Policy; now: Date },
): Switched | null {
  const end = endOf(row);
  const due = end === null ? null : addMinutes(end, policy.deadlineMarginMinutes);
  if (due !== null && due <= now) return { at: due, why: inTime, isEarly: false };
  if (deadline === null || deadline.before === null) return null;
  const { before, at, sure } = deadline;
  const seen = row.lastSyncAt ?? before;
  if (before > addMinutes(now, aheadMinutes) || before < subMinutes(seen, actingMinutes))
    return null;
  const [old, later] = [wallTime(before, policy.zone), wallTime(at, policy.zone)];
  const moved = sure ? `had been moved to ${later}` : `could not be moved to ${later}`;
  const why = `AWS stopped it by its switch of ${old}, which ${moved}`;
  return { at: max([before, seen]), why, isEarly: true };
}

const inTime = "its time was over while patchbay was away, so the switch in AWS stopped it";

/** True for a show that the switch in AWS ended before its time, and that nobody has started or stopped since. */
export const isCut = ({ desired, intent }: Pick<Destination, "desired" | "intent">): boolean =>
  desired === "off" && intent?.by.id === deadlineSwitch.id && intent.reason !== null;
