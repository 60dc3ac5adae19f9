import { budget } from "./budget.ts";
import type { Command } from "./command.ts";
import { cost } from "./cost.ts";
import { extend } from "./extend.ts";
import { help } from "./help.ts";
import { history } from "./history.ts";
import { hold } from "./hold.ts";
import { ignore } from "./ignore.ts";
import { panel } from "./panel.ts";
import { plan } from "./plan.ts";
import { release } from "./release.ts";
import { report } from "./report.ts";
import { schedule } from "./schedule.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";
import { sync } from "./sync.ts";

/** Every verb of `/stream`, in the order of the help list. */
export const commands: readonly Command[] = [
  panel,
  start,
  stop,
  extend,
  hold,
  release,
  status,
  cost,
  budget,
  report,
  schedule,
  history,
  sync,
  ignore,
  plan,
  help,
];
