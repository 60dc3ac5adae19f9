import type { FaultKind, SimOptions } from "./options.ts";
import type { Violation } from "./violations.ts";

type Needs = {
  /** Lives the options, and says what they violate first. */
  run(options: SimOptions): Promise<Violation | null>;
  /** The violation that has to stay, by its invariant. */
  was: Violation;
  /** At most so many runs, and none is begun after so many seconds. */
  mostRuns: number;
  seconds: number;
  /** Seconds since some moment. */
  now(): number;
};

const dayMs = 86_400_000;

/**
 * Makes a failing run small: it ends with the day of its violation, and then whatever can be left out without losing the
 * invariant is left out, one thing after the other: days, processes, talk, shows, budgets, people, and faults, many at
 * once and then each by itself.
 */
export async function minimise(options: SimOptions, needs: Needs) {
  const end = needs.now() + needs.seconds;
  let smallest = options;
  let violation = needs.was;
  let runs = 0;

  const mayRun = (): boolean => runs < needs.mostRuns && needs.now() < end;

  /** Keeps a smaller life that violates the same. */
  async function keeps(candidate: SimOptions): Promise<boolean> {
    if (!mayRun() || isSame(candidate, smallest)) return false;
    runs += 1;
    const found = await needs.run(candidate);
    if (found?.invariant !== needs.was.invariant) return false;
    smallest = candidate;
    violation = found;
    return true;
  }
  /** The days after the violation are needless, unless what comes at the end of all days led to it. */
  const shorten = () => keeps({ ...smallest, days: daysUntil(violation, smallest) });

  await shorten();
  while (smallest.days > 1 && (await keeps({ ...smallest, days: Math.ceil(smallest.days / 2) })));
  for (const leaner of leanerOnes) await keeps({ ...smallest, ...leaner });
  await shorten();
  await leaveOut(() => smallest, keeps);
  await shorten();
  return { options: smallest, runs };
}

/** What a failure seldom needs. */
const leanerOnes: readonly Partial<SimOptions>[] = [
  { instances: 1 },
  { messages: false },
  { shows: false },
  { budgets: false },
  { broadcastsPerDay: 0 },
];

/** Halves of the faults, then halves of these, until each has been left out by itself. */
async function leaveOut(
  current: () => SimOptions,
  keeps: (candidate: SimOptions) => Promise<boolean>,
): Promise<void> {
  let size = kindsOf(current()).length;
  while (size >= 1) {
    const kinds = kindsOf(current());
    for (let from = 0; from < kinds.length; from += size)
      await keeps(without(kinds.slice(from, from + size), current()));
    size = size === 1 ? 0 : Math.ceil(size / 2);
  }
}

const kindsOf = ({ faults }: SimOptions): FaultKind[] =>
  (Object.keys(faults) as FaultKind[]).filter((kind) => faults[kind] > 0);

/** Clocks are right when nothing sets them wrong. */
function without(kinds: readonly FaultKind[], options: SimOptions): SimOptions {
  const faults = { ...options.faults };
  for (const kind of kinds) faults[kind] = 0;
  const isRight = faults["clock-skew"] === 0 && faults["clock-step"] === 0;
  return { ...options, faults, maxSkewMs: isRight ? 0 : options.maxSkewMs };
}

const daysUntil = ({ at }: Violation, { startsAt, days }: SimOptions): number =>
  Math.min(days, Math.max(1, Math.ceil((Date.parse(at) - Date.parse(startsAt)) / dayMs)));

const isSame = (left: SimOptions, right: SimOptions): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
