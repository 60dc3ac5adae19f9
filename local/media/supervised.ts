import { setTimeout as sleep } from "node:timers/promises";
import { type Command, runTethered } from "./tethered.ts";

const firstDelayMs = 250;
const longestDelayMs = 5_000;
/** A program that ran this long was healthy: its next death starts a new streak. */
const steadyMs = 10_000;

export type Death = {
  /** How it ended, in a few words. */
  reason: string;
  /** How many times in a row it ended soon after its start, from 1. */
  streak: number;
  retryInMs: number;
};

export type Task = {
  /** Asked before every start, so that ports and folders are fresh each time. */
  command: () => Command | Promise<Command>;
  onLine: (line: string) => void;
  /** Called when the program ended although it is still wanted. */
  onDeath: (death: Death) => void;
};

export type Supervised = { stop(): Promise<void> };

async function runOnce(task: Task, signal: AbortSignal): Promise<string> {
  try {
    const command = await task.command();
    if (signal.aborted) return "was not started";
    const running = runTethered(command, task.onLine);
    const stop = () => void running.stop();
    signal.addEventListener("abort", stop);
    const reason = await running.ended;
    signal.removeEventListener("abort", stop);
    return reason;
  } catch (error) {
    return `could not be started (${error instanceof Error ? error.message : "unknown"})`;
  }
}

async function keepRunning(task: Task, signal: AbortSignal): Promise<void> {
  let streak = 0;
  while (!signal.aborted) {
    const steady = setTimeout(() => {
      streak = 0;
    }, steadyMs);
    const reason = await runOnce(task, signal);
    clearTimeout(steady);
    if (signal.aborted) return;
    streak += 1;
    const retryInMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (streak - 1));
    task.onDeath({ reason, streak, retryInMs });
    await sleep(retryInMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Keeps a program running until `stop()`, which resolves when nothing of it is left. */
export function supervise(task: Task): Supervised {
  const stopping = new AbortController();
  const finished = keepRunning(task, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return finished;
    },
  };
}
