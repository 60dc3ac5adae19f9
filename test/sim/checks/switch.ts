import { hasBegun } from "../../../src/domain/channel.ts";
import { type CheckContext, type Checker, channelOf, isWanted, rowsOf } from "./context.ts";

const minuteMs = 60_000;
/** How long the switch may be missing or wrong, in minutes in which somebody could have set it. */
const mostMinutes = 4;
/** How far from the end of the lease and its margin it may stand. */
const mostOffMinutes = 3;

/** The switch outside the bot: AWS stops what runs past its lease by itself, and never what may go on (M1, M5). */
export function switchChecker(context: CheckContext): Checker & { minute(): void } {
  const { world, timeline, options, violations, excusedMs, reached } = context;
  const wrongSince = new Map<string, { at: number; excusedMs: number }>();
  const marginMs = options.policy.deadlineMarginMinutes * minuteMs;
  let excused = { totalMs: 0, at: 0 };

  /** AWS carries out what is due, once a minute. */
  function minute(): void {
    const now = timeline.now();
    if (excusedMs() !== excused.totalMs) excused = { totalMs: excusedMs(), at: now };
    for (const channelId of world.deadlines.takeDue(new Date(now))) {
      const cut = rowsOf(world, channelId).find((row) =>
        isWanted(row, now, -options.maxSkewMs - 2 * minuteMs),
      );
      const isExcused = now - excused.at < marginMs + 2 * mostMinutes * minuteMs;
      violations.check(
        cut === undefined || isExcused || wrongSince.has(channelId),
        "M5 no-surprise-stop",
        () => `the switch in AWS stops ${channelId} although ${cut?.id} may go on`,
      );
      if (!hasBegun(world.history.now(channelId)?.state ?? "deleted")) continue;
      reached("the switch in AWS stops a channel");
      void world.channels.stop(channelId).catch(() => undefined);
    }
  }

  const isRight = (channelId: string, untilMs: number): boolean => {
    const at = world.deadlines.at(channelId)?.getTime();
    const most = mostOffMinutes * minuteMs + options.maxSkewMs;
    return at !== undefined && Math.abs(at - untilMs - marginMs) <= most;
  };

  return {
    minute,
    each() {
      for (const row of world.destinations.all()) {
        const channelId = channelOf(row);
        const runs = world.history.now(channelId)?.state === "running";
        const untilMs = Math.max(Number(row.leaseUntil), Number(row.holdUntil));
        if (!runs || row.desired !== "on" || isRight(channelId, untilMs)) {
          wrongSince.delete(channelId);
          continue;
        }
        const since = wrongSince.get(channelId) ?? { at: timeline.now(), excusedMs: excusedMs() };
        wrongSince.set(channelId, since);
        const minutes = (timeline.now() - since.at - (excusedMs() - since.excusedMs)) / minuteMs;
        violations.check(
          minutes <= mostMinutes,
          "M1 no-overrun",
          () =>
            `${row.id} runs until ${row.leaseUntil?.toISOString()}, and its switch in AWS stands at ${world.deadlines.at(channelId)?.toISOString()}`,
        );
      }
    },
  };
}
