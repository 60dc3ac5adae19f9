/** Runs of one task, of which never two are under way; `end` lets the present one finish and begins no more. */
export type Runs = { run(): Promise<void>; end(): Promise<void> };

/** What is asked for during a run is one more run after it, however often it is asked for. */
export function oneAtATime(task: () => Promise<void>): Runs {
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;
  let ended = false;

  const begin = (): Promise<void> => {
    waiting = null;
    const running = ended ? Promise.resolve() : task();
    last = running.catch(() => undefined);
    return running;
  };

  return {
    run: () => {
      waiting ??= last.then(begin);
      return waiting;
    },
    end: () => {
      ended = true;
      return last;
    },
  };
}
