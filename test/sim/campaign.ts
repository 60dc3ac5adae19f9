import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import type { Report } from "./report.ts";

/** One seed to be lived, with a mutant's name or none. */
export type Task = { seed: number; days: number; mutant: string | null };

type Options = {
  tasks: readonly Task[];
  workers?: number;
  onReport(report: Report, task: Task): void;
};

/** Lives many seeds, spread over processes: each takes the next one when it is done with its own. */
export async function campaign({ tasks, onReport, workers }: Options): Promise<void> {
  const waiting = [...tasks];
  const count = Math.min(workers ?? availableParallelism(), tasks.length);
  const entry = new URL("./worker.ts", import.meta.url);

  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(entry, { execArgv: ["--import", "tsx"] });
      let current: Task | undefined;
      const next = () => {
        current = waiting.shift();
        if (current === undefined) child.disconnect();
        else child.send(current);
      };
      child.on("message", (message) => {
        if (current !== undefined) onReport(message as Report, current);
        next();
      });
      child.on("error", reject);
      child.on("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`)),
      );
      next();
    });
  await Promise.all(Array.from({ length: count }, work));
}
