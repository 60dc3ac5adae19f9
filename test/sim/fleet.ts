import { createNotifier } from "../../src/bot/notifier.ts";
import type { Ids, Log, Notifier, Ports } from "../../src/manager/ports.ts";
import { memoryCrew } from "../support/memory/process.ts";
import type { Checks } from "./checks/index.ts";
import { hearing } from "./clock.ts";
import type { Faults } from "./faults.ts";
import { boot, type Instance } from "./instance.ts";
import type { Mutant } from "./mutant.ts";
import type { SimOptions } from "./options.ts";
import { createProcess } from "./process.ts";
import type { Random } from "./random.ts";
import type { SimSlack } from "./slack.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";
import type { Violations } from "./violations.ts";
import { portsOf } from "./ways.ts";
import { canary, type SimWorld } from "./world.ts";

type Parts = {
  options: SimOptions;
  world: SimWorld;
  timeline: Timeline;
  faults: Faults;
  trace: Trace;
  violations: Violations;
  mutant: Mutant;
  random: Random;
  slack: SimSlack;
  checks(): Checks;
};

const deaf: Notifier = { announce: () => undefined, show: () => undefined };
const conversationId = "C0SITE";

/** The site's processes: as many as the seed says, each started again some time after it has died. */
export function createFleet(parts: Parts) {
  const { options, world, timeline, faults, trace, violations, random } = parts;
  const slots: (Instance | null)[] = Array.from({ length: options.instances }, () => null);
  const counts = { crashes: 0, ticks: 0, boots: 0, bootedAt: 0 };
  const ids = countingIds();

  const broken = (what: string, error: unknown): void =>
    violations.add("P2 no unhandled rejection", `${what}: ${String(error)}`);
  const log = createSimLog(trace, timeline, violations);

  function start(slot: number): void {
    counts.boots += 1;
    counts.bootedAt = timeline.now();
    const skewMs = faults.isCalm() ? 0 : random.between(-1, 1) * options.maxSkewMs;
    if (skewMs !== 0) faults.note("clock-skew");
    const process = createProcess(`p${slot}.${counts.boots}`, {
      timeline,
      random,
      skewMs: Math.round(skewMs),
    });
    const onDeath = () => {
      counts.crashes += 1;
      slots[slot] = null;
      timeline.after(1_000 * 600 ** random.next(), () => start(slot));
    };
    const way = { world, timeline, faults, trace, listener: parts.checks().listener, onDeath };
    const reached = portsOf(process, world, way);
    const isHearing = options.faults["clock-step"] > 0;
    const heard = isHearing ? hearing(reached, process.asking, timeline.now) : reached;
    const { bill, prices, unreadable } = world;
    const { mutant } = parts;
    const own = { clock: process.clock, ids, log, crew: memoryCrew(), bill, prices, unreadable };
    const sound: Ports = { ...heard, ...own, notifier: deaf };
    const given = mutant.ports?.(sound) ?? sound;
    const { zone, defaultLeaseMinutes } = options.policy;
    const site = { zone, defaultLeaseMinutes };
    const slack = mutant.slack?.(parts.slack.slackOf(process)) ?? parts.slack.slackOf(process);
    const notifier = options.messages
      ? createNotifier({ ...given, slack, conversationId, site })
      : deaf;
    trace.add(timeline.now(), "boots", process.id);
    slots[slot] = boot(process, {
      ports: { ...given, notifier },
      options: { ...options, policy: mutant.policy?.(options.policy) ?? options.policy },
      faults,
      random,
      acknowledged: (outcomes) => parts.checks().rows.acknowledged(outcomes),
      isQuiet: () =>
        !faults.isCalm() &&
        !faults.isStirred() &&
        world.isAtRest() &&
        !parts.checks().shows.isAwaited(),
      onTick: () => {
        counts.ticks += 1;
        parts.checks().ticked(process);
      },
      onBroken: broken,
    });
  }

  /** One may have died at its very first call, before it had its place. */
  const living = () =>
    slots.filter((each) => each !== null).filter(({ process }) => process.isAlive());
  return {
    start: () => {
      for (const slot of slots.keys()) start(slot);
    },
    living,
    /** Since when every process has been up and going on; now, while one is not. */
    steadySince(): number {
      if (living().length < slots.length) return timeline.now();
      return Math.max(counts.bootedAt, ...living().map(({ process }) => process.pausedUntil()));
    },
    isServed: () => living().some(({ process }) => !process.isPaused()),
    broken,
    counts: () => counts,
  };
}

export type Fleet = ReturnType<typeof createFleet>;

function countingIds(): Ids {
  let count = 0;
  return {
    next: (kind) => {
      count += 1;
      return `${kind}_${count}`;
    },
  };
}

/** A log that goes into the trace, and is searched for secrets and for what no part of the product expects. */
function createSimLog(trace: Trace, timeline: Timeline, violations: Violations): Log {
  const write =
    (level: string): Log["info"] =>
    (event, fields = {}) => {
      const words =
        level === "info" && event === "step" ? String(fields.kind) : JSON.stringify(fields);
      trace.add(timeline.now(), event, words);
      violations.check(
        !words.includes(canary),
        "S1 no secrets",
        () => `the log line ${event} carries a stream key`,
      );
      if (fields.code === "internal")
        violations.add("P2 no unhandled rejection", `${event}: ${words}`);
    };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}
