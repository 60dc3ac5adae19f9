import { hasBegun, isBilledRunning } from "../../../src/domain/channel.ts";
import { carriesVideo } from "../../../src/domain/source.ts";
import type { SimProcess } from "../process.ts";
import { type CheckContext, type Checker, rowsOf } from "./context.ts";

const minuteMs = 60_000;
const staleMs = 60_000;
/** The flow may be this long without video while a wanted channel runs, and this much longer than planned with it. */
const mostMinutes = 5;

/** M6 flow-follows: the flow carries video while any channel runs, and goes to standby a while after the last. */
export function flowChecker(context: CheckContext): Checker {
  const { world, timeline, options, violations, excusedMs, seen } = context;
  const { history, flows } = world;
  const absent = createSpan(context);
  const idle = createSpan(context);
  let stopping: { process: SimProcess; at: number } | null = null;

  const isNeeded = (): boolean =>
    history.all().some(({ state }) => isBilledRunning(state)) ||
    world.destinations.all().some(({ desired }) => desired === "on");

  return {
    watcher: {
      flowEntered(state) {
        if (state !== "stopping" || stopping?.at !== timeline.now()) return;
        const { process } = stopping;
        const cut = history.all().find(({ channelId, state: its }) => {
          const lookedAt = seen.channel(process, channelId)?.at ?? timeline.now();
          return hasBegun(its) && history.lastAtRest(channelId) < lookedAt - staleMs;
        });
        violations.check(
          cut === undefined,
          "M6 flow-follows",
          () => `${process.id} stops the flow while channel ${cut?.channelId} runs`,
        );
      },
    },
    listener: {
      sent(process, { name }) {
        if (name === "flows.stop") stopping = { process, at: timeline.now() };
      },
    },
    each() {
      const carries = carriesVideo(flows.stateOf());
      const running = history
        .all()
        .some(
          ({ channelId, state }) =>
            state === "running" && rowsOf(world, channelId).some(({ desired }) => desired === "on"),
        );
      violations.check(
        absent(running && !carries, excusedMs()) <= mostMinutes,
        "M6 flow-follows",
        () => `a channel has run for ${mostMinutes} min, and the flow is ${flows.stateOf()}`,
      );
      const { keepWarmMinutes } = options.policy;
      const most = keepWarmMinutes + mostMinutes + options.maxSkewMs / minuteMs;
      violations.check(
        idle(carries && !isNeeded(), excusedMs()) <= most,
        "M6 flow-follows",
        () => `the flow has been active for ${most} min, and nobody needs it`,
      );
    },
  };
}

/** How many minutes something has lasted, without the time in which nobody could act. */
function createSpan({ timeline }: CheckContext) {
  let since: { at: number; excusedMs: number } | null = null;
  return (lasts: boolean, excusedMs: number): number => {
    if (!lasts) {
      since = null;
      return 0;
    }
    since ??= { at: timeline.now(), excusedMs };
    return (timeline.now() - since.at - (excusedMs - since.excusedMs)) / minuteMs;
  };
}
