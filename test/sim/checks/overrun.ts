import { hasBegun } from "../../../src/domain/channel.ts";
import { type CheckContext, type Checker, isWanted, rowsOf } from "./context.ts";

/** M1's bound, in minutes of a world in which somebody could have stopped it. */
const mostMinutes = 5;
const minuteMs = 60_000;

type Span = { since: number; excusedMs: number };

/** M1 no-overrun and M2 no-orphan: how long channels run that nobody wants. */
export function overrunChecker(context: CheckContext) {
  const { world, timeline, options, violations, excusedMs } = context;
  const spans = new Map<string, Span>();
  const overruns: number[] = [];
  let leakedMs = 0;

  const isWantedNow = (channelId: string): boolean => {
    const now = timeline.now();
    if (rowsOf(world, channelId).some((row) => isWanted(row, now, options.maxSkewMs))) return true;
    return world.siteMemory
      .current()
      .strangers.some(
        (each) => each.channelId === channelId && each.until.getTime() + options.maxSkewMs > now,
      );
  };
  const lengthMs = ({ since, excusedMs: before }: Span) =>
    timeline.now() - since - (excusedMs() - before);

  function end(channelId: string): void {
    const span = spans.get(channelId);
    if (span === undefined) return;
    spans.delete(channelId);
    overruns.push(lengthMs(span) / minuteMs);
    leakedMs += timeline.now() - span.since;
  }

  const checker: Checker = {
    each() {
      for (const { channelId, state } of world.history.all()) {
        if (!hasBegun(state) || isWantedNow(channelId)) {
          end(channelId);
          continue;
        }
        const span = spans.get(channelId) ?? { since: timeline.now(), excusedMs: excusedMs() };
        spans.set(channelId, span);
        const minutes = lengthMs(span) / minuteMs;
        const name = rowsOf(world, channelId).length === 0 ? "M2 no-orphan" : "M1 no-overrun";
        violations.check(
          minutes <= mostMinutes,
          name,
          () =>
            `channel ${channelId} has been ${state} for ${minutes.toFixed(1)} min, and nobody wants it`,
        );
      }
    },
  };
  return {
    ...checker,
    leakedMinutes: () => leakedMs / minuteMs,
    /** The length of each overrun in minutes, without the time in which nobody could act. */
    overruns: () => overruns,
  };
}
