import { isOpsError } from "../errors.ts";
import { jobs } from "./index.ts";
import { createTick, type TickContext } from "./tick.ts";

/** The one scheduler: called each minute by whatever driver there is. One job's failure is its own. */
export async function runDueJobs(now: Date, context: TickContext): Promise<void> {
  const tick = createTick(context);
  for (const job of jobs) {
    try {
      await job.run(now, tick);
    } catch (error) {
      const code = isOpsError(error) ? error.code : "internal";
      context.ports.log.error("job-failed", { job: job.name, code, message: String(error) });
    }
  }
}
