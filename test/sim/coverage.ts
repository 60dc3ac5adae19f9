import type { FaultKind } from "./options.ts";

/** How often each fault has met each operation, "channels.start": "hang" → 3. */
export type Met = Record<string, Partial<Record<FaultKind, number>>>;

/** Counts what met what. */
export function createCoverage() {
  const met: Met = {};
  return {
    met: () => met,
    meet(kind: FaultKind, operation: string): void {
      const own = met[operation] ?? {};
      met[operation] = own;
      own[kind] = (own[kind] ?? 0) + 1;
    },
  };
}

/** What happens to no call in particular. */
export const toTheWorld = "the world";

/** Many counts as one. */
export function addMet(all: readonly Met[]): Met {
  const total: Met = {};
  for (const [operation, own] of all.flatMap((each) => Object.entries(each)))
    total[operation] = added(total[operation] ?? {}, own);
  return total;
}

function added<Counts extends Record<string, number>>(left: Counts, right: Counts): Counts {
  const sums = Object.entries(right).map(([key, count]) => [key, (left[key] ?? 0) + count]);
  return { ...left, ...Object.fromEntries(sums) };
}

/** How many of the possible pairs were met, and by operation those that never were. */
export function coverageOf(met: Met, possible: ReadonlyMap<string, readonly FaultKind[]>) {
  const never = [...possible].map(([operation, kinds]): [string, readonly FaultKind[]] => [
    operation,
    kinds.filter((kind) => !met[operation]?.[kind]),
  ]);
  const count = (pairs: Iterable<[string, readonly FaultKind[]]>): number =>
    [...pairs].reduce((sum, [, kinds]) => sum + kinds.length, 0);
  return {
    met: count(possible) - count(never),
    possible: count(possible),
    neverMet: Object.fromEntries(never.filter(([, kinds]) => kinds.length > 0)),
  };
}
