import "./plain-functions.ts";
import { campaign, type Task } from "./campaign.ts";
import { type Asked, helpLines, readWords, WrongWords } from "./command-line.ts";
import { type Form, lifeOf, wordsFor } from "./forms.ts";
import { hunt } from "./hunt.ts";
import { minimise } from "./minimise.ts";
import type { Report } from "./report.ts";
import { simulate } from "./simulate.ts";
import { missedInCi } from "./sometimes.ts";
import { summaryOf } from "./summary.ts";
import { tasksFor } from "./tasks.ts";

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

type Lived = { task: Task; report: Report };

function tell({ task, report }: Lived): void {
  const { seed, days, events, violations, failure } = report;
  const form = task.form ?? "full";
  say(`seed ${seed}: ${days} days, ${form}, ${events} events, ${violations.length} violations`);
  if (failure === null) return;
  say(`options ${JSON.stringify(failure.options)}`);
  for (const line of [...failure.lastEvents, ...failure.state]) say(`  ${line}`);
  for (const { invariant, at, message } of violations) say(`${invariant} at ${at}: ${message}`);
  say(`again: npm run sim -- ${wordsFor(lifeOf(failure.options, form))}`);
}

/** What was lived twice and came out differently. */
function differing(lived: readonly Lived[]): number[] {
  const hashes = new Map<string, string>();
  return lived.flatMap(({ task, report: { seed, traceHash } }) => {
    const key = JSON.stringify(task);
    const known = hashes.get(key) ?? traceHash;
    hashes.set(key, known);
    return known === traceHash ? [] : [seed];
  });
}

/** Enough for a life of some days to become small, and little beside what a person does with it. */
const minimising = { mostRuns: 40, seconds: 60 };

/** Prints the first failure as small as it can be made, as a line that can be pasted into `regressions.ts`. */
async function tellSmallest(lived: readonly Lived[]): Promise<void> {
  const failed = lived.find(({ report }) => report.failure !== null);
  const [was] = failed?.report.violations ?? [];
  if (failed?.report.failure == null || was === undefined) return;
  say(`making seed ${failed.report.seed} smaller ...`);
  const { options, runs } = await minimise(failed.report.failure.options, {
    ...minimising,
    was,
    run: async (each) => (await simulate(each)).violations[0] ?? null,
    now: () => performance.now() / 1_000,
  });
  const form: Form = failed.task.form ?? "full";
  const life = lifeOf(options, form);
  say(`smallest after ${runs} runs: npm run sim -- ${wordsFor(life)}`);
  say(`  ${JSON.stringify({ ...life, was: `${was.invariant}: ${was.message}` })},`);
}

async function runSeeds(asked: Asked): Promise<boolean> {
  const began = performance.now();
  const tasks = tasksFor(asked);
  const lived: Lived[] = [];
  await campaign({
    tasks,
    ...(asked.seconds === null ? {} : { seconds: asked.seconds }),
    onReport(report, task) {
      lived.push({ task, report });
      tell({ task, report });
    },
  });
  const reports = lived.map(({ report }) => report);
  const summary = summaryOf(reports, (performance.now() - began) / 1_000);
  const hashMismatches = differing(lived);
  const notLived = tasks.length - lived.length;
  // A campaign that had no time for all of its lives may well have missed something.
  const missed = asked.do === "ci" && notLived === 0 ? missedInCi(summary.sometimes.never) : [];
  for (const name of missed) say(`never came about: ${name}`);
  const wasCut = asked.do === "ci" && notLived > 0;
  if (wasCut) say(`${notLived} of ${tasks.length} lives had no time: give it more --seconds`);
  if (asked.minimise) await tellSmallest(lived);
  print({ ...summary, hashMismatches, notLived });
  return summary.violations === 0 && hashMismatches.length === 0 && missed.length === 0 && !wasCut;
}

/** Long enough for most mutants, and short enough to be done with all of them within minutes. */
const huntingGround = { days: 3, seconds: 200 };

async function runMutants(asked: Asked): Promise<boolean> {
  const hunted = await hunt({
    days: asked.days ?? huntingGround.days,
    seconds: asked.seconds ?? huntingGround.seconds,
    onCaught: say,
  });
  print(hunted);
  return hunted.caught >= 0.9 * hunted.total;
}

async function run(): Promise<number> {
  try {
    const asked = readWords(process.argv.slice(2));
    if (asked === null) {
      process.stdout.write(`${helpLines().join("\n")}\n`);
      return 0;
    }
    const isWell = await (asked.do === "mutants" ? runMutants(asked) : runSeeds(asked));
    return isWell ? 0 : 1;
  } catch (error) {
    if (!(error instanceof WrongWords)) throw error;
    say(`sim: ${error.message}`);
    return 2;
  }
}

process.exitCode = await run();
