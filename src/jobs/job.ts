import type { Manager } from "../manager/manager.ts";
import type { Log } from "../manager/ports.ts";

/** One unattended task; it only writes intents, so that running it twice does no harm. */
export type Job = {
  name: string;
  run(now: Date, context: JobContext): Promise<void>;
};

export type JobContext = { manager: Pick<Manager, "intents" | "destinations">; log: Log };
