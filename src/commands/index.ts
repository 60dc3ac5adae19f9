import type { Command } from "./command.ts";
import { extend } from "./extend.ts";
import { help } from "./help.ts";
import { hold } from "./hold.ts";

import { panel } from "./panel.ts";
import { release } from "./release.ts";
import { schedule } from "./schedule.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";

/** Every verb of `/stream`, in the order of the help list. */
export const commands: readonly Command[] = [
  panel,
  start,
  stop,
  extend,
  hold,
  release,
  status,
  schedule,
  help,
];
