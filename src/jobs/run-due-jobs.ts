import { isOpsError } from "../errors.ts";
import { jobs } from "./index.ts";
import type { JobContext } from "./job.ts";

/** The one scheduler: called each minute by whatever driver there is. One job's failure is its own. */
export async function runDueJobs(now: Date, context: JobContext): Promise<void> {
  for (const job of jobs) {
    try {
      await job.run(now, context);
    } catch (error) {
      const code = isOpsError(error) ? error.code : "internal";
      context.log.error("job-failed", { job: job.name, code, message: String(error) });
    }
  }
}
