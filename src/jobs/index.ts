import { advisor } from "./advisor.ts";
import { autoShutdown } from "./auto-shutdown.ts";
import { away } from "./away.ts";
import { billCheck } from "./bill.ts";
import { billWatch } from "./bill-watch.ts";
import { budgetAlert } from "./budget-alert.ts";
import { endLeases } from "./end-leases.ts";
import { goNoGoCalls } from "./go-no-go.ts";
import type { Job } from "./job.ts";
import { leakSweep } from "./leak-sweep.ts";
import { leasePrompts } from "./lease-prompts.ts";
import { mendLedger } from "./mend-ledger.ts";
import { secondPerson } from "./second-person.ts";
import { showStarts } from "./shows.ts";
import { statusSync } from "./status-sync.ts";
import { unreadableRows } from "./unreadable.ts";
import { usageReports } from "./usage-report.ts";

/** Every unattended task, in the order in which a tick runs them. */
export const jobs: readonly Job[] = [
  showStarts,
  endLeases,
  away,
  mendLedger,
  leasePrompts,
  secondPerson,
  autoShutdown,
  statusSync,
  unreadableRows,
  leakSweep,
  goNoGoCalls,
  budgetAlert,
  usageReports,
  advisor,
  billWatch,
  billCheck,
];
