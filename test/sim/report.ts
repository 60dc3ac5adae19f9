import { TZDate } from "@date-fns/tz";
import type { Checks } from "./checks/index.ts";
import type { Met } from "./coverage.ts";
import type { Faults } from "./faults.ts";
import type { Fleet } from "./fleet.ts";
import type { SimOptions } from "./options.ts";
import type { Reached } from "./sometimes.ts";
import type { Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";
import type { Violation, Violations } from "./violations.ts";
import type { SimWorld } from "./world.ts";

/** What one seed came to. Times in minutes, convergence in sync periods. */
export type Report = {
  seed: number;
  days: number;
  events: number;
  calls: number;
  commands: number;
  ticks: number;
  checks: number;
  faults: Record<string, number>;
  /** The same by the operation that each fault met. */
  met: Met;
  situations: Reached;
  /** The most that one process had under way, and the heap at the end of each month, in megabytes. */
  mostPending: number;
  heapsMb: readonly number[];
  crashes: number;
  violations: readonly Violation[];
  traceHash: string;
  leakedChannelMinutes: number;
  overruns: readonly number[];
  convergence: readonly number[];
  starts: number;
  /** Second starts of an intent by a process that could not know of the first (docs/decisions/0004). */
  blindRestarts: number;
  intents: number;
  alertsExpected: number;
  alertsLost: number;
  alertsDuplicated: number;
  dstTransitions: number;
  cpuSeconds: number;
  wallSeconds: number;
  /** Only of a run that failed: the options, the last events before the violation, and how the world was then. */
  failure: {
    options: SimOptions;
    lastEvents: readonly string[];
    state: readonly string[];
  } | null;
};

type Parts = {
  options: SimOptions;
  world: SimWorld;
  timeline: Timeline;
  faults: Faults;
  trace: Trace;
  violations: Violations;
  fleet: Fleet;
  checks: Checks;
  people: { typed(): number };
  cpuSeconds: number;
  wallSeconds: number;
};

export function toReport(parts: Parts): Report {
  const { options, timeline, faults, trace, violations, fleet, checks, people } = parts;
  const failed = violations.all().length > 0;
  const { crashes, ticks } = fleet.counts();
  return {
    seed: options.seed,
    days: options.days,
    events: timeline.count(),
    calls: trace.count(),
    commands: people.typed(),
    ticks,
    checks: violations.checks(),
    faults: faults.counts(),
    met: faults.met(),
    situations: checks.situations(),
    mostPending: checks.closed.mostPending(),
    heapsMb: checks.closed.heapsMb(),
    crashes,
    violations: violations.all(),
    traceHash: trace.hash(),
    leakedChannelMinutes: checks.overrun.leakedMinutes(),
    overruns: checks.overrun.overruns(),
    convergence: checks.calm.taken(),
    starts: checks.starts.starts(),
    blindRestarts: checks.starts.blindRestarts(),
    intents: checks.rows.intents(),
    alertsExpected: checks.messages.expected(),
    alertsLost: checks.messages.lost(),
    alertsDuplicated: checks.messages.doubled(),
    dstTransitions: clockChanges(options),
    cpuSeconds: parts.cpuSeconds,
    wallSeconds: parts.wallSeconds,
    failure: failed ? { options, lastEvents: trace.last(), state: stateOf(parts.world) } : null,
  };
}

const stateOf = ({ destinations, history, flows, siteMemory }: SimWorld): string[] => [
  ...destinations.all().map((row) => JSON.stringify(row)),
  ...history.all().map((channel) => JSON.stringify(channel)),
  `flow ${flows.stateOf()}`,
  JSON.stringify(siteMemory.current()),
];

/** How often the zone's clock changes in these days. */
function clockChanges({ policy, startsAt, days }: SimOptions): number {
  const offsets = Array.from({ length: days + 1 }, (_, day) =>
    new TZDate(Date.parse(startsAt) + day * 86_400_000, policy.zone).getTimezoneOffset(),
  );
  return offsets.filter((offset, index) => index > 0 && offset !== offsets[index - 1]).length;
}
