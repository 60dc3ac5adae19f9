import { parseArgs } from "node:util";
import { campaign, type Task } from "./campaign.ts";
import { hunt } from "./hunt.ts";
import { regressions } from "./regressions.ts";
import type { Report } from "./report.ts";
import { summaryOf } from "./summary.ts";

const { values } = parseArgs({
  options: {
    days: { type: "string" },
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    years: { type: "string" },
    seconds: { type: "string" },
    ci: { type: "boolean", default: false },
    light: { type: "boolean", default: false },
    mutants: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

/** What the words on the command line ask for, as seeds and their days. */
function tasksFrom(): Task[] {
  const first = Number(values.seed);
  const days = Number(values.days ?? 30);
  if (values.ci) return ciTasks();
  const count = Math.max(1, Math.round((Number(values.years) * 365) / longRun));
  const tasks =
    values.years === undefined
      ? seedsFrom(first, { count: Number(values.seeds), days })
      : seedsFrom(first, { count, days: longRun });
  return values.light ? tasks.map(lightly) : tasks;
}

/** A fifth of a year; clock changes, month ends and a leap day are among the days that it may begin on. */
const longRun = 73;

/** The seeds that once failed, two short runs twice for their hashes, many short ones, and two whole years: all light. */
const ciTasks = (): Task[] =>
  [
    ...regressions.map(({ seed, days }) => ({ seed, days, mutant: null })),
    ...seedsFrom(1, { count: 2, days: 5 }),
    ...seedsFrom(1, { count: 24, days: 5 }),
    ...seedsFrom(26, { count: 2, days: 365 }),
  ].map(lightly);

const lightly = (task: Task): Task => ({ ...task, light: true });

const seedsFrom = (first: number, { count, days }: { count: number; days: number }): Task[] =>
  Array.from({ length: count }, (_, index) => ({ seed: first + index, days, mutant: null }));

function tell(report: Report): void {
  const { seed, days, events, violations, failure } = report;
  say(`seed ${seed}: ${days} days, ${events} events, ${violations.length} violations`);
  if (failure === null) return;
  say(`options ${JSON.stringify(failure.options)}`);
  for (const line of [...failure.lastEvents, ...failure.state]) say(`  ${line}`);
  for (const { invariant, at, message } of violations) say(`${invariant} at ${at}: ${message}`);
  const light = values.ci || values.light ? " --light" : "";
  say(`again: npm run sim -- --seed ${seed} --days ${days}${light}`);
}

/** Seeds that were lived twice and came out differently. */
function differing(reports: readonly Report[]): number[] {
  const hashes = new Map<string, string>();
  return reports.flatMap(({ seed, days, traceHash }) => {
    const key = `${seed} ${days}`;
    const known = hashes.get(key) ?? traceHash;
    hashes.set(key, known);
    return known === traceHash ? [] : [seed];
  });
}

async function runSeeds(): Promise<boolean> {
  const began = performance.now();
  const reports: Report[] = [];
  await campaign({
    tasks: tasksFrom(),
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
    onReport(report) {
      reports.push(report);
      tell(report);
    },
  });
  const summary = summaryOf(reports, (performance.now() - began) / 1_000);
  const hashMismatches = differing(reports);
  print({ ...summary, hashMismatches });
  return summary.violations === 0 && hashMismatches.length === 0;
}

/** Long enough for most mutants, and short enough to be done with all of them within minutes. */
const huntingGround = { days: 3, seconds: 200 };

async function runMutants(): Promise<boolean> {
  const { days, seconds } = huntingGround;
  const hunted = await hunt({
    days: Number(values.days ?? days),
    seconds: Number(values.seconds ?? seconds),
    onCaught: say,
  });
  print(hunted);
  return hunted.caught >= 0.9 * hunted.total;
}

const isWell = await (values.mutants ? runMutants() : runSeeds());
process.exitCode = isWell ? 0 : 1;
