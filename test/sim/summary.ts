import { addMet, coverageOf } from "./coverage.ts";
import { possiblePairs } from "./possible.ts";
import type { Report } from "./report.ts";
import { sometimesOf } from "./sometimes.ts";

/** Many seeds as one, in the fields of the report line; `seed` is the first. Times in minutes, convergence in sync periods. */
export function summaryOf(reports: readonly Report[], wallSeconds: number) {
  const sum = (read: (report: Report) => number) =>
    reports.reduce((total, report) => total + read(report), 0);
  const overruns = sorted(reports.flatMap((report) => report.overruns));
  const convergence = sorted(reports.flatMap((report) => report.convergence));
  const days = sum((report) => report.days);
  const cpuSeconds = sum((report) => report.cpuSeconds);
  const met = addMet(reports.map((report) => report.met));
  const [only] = reports;
  return {
    seed: only?.seed ?? 0,
    seeds: new Set(reports.map(({ seed }) => seed)).size,
    days,
    years: rounded(days / 365),
    events: sum((report) => report.events),
    calls: sum((report) => report.calls),
    commands: sum((report) => report.commands),
    ticks: sum((report) => report.ticks),
    checks: sum((report) => report.checks),
    faults: added(reports.map((report) => report.faults)),
    faultsByOperation: met,
    coverage: coverageOf(met, possiblePairs()),
    sometimes: sometimesOf(reports.map(({ situations }) => situations)),
    crashes: sum((report) => report.crashes),
    violations: sum((report) => report.violations.length),
    violationList: reports.flatMap(({ seed, violations }) =>
      violations.map((violation) => ({ seed, ...violation })),
    ),
    traceHash: reports.length === 1 ? (only?.traceHash ?? "") : joined(reports),
    leakedChannelMinutes: rounded(sum((report) => report.leakedChannelMinutes)),
    maxOverrunMinutes: rounded(overruns.at(-1) ?? 0),
    p99OverrunMinutes: rounded(atShare(overruns, 0.99)),
    convergenceP50: rounded(atShare(convergence, 0.5)),
    convergenceP99: rounded(atShare(convergence, 0.99)),
    convergenceMax: rounded(convergence.at(-1) ?? 0),
    starts: sum((report) => report.starts),
    blindRestarts: sum((report) => report.blindRestarts),
    intents: sum((report) => report.intents),
    dstTransitions: sum((report) => report.dstTransitions),
    alertsExpected: sum((report) => report.alertsExpected),
    alertsLost: sum((report) => report.alertsLost),
    alertsDuplicated: sum((report) => report.alertsDuplicated),
    mostPending: Math.max(0, ...reports.map((report) => report.mostPending)),
    mostHeapMb: Math.round(Math.max(0, ...reports.flatMap((report) => report.heapsMb))),
    cpuSeconds: rounded(cpuSeconds),
    yearsPerCpuMinute: rounded(days / 365 / (cpuSeconds / 60)),
    wallSeconds: rounded(wallSeconds),
  };
}

const sorted = (numbers: readonly number[]) => numbers.toSorted((left, right) => left - right);
const atShare = (ordered: readonly number[], share: number): number =>
  ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0;
const rounded = (value: number): number => Math.round(value * 100) / 100;

function added(counts: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [kind, count] of counts.flatMap((each) => Object.entries(each)))
    total[kind] = (total[kind] ?? 0) + count;
  return Object.fromEntries(Object.entries(total).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** One word for all hashes: they are joined in the order of their seeds. */
const joined = (reports: readonly Report[]): string =>
  reports
    .toSorted((left, right) => left.seed - right.seed)
    .map(({ traceHash }) => traceHash.slice(0, 4))
    .join("");
