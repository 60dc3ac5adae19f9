import { createCalmSchedule } from "./calm.ts";
import { createChecks } from "./checks/index.ts";
import { createFaults } from "./faults.ts";
import { createFleet } from "./fleet.ts";
import { createMischief } from "./mischief.ts";
import type { Mutant } from "./mutant.ts";
import type { SimOptions } from "./options.ts";
import { createPeople } from "./people.ts";
import { createPlanners } from "./planners.ts";
import { createRandom } from "./random.ts";
import { type Report, toReport } from "./report.ts";
import { createSimSlack } from "./slack.ts";
import { createTimeline } from "./timeline.ts";
import { createTrace } from "./trace.ts";
import { createViolations } from "./violations.ts";
import { createWorld } from "./world.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Lives one seed's days, and says what came of them; ends at the first violation. */
export async function simulate(options: SimOptions, mutant: Mutant = {}): Promise<Report> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const start = Date.parse(options.startsAt);
  const random = createRandom(`seed ${options.seed}`);
  const timeline = createTimeline(start, random.fork("ties"));
  const trace = createTrace();
  const violations = createViolations(timeline.now, () => undefined);
  const world = createWorld(options, timeline, random.fork("world"));
  const faults = createFaults(options, timeline, random.fork("faults"));
  const base = { options, world, timeline, faults, trace, violations };
  const slack = createSimSlack({
    ...base,
    random: random.fork("slack"),
    onPost: (message, by) => checks.messages.posted(message, by),
    onSecret: (where) => violations.add("S1 no secrets", `${where} carries a stream key`),
  });
  const fleet = createFleet({
    ...base,
    mutant,
    slack,
    random: random.fork("fleet"),
    checks: () => checks,
  });
  const processes = () => fleet.living().map(({ process }) => process);
  const checks = createChecks({
    ...base,
    isServed: fleet.isServed,
    processes,
    steadySince: fleet.steadySince,
  });
  const people = createPeople({
    ...base,
    random: random.fork("people"),
    instances: fleet.living,
    onBroadcast: (lengthMs) => mischief.during(lengthMs),
    onBroken: fleet.broken,
  });
  const mischief = createMischief({
    ...base,
    random: random.fork("mischief"),
    processes,
  });
  const planners = createPlanners({ ...base, random: random.fork("planners"), say: people.say });
  const calm = createCalmSchedule({ ...base, random: random.fork("calm") });

  function planDay(index: number): void {
    const at = start + index * day;
    people.plan(at);
    mischief.plan(at);
    planners.plan(at);
    if (index + 1 < options.days) timeline.at(at + day, () => planDay(index + 1));
  }
  const everyMinute = (): void => {
    checks.minute();
    timeline.after(minute, everyMinute);
  };
  const onRejection = (reason: unknown) => fleet.broken("a promise", reason);
  process.on("unhandledRejection", onRejection);
  try {
    planDay(0);
    everyMinute();
    calm.start();
    fleet.start();
    await timeline.run(start + options.days * day, () => {
      checks.each();
      return violations.all().length === 0;
    });
    if (violations.all().length === 0) checks.end();
  } finally {
    process.off("unhandledRejection", onRejection);
  }
  const wallSeconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1_000_000;
  return toReport({ ...base, fleet, people, checks, wallSeconds, cpuSeconds });
}
