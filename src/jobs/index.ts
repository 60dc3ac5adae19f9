import { endLeases } from "./end-leases.ts";
import type { Job } from "./job.ts";

/** Every unattended task, in the order in which a tick runs them. */
export const jobs: readonly Job[] = [endLeases];
