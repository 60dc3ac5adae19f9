import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";

const told = z.object({ functions: z.record(z.string(), z.string()), stacks: z.string() });

/** Starts a local world in a process of its own, so that it takes no time from what is measured. */
export async function aWorld() {
  const child = spawn(process.execPath, ["--import", "tsx", "bench/children/world.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(child.stdout), "line");
  const { functions, stacks } = told.parse(JSON.parse(String(line)));
  return { environment: functions, stacks, close: () => child.kill() };
}
