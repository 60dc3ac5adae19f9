import type { Faults } from "../faults.ts";
import type { SimOptions } from "../options.ts";
import type { Timeline } from "../timeline.ts";
import type { Violations } from "../violations.ts";
import type { Listener } from "../ways.ts";
import type { SimWorld } from "../world.ts";
import { budgetChecker } from "./budget.ts";
import { calmChecker } from "./calm.ts";
import type { CheckContext, Checker } from "./context.ts";
import { flowChecker } from "./flow.ts";
import { lastCallChecker } from "./last-call.ts";
import { messageChecker } from "./messages.ts";
import { meterChecker } from "./meter.ts";
import { overrunChecker } from "./overrun.ts";
import { rowChecker } from "./rows.ts";
import { createSeen } from "./seen.ts";
import { showChecker } from "./shows.ts";
import { singleEffectChecker } from "./single-effect.ts";
import { startChecker } from "./starts.ts";
import { stopChecker } from "./stops.ts";
import { switchChecker } from "./switch.ts";

type Parts = {
  options: SimOptions;
  world: SimWorld;
  timeline: Timeline;
  faults: Faults;
  violations: Violations;
  /** True while some process lives and goes on. */
  isServed(): boolean;
  steadySince(): number;
};

/** How often what depends on time alone is looked at: while something goes on, and while the world is at rest. */
const everyMs = { busy: 15_000, resting: 300_000 };

/** All checkers, fed with everything that happens. */
export function createChecks(parts: Parts) {
  const { world, timeline, faults } = parts;
  const isLost = () => faults.isOut("tables") || !parts.isServed();
  const excuse = createExcuse(timeline, () => faults.isOut("media") || isLost());
  const silence = createExcuse(timeline, () => faults.isOut("slack") || isLost());
  const seen = createSeen(timeline);
  const context: CheckContext = { ...parts, excusedMs: excuse.ms, silentMs: silence.ms, seen };
  const overrun = overrunChecker(context);
  const starts = startChecker(context);
  const rows = rowChecker(context);
  const calm = calmChecker(context);
  const messages = messageChecker(context);
  const outsideSwitch = switchChecker(context);
  const meter = meterChecker(context);
  const shows = showChecker(context);
  const budget = budgetChecker(context);
  const all: Checker[] = [
    seen,
    overrun,
    starts,
    stopChecker(context),
    rows,
    flowChecker(context),
    calm,
    messages,
    outsideSwitch,
    meter,
    singleEffectChecker(context),
    lastCallChecker(context),
    shows,
    budget,
  ];
  const listeners = all.flatMap(({ listener }) => listener ?? []);
  const timed = all.flatMap(({ each }) => each ?? []);
  let dirty = true;
  let nextAt = 0;

  world.watch({
    rowWritten: touched,
    channelEntered: touched,
    flowEntered: touched,
  });
  for (const { watcher } of all) if (watcher !== undefined) world.watch(watcher);
  function touched(): void {
    dirty = true;
  }

  const listener: Listener = {
    sent: (process, call) => {
      for (const each of listeners) each.sent?.(process, call);
    },
    answered: (process, call, answer) => {
      for (const each of listeners) each.answered?.(process, call, answer);
    },
  };
  return {
    listener,
    overrun,
    starts,
    rows,
    calm,
    messages,
    /** What is judged once, when all is over. */
    end: meter.end,
    /** What AWS does by itself once a minute, and what is judged as often. */
    minute(): void {
      outsideSwitch.minute();
      shows.minute();
      budget.minute();
    },
    /** What depends on time alone is looked at when something has changed, and now and then. */
    each(): void {
      excuse.tick();
      silence.tick();
      if (!dirty && timeline.now() < nextAt) return;
      dirty = false;
      const isResting = world.isAtRest() && !faults.isCalm();
      nextAt = timeline.now() + (isResting ? everyMs.resting : everyMs.busy);
      for (const check of timed) check();
    },
  };
}

export type Checks = ReturnType<typeof createChecks>;

/** Adds up the time in which nobody could act. */
function createExcuse(timeline: Timeline, isExcused: () => boolean) {
  let totalMs = 0;
  let last = { at: timeline.now(), excused: false };
  return {
    ms: () => totalMs,
    tick() {
      const now = timeline.now();
      if (last.excused) totalMs += now - last.at;
      last = { at: now, excused: isExcused() };
    },
  };
}
