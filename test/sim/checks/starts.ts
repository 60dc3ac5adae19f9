import { canStart, canStop, canUpdate, toChannelState } from "../../../src/domain/channel.ts";
import type { Destination, DestinationChange } from "../../../src/domain/destination.ts";
import type { SimProcess } from "../process.ts";
import { type CheckContext, type Checker, channelOf, rowsOf } from "./context.ts";
import { createKnownStarts } from "./known-starts.ts";

/** M4's bound: a tick, and the minute in which the next one may come late. */
const mostMinutes = 3;
const minuteMs = 60_000;
const allowed: Record<string, (state: ReturnType<typeof toChannelState>) => boolean> = {
  "channels.start": canStart,
  "channels.stop": canStop,
  "channels.setOutput": canUpdate,
};

/** M3 one-start-per-intent, M4 stop-wins and T5 legal. */
export function startChecker(context: CheckContext) {
  const { world, timeline, violations, excusedMs, seen } = context;
  const recorded = new Map<string, string>();
  const known = createKnownStarts(context);
  const startsOf = new Map<string, number>();
  const late = new Map<string, { since: number; excusedMs: number; intentId: string }>();
  let sending: { channelId: string; intentId: string; at: number; canKnow: boolean } | null = null;
  let starts = 0;
  let blind = 0;

  const place = (process: SimProcess, channelId: string) => `${process.id} ${channelId}`;

  function sent(process: SimProcess, channelId: string): void {
    const intentId = recorded.get(place(process, channelId)) ?? "none";
    recorded.delete(place(process, channelId));
    const canKnow = known.canKnow(process, channelId, intentId);
    sending = { channelId, intentId, at: timeline.now(), canKnow };
    violations.check(
      intentId !== "none",
      "M3 one-start-per-intent",
      () => `${process.id} starts ${channelId} without having recorded this start`,
    );
  }

  function began(channelId: string): void {
    late.delete(channelId);
    if (sending?.channelId !== channelId || sending.at !== timeline.now()) return;
    const { intentId, canKnow } = sending;
    sending = null;
    known.began(intentId);
    starts += 1;
    const count = (startsOf.get(intentId) ?? 0) + 1;
    startsOf.set(intentId, count);
    if (count > 1 && !canKnow) blind += 1;
    violations.check(
      count === 1 || !canKnow,
      "M3 one-start-per-intent",
      () => `${intentId} has started channel ${channelId} ${count} times`,
    );
    if (!rowsOf(world, channelId).some((row) => row.intent?.id === intentId))
      late.set(channelId, { since: timeline.now(), excusedMs: excusedMs(), intentId });
  }

  const checker: Checker = {
    watcher: {
      channelEntered({ channelId, state }) {
        if (state === "starting") began(channelId);
        else if (state === "stopping" || state === "idle") late.delete(channelId);
      },
      rowWritten: known.written,
    },
    listener: {
      sent(process, { name, args }) {
        if (name === "destinations.update") {
          const [row, { attempt }] = args as [Destination, DestinationChange];
          if (attempt?.outcome === "unknown")
            recorded.set(place(process, channelOf(row)), attempt.intentId);
        }
        const isAllowed = allowed[name];
        if (isAllowed === undefined) return;
        const channelId = String(args[0]);
        const states = seen.states(process, channelId);
        violations.check(
          states.some((state) => isAllowed(toChannelState(state))),
          "T5 legal",
          () => `${process.id} sends ${name} ${channelId}, which it has seen ${states.join(", ")}`,
        );
        if (name === "channels.start") sent(process, channelId);
      },
    },
    each() {
      for (const [channelId, { since, intentId, excusedMs: before }] of late) {
        const wanted = rowsOf(world, channelId).some(({ desired }) => desired === "on");
        const minutes = (timeline.now() - since - (excusedMs() - before)) / minuteMs;
        if (wanted) late.delete(channelId);
        else
          violations.check(
            minutes <= mostMinutes,
            "M4 stop-wins",
            () =>
              `the start of ${intentId} on ${channelId} is in effect ${minutes.toFixed(1)} min after its stop`,
          );
      }
    },
  };
  return { ...checker, starts: () => starts, blindRestarts: () => blind };
}
