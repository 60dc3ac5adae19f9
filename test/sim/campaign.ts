import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import type { Life } from "./forms.ts";
import type { Report } from "./report.ts";

/** One life to be lived: in its form, by default in full, and with a mutant in it or without. */
export type Task = Omit<Life, "form"> & { form?: Life["form"]; mutant: string | null };

type Options = {
  tasks: readonly Task[];
  /** No task is begun after so many seconds. */
  seconds?: number;
  onReport(report: Report, task: Task): void;
};

/** Lives many seeds, spread over processes: each takes the next one when it is done with its own. */
export async function campaign({ tasks, onReport, seconds }: Options): Promise<void> {
  const waiting = [...tasks];
  const count = Math.min(availableParallelism(), tasks.length);
  const end = performance.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1_000;
  const entry = new URL("./worker.ts", import.meta.url);

  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(entry, { execArgv: ["--import", "tsx", "--expose-gc"] });
      let current: Task | undefined;
      const next = () => {
        current = performance.now() < end ? waiting.shift() : undefined;
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
