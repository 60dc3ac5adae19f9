import { isUnreadableNote, unreadableNews } from "../domain/unreadable.ts";
import { isOpsError, type OpsError } from "../errors.ts";
import { jobs } from "./index.ts";
import type { Job, Tick } from "./job.ts";
import { createTick, type TickContext } from "./tick.ts";

/** The one scheduler: called each minute by whatever driver there is. One job's failure is its own. */
export async function runDueJobs(now: Date, context: TickContext): Promise<void> {
  const tick = createTick(context);
  for (const job of jobs) await runOne(job, now, tick);
}

/** A failure that passes is for the log; a note that nobody can read stops its job for good, and people are told. */
async function runOne(job: Job, now: Date, tick: Tick): Promise<void> {
  try {
    await job.run(now, tick);
  } catch (error) {
    logFailure(job, error, tick);
    if (isUnreadableNote(error)) await tellOf(error, job, { now, tick });
  }
}

async function tellOf(error: OpsError, job: Job, { now, tick }: { now: Date; tick: Tick }) {
  try {
    await tick.say(unreadableNews(error, now));
  } catch (failure) {
    logFailure(job, failure, tick);
  }
}

function logFailure({ name: job }: Job, error: unknown, { log }: Tick): void {
  const code = isOpsError(error) ? error.code : "internal";
  log.error("job-failed", { job, code, message: String(error) });
}
