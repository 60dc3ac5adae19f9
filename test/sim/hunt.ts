import { campaign, type Task } from "./campaign.ts";
import { type Life, wordsFor } from "./forms.ts";
import type { Mutant } from "./mutant.ts";
import { mutants } from "./mutants.ts";

/**
 * What came of a hunt: `by` names the invariant that caught a mutant. What is caught on dirty ground, which violates
 * something without any mutant, proves nothing and does not count.
 */
export type Hunt = {
  caught: number;
  total: number;
  missed: string[];
  by: Record<string, string>;
  /** In the words that live it again, each with what it violates. */
  dirtyGrounds: Record<string, string>;
  cpuSeconds: number;
};

type Named = Mutant & { name: string };
type Options = {
  /** Which are hunted; all of them, if it is not said. */
  hunted?: readonly Named[];
  /** How long each seed is lived for one that has no ground of its own. */
  days: number;
  /** No life is begun after so many seconds. */
  seconds: number;
  onCaught(words: string): void;
  /** Lives many seeds; in processes of their own, if it is not said. */
  live?: typeof campaign;
};

const rounds = 12;

/**
 * Each mutant lives its own ground first, and then seed after seed, until one of them violates something. Each ground is
 * lived once with no mutant in it, too, and what it violates by itself catches nobody.
 */
export async function hunt(options: Options): Promise<Hunt> {
  const { hunted = mutants, days, seconds, onCaught, live = campaign } = options;
  const end = performance.now() + seconds * 1_000;
  const by = new Map<string, string>();
  const grounds = new Map<string, string | null>();
  let cpuSeconds = 0;
  const left = () => hunted.filter(({ name }) => !by.has(name));

  async function round(seed: number): Promise<void> {
    const lives = left()
      .map((mutant) => lifeOf(mutant, { seed, days }))
      .filter((life) => !grounds.get(groundOf(life)));
    const suspects: Suspect[] = [];
    await live({
      tasks: [...withoutMutants(lives, grounds), ...lives],
      seconds: (end - performance.now()) / 1_000,
      onReport({ violations: [first], cpuSeconds: spent }, { mutant, ...life }) {
        cpuSeconds += spent;
        const ground = groundOf(life);
        if (mutant === null) grounds.set(ground, first?.invariant ?? null);
        else if (first !== undefined) suspects.push({ mutant, ground, invariant: first.invariant });
        suspects.forEach(count);
      },
    });
  }

  function count({ mutant, ground, invariant }: Suspect): void {
    if (by.has(mutant) || grounds.get(ground) !== null) return;
    by.set(mutant, invariant);
    onCaught(`caught ${mutant} (${ground}): ${invariant}`);
  }

  for (let seed = 1; seed <= rounds && left().length > 0; seed++) await round(seed);
  return {
    caught: by.size,
    total: hunted.length,
    missed: left().map(({ name }) => name),
    by: Object.fromEntries(by),
    dirtyGrounds: Object.fromEntries(
      [...grounds].flatMap(([ground, invariant]) =>
        invariant === null ? [] : [[ground, invariant]],
      ),
    ),
    cpuSeconds: Math.round(cpuSeconds),
  };
}

type Suspect = { mutant: string; ground: string; invariant: string };
type Ground = Pick<Life, "seed" | "days">;

function lifeOf({ name, change, ground }: Named, { seed, days }: Ground): Task {
  const own = seed === 1 ? ground : undefined;
  return { seed, days, ...own, form: "rough", ...(change && { change }), mutant: name };
}

/** The words that live a ground again. */
const groundOf = ({ form = "full", ...life }: Omit<Task, "mutant">): string =>
  wordsFor({ ...life, form });

/** The grounds of these lives that nobody has lived yet. */
function withoutMutants(lives: readonly Task[], known: ReadonlyMap<string, unknown>): Task[] {
  const fresh = lives.filter((life) => !known.has(groundOf(life)));
  const each = new Map(fresh.map((life) => [groundOf(life), { ...life, mutant: null }]));
  return [...each.values()];
}
