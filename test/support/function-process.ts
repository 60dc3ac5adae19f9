import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "../..");
const address = z.object({ url: z.url(), invoke: z.url() });

type Wanted = {
  file: string;
  name: string;
  /** Folder that stands for a home, in which the SDK finds nothing. */
  home: string;
  environment: Record<string, string>;
};

/** A handler of a file in a process of its own; one that is still there when the test ends is killed by its id. */
export async function aFunctionProcess({ file, name, home, environment }: Wanted) {
  const args = ["--import", "tsx", "local/function-runtime.ts", file, name];
  onTestFinished(async () => void (await kill()));
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...{ PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, TZ: "UTC", HOME: home },
      ...{ AWS_EC2_METADATA_DISABLED: "true", ...environment },
    },
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const ended = once(child, "close");
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  const lines = createInterface(child.stdout);
  const [first] = await Promise.race([once(lines, "line"), ended.then(() => [])]);
  expect(first, said).toBeDefined();
  return { ...address.parse(JSON.parse(first)), kill, said: () => said };
}

export type FunctionProcess = Awaited<ReturnType<typeof aFunctionProcess>>;
