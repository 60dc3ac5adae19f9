import type { Faults } from "../faults.ts";
import type { SimOptions } from "../options.ts";
import type { SimProcess } from "../process.ts";
import { createSometimes } from "../sometimes.ts";
import type { Timeline } from "../timeline.ts";
import type { Violations } from "../violations.ts";
import type { Listener } from "../ways.ts";
import type { SimWorld } from "../world.ts";
import { accessChecker } from "./access.ts";
import { budgetChecker } from "./budget.ts";
import { calmChecker } from "./calm.ts";
import { closedChecker } from "./closed.ts";
import type { CheckContext } from "./context.ts";
import { flowChecker } from "./flow.ts";
import { lastCallChecker } from "./last-call.ts";
import { messageChecker } from "./messages.ts";
import { meterChecker } from "./meter.ts";
import { overrunChecker } from "./overrun.ts";
import { rowChecker } from "./rows.ts";
import { createSeen } from "./seen.ts";
import { showChecker } from "./shows.ts";
import { singleEffectChecker } from "./single-effect.ts";
import { type Feeler, situationFeelers } from "./situations.ts";
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
  processes(): readonly SimProcess[];
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
  const { reached, counts } = createSometimes();
  const context: CheckContext = {
    ...parts,
    excusedMs: excuse.ms,
    silentMs: silence.ms,
    seen,
    reached,
  };
  const overrun = overrunChecker(context);
  const starts = startChecker(context);
  const rows = rowChecker(context);
  const calm = calmChecker(context);
  const messages = messageChecker(context);
  const outsideSwitch = switchChecker(context);
  const meter = meterChecker(context);
  const shows = showChecker(context);
  const budget = budgetChecker(context);
  const closed = closedChecker(context);
  const feelers = situationFeelers(context);
  const all: Feeler[] = [
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
    closed,
    accessChecker(context),
    ...feelers,
  ];
  const listeners = all.flatMap(({ listener }) => listener ?? []);
  const timed = all.flatMap(({ each }) => each ?? []);
  const minutely = all.flatMap(({ minute }) => minute ?? []);
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
    met: (process, call, fate) => {
      for (const each of listeners) each.met?.(process, call, fate);
    },
  };
  return {
    listener,
    overrun,
    starts,
    rows,
    calm,
    messages,
    closed,
    shows,
    situations: counts,
    ticked(process: SimProcess): void {
      for (const each of feelers) each.ticked?.(process);
    },
    /** What is judged once, when all is over. */
    end(): void {
      for (const each of all) each.end?.();
    },
    /** What AWS does by itself once a minute, and what is judged as often. */
    minute(): void {
      for (const each of minutely) each();
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
