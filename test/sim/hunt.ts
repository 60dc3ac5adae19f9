import { campaign } from "./campaign.ts";
import { mutants } from "./mutants.ts";

/** What came of a hunt: `by` names the invariant that caught a mutant. */
export type Hunt = { caught: number; total: number; missed: string[]; by: Record<string, string> };

type Options = {
  /** How long each seed is lived for one that has no ground of its own. */
  days: number;
  /** No life is begun after so many seconds. */
  seconds: number;
  onCaught(words: string): void;
};

const rounds = 12;

/** Each mutant lives its own ground first, and then seed after seed, until one of them violates something. */
export async function hunt({ days, seconds, onCaught }: Options): Promise<Hunt> {
  const end = performance.now() + seconds * 1_000;
  const by = new Map<string, string>();
  const left = () => mutants.filter(({ name }) => !by.has(name));
  for (let seed = 1; seed <= rounds && left().length > 0; seed++) {
    const grounds = left().map(({ name, ground }) => ({
      ...(seed === 1 && ground !== undefined ? ground : { seed, days }),
      mutant: name,
    }));
    await campaign({
      tasks: grounds,
      seconds: (end - performance.now()) / 1_000,
      onReport({ violations: [first], cpuSeconds }, { mutant, seed: lived }) {
        if (first === undefined || mutant === null) return;
        by.set(mutant, first.invariant);
        onCaught(
          `caught ${mutant} (seed ${lived}, ${cpuSeconds.toFixed(1)} s): ${first.invariant}`,
        );
      },
    });
  }
  const missed = left().map(({ name }) => name);
  return { caught: by.size, total: mutants.length, missed, by: Object.fromEntries(by) };
}
