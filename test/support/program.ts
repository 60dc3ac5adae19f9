import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";

export type ProgramOptions = {
  /** `start` with the name of a half, `main`, or an npm script that runs one of them. */
  run?: `start${string}` | "main" | `npm ${string}`;
  /** Folder of the data, and the home folder in which the SDK looks for profiles. */
  home: string;
  environment?: Record<string, string>;
};

/** How a process ended, and everything it had said. */
export type Ending = { code: number | null; signal: string | null; lines: string[] };

/** A temporary folder that goes with the test. */
export async function aHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "patchbay-e2e-"));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  return home;
}

/** What the first start of a new home says before all else. */
export const deploying = ["tables", "flow", "channels"].map(
  (part) => `Deploying patchbay-local-${part} …`,
);

const patient = { timeout: 20_000, interval: 20 };
const root = join(import.meta.dirname, "../..");

/** Nothing of this machine's environment: free ports, no profile, no instance role, a quick world without media. */
const quick = (home: string) => ({
  PATH: process.env.PATH,
  TMPDIR: process.env.TMPDIR,
  TZ: "UTC",
  HOME: home,
  AWS_EC2_METADATA_DISABLED: "true",
  PATCHBAY_HOME: home,
  PORT: "0",
  LOCAL_PORT: "0",
  LOCAL_SRT_PORT: "0",
  LOCAL_RTMP_PORT: "0",
  LOCAL_MEDIA: "off",
  npm_config_update_notifier: "false",
  LOCAL_STEP_MS: "30",
  PATCHBAY_POLL_MS: "100",
});

function commandOf(run: string): [program: string, args: string[]] {
  const [first = "", ...others] = run.split(" ");
  if (first === "npm") return [first, others];
  return [process.execPath, ["--import", "tsx", `src/${first}.ts`, ...others]];
}

/** The product in a process of its own; one that is still there when the test ends is killed by its id. */
export function aProgram({ run = "start", home, environment = {} }: ProgramOptions) {
  // Before the process is there: a hook that is refused must leave none behind.
  onTestFinished(async () => void (await kill("SIGKILL")));
  const child = spawn(...commandOf(run), {
    cwd: root,
    env: { ...quick(home), ...environment },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const lines = () => said.split("\n").filter((line) => line !== "");
  const ended = once(child, "close").then(
    ([code, signal]): Ending => ({ code, signal, lines: lines() }),
  );
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const kill = (signal: NodeJS.Signals) => {
    if (isRunning()) child.kill(signal);
    return ended;
  };
  const find = (words: string | RegExp) => lines().find((line) => line.match(words));
  const says = async (words: string | RegExp) => {
    await vi.waitUntil(() => find(words) !== undefined || !isRunning(), patient);
    if (!isRunning()) await ended;
    const found = find(words);
    expect(found, `${words} in what it says: ${said}`).toBeDefined();
    return found ?? "";
  };
  const urlAfter = async (word: string) =>
    (await says(new RegExp(`^${word} +http`))).replace(/^\w+ +/, "");
  return {
    lines,
    ended,
    says,
    kill,
    isRunning,
    /** What it prints of itself once commands are accepted. */
    consoleUrl: () => urlAfter("Console"),
    apiUrl: () => urlAfter("API"),
  };
}

export type Program = ReturnType<typeof aProgram>;
