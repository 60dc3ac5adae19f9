import {
  type ChannelState,
  hasBegun,
  isBilledRunning,
  isInTransit,
} from "../../../src/domain/channel.ts";
import { type Destination, isSettled } from "../../../src/domain/destination.ts";
import { type CheckContext, type Checker, channelOf } from "./context.ts";

const minuteMs = 60_000;
/** T1's bound in sync periods, counted from the last change in AWS or of a wish. */
const mostPeriods = 3;

/** T1 converge: when faults have stopped, what is stored is what is, and everything that is on its way arrives. */
export function calmChecker(context: CheckContext) {
  const { world, timeline, faults, violations } = context;
  const { history, destinations } = world;
  const taken: number[] = [];
  let changedAt = 0;
  let calmAt: number | null = null;
  let agreedAt: number | null = null;

  /** Why the world and the rows do not agree; null when they do. */
  function difference(): string | null {
    for (const row of destinations.all()) {
      const why = disagreement(row, history.now(channelOf(row))?.state ?? "deleted");
      if (why !== null) return `${row.id} ${why}`;
    }
    return null;
  }

  const checker: Checker = {
    watcher: {
      channelEntered: () => {
        changedAt = timeline.now();
      },
      flowEntered: () => {
        changedAt = timeline.now();
      },
      rowWritten(row, before) {
        if (row.intent?.id !== before?.intent?.id) changedAt = timeline.now();
      },
    },
    each() {
      if (!faults.isCalm()) {
        calmAt = null;
        return;
      }
      if (calmAt === null) {
        calmAt = timeline.now();
        agreedAt = null;
      }
      const since = Math.max(calmAt, changedAt, context.steadySince());
      if (agreedAt !== null && agreedAt >= since) return;
      const periods = (timeline.now() - since) / minuteMs;
      const why = difference();
      if (why === null) {
        agreedAt = timeline.now();
        taken.push(periods);
        return;
      }
      const moving = history
        .all()
        .some(({ state }) => isBilledRunning(state) && isInTransit(state));
      violations.check(
        periods <= mostPeriods || moving,
        "T1 converge",
        () => `after ${periods.toFixed(1)} quiet sync periods ${why}`,
      );
    },
  };
  return { ...checker, taken: () => taken };
}

function disagreement(row: Destination, state: ChannelState): string | null {
  const { desired, phase, channelState } = row;
  if (channelState !== state) return `says ${channelState}, AWS ${state}`;
  if (desired === "on")
    return phase === "running" && hasBegun(state) ? null : `is wanted, ${phase} and ${state}`;
  return isSettled(row) && !isBilledRunning(state) ? null : `is off, ${phase} and ${state}`;
}
