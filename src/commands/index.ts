import type { Command } from "./command.ts";
import { help } from "./help.ts";
import { panel } from "./panel.ts";
import { schedule } from "./schedule.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";

/** Every verb of `/stream`, in the order of the help list. */
export const commands: readonly Command[] = [panel, start, stop, status, schedule, help];
