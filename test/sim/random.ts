/** Chance that follows from a seed alone: the same words give the same numbers on every machine. */
export type Random = {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number from 0 up to, and without, `below`. */
  below(below: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Another stream, so that what is drawn for one thing does not shift what is drawn for another. */
  fork(name: string): Random;
};

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded by a hash of the words. */
export function createRandom(seed: string): Random {
  let [a, b, c, d] = hashed(seed);
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 12; round++) next();
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => probability > 0 && next() < probability,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

/** Four FNV-1a hashes from different beginnings. */
function hashed(words: string): [number, number, number, number] {
  const from = (basis: number) => {
    let hash = basis;
    for (let index = 0; index < words.length; index++)
      hash = Math.imul(hash ^ words.charCodeAt(index), 16_777_619);
    return hash | 0;
  };
  return [from(0x811c9dc5), from(0x9e3779b9), from(0x85ebca6b), from(0xc2b2ae35)];
}
