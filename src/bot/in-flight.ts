/** Counts work under way, so that a stop can wait for it. */
export type InFlight = {
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

export function createInFlight(): InFlight {
  const under = new Set<Promise<unknown>>();
  return {
    async track(work) {
      const promise = work();
      under.add(promise);
      try {
        return await promise;
      } finally {
        under.delete(promise);
      }
    },
    async idle() {
      while (under.size > 0) await Promise.allSettled(under);
    },
  };
}
