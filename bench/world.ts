import { z } from "zod";
import { start } from "./processes.ts";

const told = z.object({ functions: z.record(z.string(), z.string()), stacks: z.string() });

/** Starts a local world in a process of its own, so that it takes no time from what is measured. */
export async function aWorld() {
  const { child, line } = await start(1, ["--import", "tsx", "bench/children/world.ts"]);
  const { functions, stacks } = told.parse(JSON.parse(line));
  return { environment: functions, stacks, close: () => child.kill() };
}
