import { autoShutdown, budgetCap, type Destination } from "../../../src/domain/destination.ts";
import type { SimProcess } from "../process.ts";
import { type CheckContext, type Checker, channelOf, isWanted, rowsOf } from "./context.ts";

/** How old an answer of AWS may be. */
const staleMs = 60_000;
const minuteMs = 60_000;

/** M5 no-surprise-stop: a show ends for a person, an ended lease, a start that never came, or a channel that is down. */
export function stopChecker(context: CheckContext): Checker {
  const { world, timeline, options, violations, seen } = context;
  const { history } = world;
  const onSince = new Map<string, { intentId: string; at: number }>();
  let writing: SimProcess | null = null;
  let stopping: { process: SimProcess; channelId: string; at: number } | null = null;

  /** True when the channel was down at a time that the writer's last look may have shown. */
  function wasDown(channelId: string): boolean {
    const look = writing === null ? null : seen.channel(writing, channelId);
    return history.lastAtRest(channelId) >= (look?.at ?? timeline.now()) - staleMs;
  }

  /** True when no source has come for as long as the grace lasts, as a stale answer may show it. */
  function isSourceGone(now: number): boolean {
    const lostAt = world.sourceLostAt();
    const graceMs = options.policy.graceMinutes * minuteMs - staleMs - 2 * options.maxSkewMs;
    return lostAt !== null && now - lostAt >= graceMs;
  }

  function isReasonable(row: Destination, before: Destination): boolean {
    const now = timeline.now();
    const by = row.intent?.id === before.intent?.id ? "" : (row.intent?.by.id ?? "");
    if (by.startsWith("U0") || !isWanted(before, now, -options.maxSkewMs)) return true;
    // `lastCallChecker` judges whether it was called before.
    if (by === budgetCap.id) return true;
    return by === autoShutdown.id
      ? isSourceGone(now)
      : hasGivenUp(before, now) || wasDown(channelOf(row));
  }

  function hasGivenUp(before: Destination, now: number): boolean {
    const since = before.attempt?.at.getTime() ?? before.intent?.at.getTime() ?? 0;
    const tried = now - since + 2 * options.maxSkewMs;
    const gaveUp = before.phase === "accepted" || before.phase === "starting";
    const overdue = tried >= options.policy.startDeadlineMinutes * minuteMs;
    return gaveUp && overdue;
  }

  return {
    watcher: {
      rowWritten(row, before) {
        if (row.desired === "on" && row.intent !== null) {
          if (onSince.get(row.id)?.intentId !== row.intent.id)
            onSince.set(row.id, { intentId: row.intent.id, at: timeline.now() });
        }
        if (before?.desired !== "on" || row.desired !== "off") return;
        violations.check(
          isReasonable(row, before),
          "M5 no-surprise-stop",
          () =>
            `${row.id} goes off by ${row.intent?.by.id} (${row.lastError ?? row.intent?.reason}) in the middle of its lease`,
        );
      },
      channelEntered({ channelId, state }) {
        const ours = stopping;
        if (state !== "stopping" || ours?.channelId !== channelId || ours.at !== timeline.now())
          return;
        stopping = null;
        const cut = rowsOf(world, channelId).find((row) =>
          isWanted(row, timeline.now(), -options.maxSkewMs),
        );
        if (cut === undefined) return;
        violations.check(
          seen.rowsAt(ours.process) <= (onSince.get(cut.id)?.at ?? 0),
          "M5 no-surprise-stop",
          () =>
            `${ours.process.id} stops ${channelId} although it has read that ${cut.id} is on air`,
        );
      },
    },
    listener: {
      sent(process, { name, args }) {
        writing = name === "destinations.update" ? process : null;
        if (name === "channels.stop")
          stopping = { process, channelId: String(args[0]), at: timeline.now() };
      },
    },
  };
}
